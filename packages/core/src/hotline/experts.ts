import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { consultsLately, seatNamed } from '../experts/seats.ts';
import { isFreeAgent } from '../routing/choose.ts';
import { fact } from '../timeline/decider.ts';
import type { ExpertSeat } from '../wire/hotline-plan.ts';
import { talksTo } from './in-call.ts';
import type { HotlineAnswer } from './inputs.ts';
import type { Call, Hotline } from './state.ts';
import type { Turn } from './turn.ts';

/** An expert at a seat, as the availability board shows it. */
export interface ExpertStanding {
  readonly agent: string;
  /** can be rung now */
  readonly free: boolean;
  /** consultations in the last hour, and as many as the seat allows one expert */
  readonly consults: number;
  readonly most?: number | undefined;
}

/** True when this agent works here, is ready, and has a phone that can ring. */
export function canBeRung({ router, people }: Pick<Hotline, 'router' | 'people'>, agent: string): boolean {
  return isFreeAgent(router, agent) && people.get(agent)?.phone === true;
}

/**
 * Everybody at the seat, least consulted first. Who was consulted as often as the seat allows in an hour is not free;
 * `urgent`: but for an emergency.
 */
export function expertsAt(hotline: Hotline, seat: ExpertSeat, at: Instant, urgent = false): readonly ExpertStanding[] {
  const { mostPerHour: most } = seat;
  return seat.agents
    .map((agent) => {
      const consults = consultsLately(hotline.expertLoads, agent, at);
      const room = urgent || most === undefined || consults < most;
      return { agent, free: room && canBeRung(hotline, agent), consults, most };
    })
    .sort((one, other) => one.consults - other.consults);
}

/** The expert whom the seat's next caller goes to; undefined = nobody is free. */
export function freeExpert(turn: Turn, call: Call, seat: ExpertSeat, not: readonly string[]): string | undefined {
  const { emergency } = call.conversation;
  return expertsAt(turn.hotline, seat, turn.at, emergency).find(({ agent, free }) => free && !not.includes(agent))?.agent;
}

/**
 * The agent looks at the board of a seat (S4-40); what was seen is on record, for with nobody free the caller is owed a callback.
 * Refuses `call.not-talking`, `call.not-yours`, `expert.unknown-seat`.
 */
export function checksExperts(turn: Turn, call: Call, agent: string, seat: string): HotlineAnswer {
  const refusal = talksTo(call, agent);
  if (refusal) return refusal;
  const named = seatNamed(turn.hotline.plan, seat);
  if (named === undefined) return refuse('expert.unknown-seat', { seat });
  const free = expertsAt(turn.hotline, named, turn.at, call.conversation.emergency).filter((one) => one.free && one.agent !== agent).length;
  turn.record(call, [fact('expert.checked', turn.at, { skill: seat, free })]);
  return { ok: true };
}
