import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** One try to bring the caller to an agent. */
export interface AgentOffer {
  readonly agent: string;
  readonly leg: string;
  readonly at: Instant;
  /** the agent's device acknowledged that it rings: from here the agent clock runs */
  readonly ringingAt?: Instant | undefined;
}

/** A call that an agent placed. */
export interface Dial {
  readonly agent: string;
  readonly at: Instant;
  readonly promise?: string | undefined;
  readonly ringingAt?: Instant | undefined;
  /** who was called answered; agent and callee hear each other from `talk` on */
  readonly answeredAt?: Instant | undefined;
  /** the agent told what became of it */
  readonly settled?: string | undefined;
}

/**
 * A call from its arrival to its closing. `phase` is where the caller stands; `offer` is open while an agent is asked.
 * Plain data; a fold of the interaction's events.
 */
export interface Interaction {
  readonly phase: 'none' | 'offered' | 'dialling' | 'queued' | 'talking' | 'ended' | 'wrap-up' | 'closed';
  readonly channel?: string | undefined;
  readonly queue?: string | undefined;
  /** the caller arrived, ms UTC: the hotline clock */
  readonly offeredAt: Instant;
  readonly queuedAt?: Instant | undefined;
  readonly offer?: AgentOffer | undefined;
  /** a call of ours: who placed it, for which promise, and how far it has come */
  readonly dial?: Dial | undefined;
  /** agents who were asked and did not answer, in order */
  readonly passedOver: readonly string[];
  readonly talk?: { readonly agent: string; readonly leg: string; readonly answeredAt: Instant } | undefined;
  /** holds that are open, with the leg that is held */
  readonly holds: readonly { readonly hold: string; readonly leg: string }[];
  readonly ended?: { readonly at: Instant; readonly outcome: string; readonly side: string; readonly talkMs: number } | undefined;
  readonly wrapUp?: WrapUp | undefined;
  /** those who handed the caller over and still write it up, oldest first */
  readonly handedOver: readonly WrapUp[];
}

/** Work after a call, or after one's part of it. */
export interface WrapUp {
  readonly agent: string;
  readonly since: Instant;
  readonly limitMs: number;
  readonly extended: number;
}

export const noInteraction: Interaction = { phase: 'none', offeredAt: 0, passedOver: [], holds: [], handedOver: [] };

/** The work of this agent after the call, or after handing it over; undefined = none. */
export function wrapUpOf({ wrapUp, handedOver }: Interaction, agent: string): WrapUp | undefined {
  return wrapUp?.agent === agent ? wrapUp : handedOver.find((one) => one.agent === agent);
}

/** The interaction after one more of its events. */
export function evolveInteraction(state: Interaction, event: Happened): Interaction {
  const at = event.occurredAt;
  const leg = textOf(event, 'leg') ?? '';
  switch (event.type) {
    case 'call.offered':
      return { ...noInteraction, phase: 'offered', channel: textOf(event, 'channel'), queue: textOf(event, 'queue'), offeredAt: at };
    case 'outbound.dialled':
      return { ...state, phase: 'dialling', dial: { agent: textOf(event, 'agent') ?? '', at, promise: textOf(event, 'promise') } };
    case 'outbound.settled':
      return state.dial === undefined ? state : { ...state, dial: { ...state.dial, settled: textOf(event, 'outcome') } };
    case 'call.queued':
      return { ...state, phase: 'queued', queue: textOf(event, 'queue'), queuedAt: state.queuedAt ?? at };
    case 'call.agent-offered':
      return { ...state, offer: { agent: textOf(event, 'agent') ?? '', leg, at } };
    case 'call.ringing':
      return rings(state, event, leg);
    case 'call.ring-stopped':
      return withoutOffer(state, leg, textOf(event, 'outcome'));
    case 'call.answered':
      return answered(state, event, leg);
    case 'hold.started':
      return { ...state, holds: [...state.holds, { hold: textOf(event, 'hold') ?? '', leg }] };
    case 'hold.resumed':
      return { ...state, holds: state.holds.filter((open) => open.hold !== textOf(event, 'hold')) };
    case 'call.ended': {
      const ended = {
        at,
        outcome: textOf(event, 'outcome') ?? '',
        side: textOf(event, 'side') ?? '',
        talkMs: numberOf(event, 'talk') ?? 0,
      };
      return { ...state, phase: 'ended', offer: undefined, holds: [], ended };
    }
    case 'transfer.completed':
      return takenOver(state, textOf(event, 'agent'));
    case 'wrapup.started':
      return { ...state, phase: 'wrap-up', wrapUp: begun(event) };
    case 'wrapup.extended':
      return { ...state, wrapUp: state.wrapUp && extended(state.wrapUp, event) };
    case 'wrapup.ended':
      return { ...state, phase: 'ended', wrapUp: undefined };
    case 'writeup.started':
      return { ...state, handedOver: [...state.handedOver, begun(event)] };
    case 'writeup.extended':
      return { ...state, handedOver: state.handedOver.map((one) => (one.agent === textOf(event, 'agent') ? extended(one, event) : one)) };
    case 'writeup.ended':
      return { ...state, handedOver: state.handedOver.filter((one) => one.agent !== textOf(event, 'agent')) };
    case 'interaction.closed':
      return { ...state, phase: 'closed', wrapUp: undefined, handedOver: [] };
    default:
      return state;
  }
}

function answered(state: Interaction, event: Happened, leg: string): Interaction {
  if (event.by === 'customer')
    return state.dial === undefined ? state : { ...state, dial: { ...state.dial, answeredAt: event.occurredAt } };
  const talk = { agent: textOf(event, 'agent') ?? '', leg, answeredAt: state.talk?.answeredAt ?? event.occurredAt };
  return { ...state, phase: 'talking', offer: undefined, talk };
}

function rings(state: Interaction, event: Happened, leg: string): Interaction {
  const ringingAt = event.occurredAt;
  if (state.dial !== undefined && textOf(event, 'target') === 'customer') return { ...state, dial: { ...state.dial, ringingAt } };
  return state.offer?.leg === leg ? { ...state, offer: { ...state.offer, ringingAt } } : state;
}

function withoutOffer(state: Interaction, leg: string, outcome: string | undefined): Interaction {
  if (state.offer?.leg !== leg) return state;
  const passed = outcome === 'answered' || outcome === 'cancelled' ? [] : [state.offer.agent];
  return { ...state, offer: undefined, passedOver: [...state.passedOver, ...passed] };
}

function begun(event: Happened): WrapUp {
  return { agent: textOf(event, 'agent') ?? '', since: event.occurredAt, limitMs: numberOf(event, 'limit') ?? 0, extended: 0 };
}

function extended(one: WrapUp, event: Happened): WrapUp {
  return { ...one, limitMs: numberOf(event, 'limit') ?? 0, extended: one.extended + 1 };
}

function takenOver(state: Interaction, agent: string | undefined): Interaction {
  if (agent === undefined || state.talk === undefined) return state;
  return { ...state, talk: { ...state.talk, agent, leg: agent } };
}
