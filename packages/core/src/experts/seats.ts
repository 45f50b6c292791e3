import type { Instant } from '@threerings/norms/trace';
import { type Happened, textOf } from '../timeline/decider.ts';
import type { ExpertSeat, HotlinePlan } from '../wire/hotline-plan.ts';

const hourMs = 3_600_000;
/** Consultations of one expert that are remembered: more than any limit. */
const mostRemembered = 100;
const ownerPrefix = 'expert-';

/** When each expert was last consulted, oldest first. A fold of the events of calls. */
export type ExpertLoads = ReadonlyMap<string, readonly Instant[]>;

export function seatNamed({ experts = [] }: Pick<HotlinePlan, 'experts'>, seat: string | undefined): ExpertSeat | undefined {
  return experts.find((one) => one.seat === seat);
}

/** Seats at which this agent answers as an expert. */
export function seatsOf({ experts = [] }: Pick<HotlinePlan, 'experts'>, agent: string): readonly ExpertSeat[] {
  return experts.filter(({ agents }) => agents.includes(agent));
}

/** Owner of what a seat promises (派专席): whoever sits there keeps it. */
export function seatOwner(seat: string): string {
  return `${ownerPrefix}${seat}`;
}

export function isSeatOwner(owner: string): boolean {
  return owner.startsWith(ownerPrefix);
}

/** The seat that owns a promise; undefined = a person, or the leaders, or the seat is planned no more. */
export function seatOfOwner(plan: Pick<HotlinePlan, 'experts'>, owner: string): ExpertSeat | undefined {
  return isSeatOwner(owner) ? seatNamed(plan, owner.slice(ownerPrefix.length)) : undefined;
}

/** Owners whose promises are this agent's to keep: the agent, and the seats. */
export function ownersFor(plan: Pick<HotlinePlan, 'experts'>, agent: string): readonly string[] {
  return [agent, ...seatsOf(plan, agent).map(({ seat }) => seatOwner(seat))];
}

/** The loads after one more event of a call; `expert`: an expert seat is asked in it. */
export function evolveLoads(loads: ExpertLoads, event: Happened, expert: boolean): ExpertLoads {
  const agent = textOf(event, 'agent');
  if (!expert || event.type !== 'consult.answered' || agent === undefined) return loads;
  const lately = (loads.get(agent) ?? []).filter((at) => event.occurredAt - at < hourMs);
  return new Map(loads).set(agent, [...lately, event.occurredAt].slice(-mostRemembered));
}

/** How often this expert was consulted in the hour before `at`. */
export function consultsLately(loads: ExpertLoads, agent: string, at: Instant): number {
  return (loads.get(agent) ?? []).filter((each) => at - each < hourMs).length;
}
