import type { CalendarTable } from '@threerings/norms/match/calendar';
import { admit, overflowOf } from '../routing/admission.ts';
import { nextOffer, queuesOf } from '../routing/choose.ts';
import type { RoutedStaff } from '../routing/layout.ts';
import { queueNamed } from '../routing/plan.ts';
import { applyRouted, emptyRouter, type OwnRouter } from '../routing/router.ts';
import { type Sorted, sortedByNumber } from '../routing/sorted.ts';
import { placeSince } from '../routing/waiting-lines.ts';
import type { EventType } from '../timeline/vocabulary.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';
import type { Arrival } from './arrivals.ts';
import { figuresOf, newTally, type QueueFigures, share, type Tally } from './figures.ts';

export interface Day {
  readonly plan: HotlinePlan;
  readonly calendar: CalendarTable;
  readonly staff: readonly RoutedStaff[];
  /** in the order of their instants, ms */
  readonly arrivals: Iterable<Arrival>;
  /** instants of the arrivals count from here, ms UTC: decides which hours of the plan it is */
  readonly from?: number | undefined;
  readonly serviceLevelMs: number;
  readonly shortAbandonMs: number;
  /** calls before this are routed and not counted, ms: the day is under way when counting begins */
  readonly warmUpMs?: number | undefined;
}

export interface SimulatedDay {
  readonly all: QueueFigures;
  readonly queues: Readonly<Record<string, QueueFigures>>;
  /** time with callers and the work after them ÷ time of all agents, from the first counted arrival to the last */
  readonly occupancy?: number | undefined;
  /** 0 to 1 by agent, in the order of the staff */
  readonly occupancyOf: readonly number[];
}

interface Caller {
  readonly at: number;
  readonly handleMs: number;
  readonly counted: boolean;
  queue: string;
  settled: boolean;
}

type Due =
  | { readonly kind: 'finish'; readonly call: string; readonly agent: string }
  | { readonly kind: 'leave' | 'overflow'; readonly call: string };

/**
 * Routes a day of calls as the hotline would: the same router, the same admission, the same overflow, with people who answer
 * at once, never decline, and are ready again when the work after the call is done. Pure: the same day gives the same figures.
 */
export function simulate(day: Day): SimulatedDay {
  const run = new Run(day);
  for (const arrival of day.arrivals) run.arrive(arrival);
  return run.finish();
}

class Run {
  readonly #day: Day;
  readonly #from: number;
  readonly #router: OwnRouter;
  readonly #due: Sorted<number, Due> = sortedByNumber();
  readonly #callers = new Map<string, Caller>();
  readonly #all = newTally();
  readonly #queues: Map<string, Tally>;
  readonly #busyMs: Map<string, number>;
  #serial = 0;
  #last = 0;

  constructor(day: Day) {
    this.#day = day;
    this.#from = day.from ?? 0;
    this.#router = emptyRouter(day.plan.queues, day.staff, 1);
    this.#queues = new Map(day.plan.queues.map(({ queue }) => [queue, newTally()]));
    this.#busyMs = new Map(day.staff.map(({ agent }) => [agent, 0]));
    // One after the other, so that the first call has a longest idle agent.
    for (const [n, { agent }] of day.staff.entries()) this.#presence(agent, 'ready', this.#from - day.staff.length + n);
  }

