import { templateFaults } from '../acting/templates.ts';
import { isRefusal, speak } from '../errors/refusal.ts';
import { withSettings } from '../settings/defaults.ts';
import { type HotlinePlan, hotlinePlan, type QueuePlan } from '../wire/hotline-plan.ts';

/** What is wrong with a plan, and where: `queues.1.overflow.to`. */
export interface PlanFault {
  readonly place: string;
  readonly expected: string;
  readonly found: string;
}

/** The plan of a hotline with one queue in which everybody answers. */
export function onlyQueue(queue: string, name: QueuePlan['name'] = { zh: queue, en: queue }): HotlinePlan {
  return { queues: [{ queue, name, priority: 0 }], numbers: {}, testNumbers: [], settings: {} };
}

/** Found again and again for every call: the queues of a plan by name, made once for each plan. */
const byName = new WeakMap<HotlinePlan, ReadonlyMap<string, QueuePlan>>();

export function queueNamed(plan: HotlinePlan, queue: string | undefined): QueuePlan | undefined {
  if (queue === undefined) return undefined;
  const known = byName.get(plan) ?? new Map(plan.queues.map((one) => [one.queue, one]));
  byName.set(plan, known);
  return known.get(queue);
}

/** The general desk: where callers wait who chose no queue. */
export function mainQueueOf(plan: HotlinePlan): string {
  return plan.queues[0]?.queue ?? '';
}

/** Reads a plan; all of its faults at once, or the plan. */
export function readPlan(given: unknown): HotlinePlan | { readonly faults: readonly PlanFault[] } {
  const read = hotlinePlan.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => ({
      place: path.join('.') || 'plan',
      expected: wanted(message),
      found: foundAt(given, path),
    }));
    return { faults };
  }
  const faults = [
    ...unknownQueues(read.data),
    ...twice(read.data),
    ...seatsTwice(read.data),
    ...circles(read.data),
    ...wrongSettings(read.data),
    ...templateFaults(read.data.acting ?? []),
  ];
  return faults.length > 0 ? { faults } : read.data;
}

function unknownQueues(plan: HotlinePlan): PlanFault[] {
  const named = [
    ...plan.queues.flatMap(({ overflow, night }, n) => [
      { place: `queues.${n}.overflow.to`, queue: overflow?.to },
      { place: `queues.${n}.night`, queue: night },
    ]),
    ...Object.entries(plan.numbers).map(([number, queue]) => ({ place: `numbers.${number}`, queue })),
    ...Object.entries(plan.menu?.keys ?? {}).map(([key, queue]) => ({ place: `menu.keys.${key}`, queue })),
  ];
  return named.flatMap(({ place, queue }) =>
    queue === undefined || queueNamed(plan, queue) !== undefined ? [] : [{ place, expected: 'a queue of this plan', found: queue }],
  );
}

function twice(plan: HotlinePlan): PlanFault[] {
  return plan.queues.flatMap(({ queue }, n) =>
    plan.queues.findIndex((one) => one.queue === queue) === n
      ? []
      : [{ place: `queues.${n}.queue`, expected: 'a name of its own', found: queue }],
  );
}

function seatsTwice({ experts = [] }: HotlinePlan): PlanFault[] {
  return experts.flatMap(({ seat }, n) =>
    experts.findIndex((one) => one.seat === seat) === n ? [] : [{ place: `experts.${n}.seat`, expected: 'a name of its own', found: seat }],
  );
}

/** A caller must not go round: neither by overflow nor by night. */
function circles(plan: HotlinePlan): PlanFault[] {
  const follow = (step: (queue: QueuePlan) => string | undefined, field: string) =>
    plan.queues.flatMap((start, n): PlanFault[] => {
      let at: QueuePlan | undefined = start;
      for (let steps = 0; at !== undefined && steps <= plan.queues.length; steps += 1) {
        at = queueNamed(plan, step(at));
        if (at === start)
          return [{ place: `queues.${n}.${field}`, expected: 'a queue that does not lead back here', found: step(start) ?? '' }];
      }
      return [];
    });
  return [...follow((queue) => queue.overflow?.to, 'overflow.to'), ...follow((queue) => queue.night, 'night')];
}

function wrongSettings({ settings }: HotlinePlan): PlanFault[] {
  return Object.entries(settings).flatMap(([name, value]) => {
    const read = withSettings({ [name]: value });
    return isRefusal(read) ? [{ place: `settings.${name}`, expected: speak(read, 'en').message, found: String(value) }] : [];
  });
}

/** The validator’s sentence (`Invalid input: expected string, received number`) as what was expected; what was found is told beside it. */
function wanted(message: string): string {
  return /expected (.+?)(?:, received .*)?$/.exec(message)?.[1] ?? message;
}

function foundAt(given: unknown, path: readonly PropertyKey[]): string {
  let found = given;
  for (const step of path) found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
  return (JSON.stringify(found) ?? 'nothing').slice(0, 60);
}
