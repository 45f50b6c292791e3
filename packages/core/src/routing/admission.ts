import { type CalendarTable, isWorkingTime } from '@threerings/norms/match/calendar';
import type { Instant } from '@threerings/norms/trace';
import type { HotlinePlan, QueuePlan } from '../wire/hotline-plan.ts';
import { isStaffedQueue, staffOn, waitingIn } from './choose.ts';
import { mainQueueOf, queueNamed } from './plan.ts';
import type { Router } from './router.ts';

/** What a hotline knows when a caller wants in. */
export interface Entrance {
  readonly plan: HotlinePlan;
  readonly router: Router;
  readonly calendar: CalendarTable;
  readonly at: Instant;
}

/** Where a caller waits. */
export interface Admission {
  readonly queue: string;
  /** queues that sent the caller on, in order */
  readonly via: readonly string[];
  /** `full` and `closed`: the caller is told so and may be called back */
  readonly treatment: 'wait' | 'full' | 'closed';
}

/** The queue that a caller chose: by name, by the number dialled, or by language; undefined = none. */
export function chosenQueue(
  plan: HotlinePlan,
  {
    queue,
    called,
    language,
  }: { readonly queue?: string | undefined; readonly called?: string | undefined; readonly language?: string | undefined },
): string | undefined {
  const byNumber = called !== undefined && Object.hasOwn(plan.numbers, called) ? plan.numbers[called] : undefined;
  const byLanguage = language === undefined ? undefined : plan.queues.find((one) => one.language === language)?.queue;
  return queueNamed(plan, queue)?.queue ?? byNumber ?? byLanguage;
}

/** Lets a caller into the wanted queue, or where that queue sends its callers now. */
export function admit(entrance: Entrance, wanted: string | undefined): Admission {
  const { plan } = entrance;
  let queue = queueNamed(plan, wanted) ?? queueNamed(plan, mainQueueOf(plan));
  while (queue !== undefined && !isOpen(queue, entrance)) {
    const night = queueNamed(plan, queue.night);
    if (night === undefined) return { queue: queue.queue, via: [], treatment: 'closed' };
    queue = night;
  }
  const via: string[] = [];
  while (queue !== undefined) {
    const next = isCrowded(queue, entrance) ? overflowOf(queue, entrance) : undefined;
    if (next === undefined) break;
    via.push(queue.queue);
    queue = next;
  }
  const treatment = queue !== undefined && isFull(queue, entrance) ? 'full' : 'wait';
  return { queue: queue?.queue ?? '', via, treatment };
}

/** Where callers of this queue go on to now; undefined = nowhere that is better. */
export function overflowOf({ overflow }: QueuePlan, entrance: Entrance): QueuePlan | undefined {
  const to = queueNamed(entrance.plan, overflow?.to);
  if (to === undefined || !isOpen(to, entrance) || isFull(to, entrance)) return undefined;
  return isStaffedQueue(entrance.router, to.queue) ? to : undefined;
}

/** True when the queue takes callers at this instant. Holidays and make-up working days are the calendar's to know. */
export function isOpen({ hours }: QueuePlan, { calendar, at }: Pick<Entrance, 'calendar' | 'at'>): boolean {
  if (hours === undefined) return true;
  return isWorkingTime(hours === 'working-time' ? calendar : { ...calendar, week: hours }, at);
}

function isFull({ queue, capacity }: QueuePlan, { router }: Entrance): boolean {
  return capacity !== undefined && waitingIn(router, queue) >= capacity;
}

function isCrowded(plan: QueuePlan, entrance: Entrance): boolean {
  const { router } = entrance;
  const ratio = plan.overflow?.ratio;
  const staff = staffOn(router, plan.queue);
  return staff === 0 || isFull(plan, entrance) || (ratio !== undefined && waitingIn(router, plan.queue) + 1 > ratio * staff);
}