  arrive({ at: offset, queue: wanted, handleMs, patienceMs }: Arrival): void {
    const at = this.#from + offset;
    this.#until(at);
    this.#last = at;
    const { plan, calendar } = this.#day;
    const { queue, via, treatment } = admit({ plan, calendar, router: this.#router, at }, wanted);
    const counted = offset >= (this.#day.warmUpMs ?? 0);
    this.#serial += 1;
    const call = `c${this.#serial}`;
    const caller: Caller = { at, handleMs, counted, queue, settled: false };
    this.#count(caller, (tally) => {
      tally.offered += 1;
    });
    if (counted) for (const passed of via) for (const tally of [this.#all, this.#tally(passed)]) tally.overflowed += 1;
    if (treatment !== 'wait') {
      this.#count(caller, (tally) => {
        tally.turnedAway += 1;
      });
      return;
    }
    this.#callers.set(call, caller);
    this.#tell(call, 'call.queued', at, { queue });
    this.#route(at);
    if (caller.settled) return;
    this.#count(caller, (tally) => {
      tally.waited += 1;
    });
    if (patienceMs !== undefined) this.#plan(at + patienceMs, { kind: 'leave', call });
    const afterMs = queueNamed(plan, queue)?.overflow?.afterMs;
    if (afterMs !== undefined) this.#plan(at + afterMs, { kind: 'overflow', call });
  }

  finish(): SimulatedDay {
    this.#cutOffAt(this.#last);
    const counted = this.#last - this.#from - (this.#day.warmUpMs ?? 0);
    const occupancyOf = this.#day.staff.map(({ agent }) => share(this.#busyMs.get(agent) ?? 0, counted) ?? 0);
    this.#until(Number.MAX_SAFE_INTEGER);
    for (const [call, caller] of this.#callers) if (!caller.settled) this.#leaves(call, this.#last);
    return {
      all: figuresOf(this.#all),
      queues: Object.fromEntries([...this.#queues].map(([queue, tally]) => [queue, figuresOf(tally)])),
      occupancy: share(
        occupancyOf.reduce((sum, one) => sum + one, 0),
        occupancyOf.length,
      ),
      occupancyOf,
    };
  }

  /** Everything that is due before this instant or at it. */
  #until(at: number): void {
    for (let key = this.#due.minKey(); key !== undefined; key = this.#due.minKey()) {
      const instant = Math.floor(key / 4096);
      const due = this.#due.get(key);
      if (instant > at || due === undefined) return;
      this.#due.delete(key);
      if (due.kind === 'finish') this.#finishes(due.call, due.agent, instant);
      else if (due.kind === 'leave') this.#leaves(due.call, instant);
      else this.#overflows(due.call, instant);
    }
  }

  #route(at: number): void {
    for (let offer = nextOffer(this.#router); offer !== undefined; offer = nextOffer(this.#router)) {
      const { interaction, agent } = offer;
      this.#tell(interaction, 'call.agent-offered', at, { agent, leg: interaction, epoch: 1 });
      this.#tell(interaction, 'call.answered', at, { agent, leg: interaction });
      this.#presence(agent, 'talking', at);
      const caller = this.#callers.get(interaction);
      if (caller !== undefined) this.#answered(interaction, caller, agent, at);
    }
  }

  #answered(call: string, caller: Caller, agent: string, at: number): void {
    const { serviceLevelMs } = this.#day;
    const wait = at - caller.at;
    caller.settled = true;
    this.#callers.delete(call);
    this.#count(caller, (tally) => {
      tally.answered += 1;
      tally.answeredInTime += wait <= serviceLevelMs ? 1 : 0;
      tally.waits.push(wait);
      tally.waitedMs += wait;
    });
    this.#busyFrom(agent, at, caller.handleMs);
    this.#plan(at + caller.handleMs, { kind: 'finish', call, agent });
  }

  /** Occupancy ends with the last arrival: what agents still do then belongs to a day that is over. */
  #cutOffAt(end: number): void {
    for (const [key, due] of this.#due.entries()) {
      const over = Math.floor(key / 4096) - end;
      if (due.kind === 'finish' && over > 0) this.#busyMs.set(due.agent, Math.max(0, (this.#busyMs.get(due.agent) ?? 0) - over));
    }
  }

  #busyFrom(agent: string, at: number, handleMs: number): void {
    const begin = Math.max(at, this.#from + (this.#day.warmUpMs ?? 0));
    this.#busyMs.set(agent, (this.#busyMs.get(agent) ?? 0) + Math.max(0, at + handleMs - begin));
  }

  #finishes(call: string, agent: string, at: number): void {
    this.#tell(call, 'wrapup.ended', at, { agent });
    this.#presence(agent, 'ready', at);
    this.#route(at);
  }

  #leaves(call: string, at: number): void {
    const caller = this.#callers.get(call);
    if (caller === undefined) return;
    caller.settled = true;
    this.#callers.delete(call);
    const wait = at - caller.at;
    this.#count(caller, (tally) => {
      tally.abandoned += 1;
      tally.abandonedShort += wait <= this.#day.shortAbandonMs ? 1 : 0;
      tally.waitedMs += wait;
    });
    this.#tell(call, 'call.ended', at, { talk: 0 });
  }

  #overflows(call: string, at: number): void {
    const { plan, calendar } = this.#day;
    const caller = this.#callers.get(call);
    const queue = caller === undefined ? undefined : queueNamed(plan, caller.queue);
    const to = queue === undefined ? undefined : overflowOf(queue, { plan, calendar, router: this.#router, at });
    if (caller === undefined || queue === undefined) return;
    if (to === undefined) {
      if (queue.overflow?.afterMs !== undefined) this.#plan(at + queue.overflow.afterMs, { kind: 'overflow', call });
      return;
    }
    this.#count(caller, (tally) => {
      tally.overflowed += 1;
    });
    caller.queue = to.queue;
    this.#tell(call, 'call.dequeued', at, { queue: queue.queue, outcome: 'overflow' });
    this.#tell(call, 'call.queued', at, { queue: to.queue });
    this.#route(at);
  }

  #count(caller: Caller, change: (tally: Tally) => void): void {
    if (!caller.counted) return;
    change(this.#all);
    change(this.#tally(caller.queue));
  }

  #tally(queue: string): Tally {
    const known = this.#queues.get(queue) ?? newTally();
    this.#queues.set(queue, known);
    return known;
  }

  #plan(at: number, due: Due): void {
    this.#due.set(placeSince(this.#due, at), due);
  }

  #presence(agent: string, state: string, at: number): void {
    applyRouted(this.#router, { event: { type: 'presence.changed', by: 'system', occurredAt: at, fields: { agent, state } } });
  }

  #tell(interaction: string, type: EventType, occurredAt: number, fields: Readonly<Record<string, string | number>>): void {
    applyRouted(this.#router, { interaction, event: { type, by: 'system', occurredAt, fields } });
  }
}

/** Queues of a plan that none of these people serves: their callers would wait for nobody. */
export function unserved({ queues }: Pick<HotlinePlan, 'queues'>, staff: readonly RoutedStaff[]): readonly string[] {
  const router = emptyRouter(queues, staff, 1);
  const served = new Set(staff.flatMap(({ agent }) => queuesOf(router, agent)));
  return queues.map(({ queue }) => queue).filter((queue) => !served.has(queue));
}
