import type { Instant } from '@threerings/norms/trace';
import { type Happened, textOf } from '../timeline/decider.ts';

export type TransferKind = 'warm' | 'blind' | 'queue' | 'expert' | 'outside' | 'ivr';

/** A colleague, or somebody outside, who was rung for the caller's sake and may take the call over. */
export interface Consulted {
  /** names the ring and the consultation */
  readonly consult: string;
  /** absent = somebody outside of the house */
  readonly agent?: string | undefined;
  readonly since: Instant;
  readonly answeredAt?: Instant | undefined;
}

/** A transfer that is under way. The agent who began it has the caller until it is completed. */
export interface OpenTransfer {
  readonly transfer: string;
  readonly kind: TransferKind;
  /** 工号, queue, expert seat, self-service item, or who is called outside */
  readonly target: string;
  /** to the outside: the answer takes the caller */
  readonly cold: boolean;
  readonly startedAt: Instant;
  readonly consulted?: Consulted | undefined;
  /** the colleague takes the caller over: from here on the agent may let go */
  readonly acceptedAt?: Instant | undefined;
  /** caller, agent and colleague hear each other */
  readonly joined: boolean;
}

/** How the last transfer came back, for the desk to say what to tell the caller. */
export interface FailedTransfer {
  readonly target: string;
  readonly kind: TransferKind;
  readonly outcome: string;
  readonly at: Instant;
}

/** Transfers of one call. Plain data; a fold of the call's events. */
export interface Transfers {
  /** who has the caller */
  readonly talking?: string | undefined;
  readonly open?: OpenTransfer | undefined;
  /** hand-overs that were completed */
  readonly completed: number;
  /** the caller hears music because of a transfer since */
  readonly waitingSince?: Instant | undefined;
  /** what the caller waited for transfers before, ms */
  readonly waitedMs: number;
  /** colleagues rung so far; numbers the consultations */
  readonly consults: number;
  /** of this transfer, who was rung and does not take it */
  readonly passedOver: readonly string[];
  /** the caller's yes was marked for the transfer that comes */
  readonly consent: boolean;
  /** the agent knows that the caller has waited too long for this transfer */
  readonly warned: boolean;
  readonly failed?: FailedTransfer | undefined;
  /** the caller left the house by this consultation */
  readonly handedOut?: string | undefined;
  /** why the caller will not use self-service, as the agent marked it last */
  readonly selfServiceRefused?: string | undefined;
}

export const noTransfers: Transfers = { completed: 0, waitedMs: 0, consults: 0, passedOver: [], consent: false, warned: false };

/** What the caller has waited for transfers in this call by now, ms. */
export function transferWaitMs(state: Transfers, now: Instant): number {
  return state.waitedMs + (state.waitingSince === undefined ? 0 : Math.max(0, now - state.waitingSince));
}

/** Time beyond which the caller has waited too long, or undefined while nobody waits. ms UTC */
export function waitOverAt(state: Transfers, mostMs: number): Instant | undefined {
  return state.waitingSince === undefined ? undefined : state.waitingSince + Math.max(0, mostMs - state.waitedMs);
}

/** The transfers after one more event of the call. */
export function evolveTransfers(state: Transfers, event: Happened): Transfers {
  const at = event.occurredAt;
  const agent = textOf(event, 'agent');
  switch (event.type) {
    case 'call.answered':
      return event.by === 'customer' ? state : { ...state, talking: agent };
    case 'consent.marked':
      return textOf(event, 'about') === 'transfer' ? { ...state, consent: event.fields['given'] === true } : state;
    case 'transfer.started':
      return started(state, event);
    case 'music.started':
      return { ...state, waitingSince: state.waitingSince ?? at };
    case 'music.stopped':
      return { ...state, waitingSince: undefined, waitedMs: transferWaitMs(state, at) };
    case 'transfer.failed':
      return failed(state, event);
    case 'transfer.returned':
      return { ...state, open: undefined };
    case 'transfer.completed':
      return completed(state, agent);
    case 'alert.raised':
      return textOf(event, 'kind') === 'transfer-long' ? { ...state, warned: true } : state;
    case 'self-service.refused':
      return { ...state, selfServiceRefused: textOf(event, 'reason') };
    case 'call.ended':
      return { ...state, open: undefined, waitingSince: undefined };
    default:
      return inTransfer(state, event);
  }
}

function started(state: Transfers, event: Happened): Transfers {
  const open: OpenTransfer = {
    transfer: textOf(event, 'transfer') ?? '',
    kind: kindOf(textOf(event, 'kind')),
    target: textOf(event, 'target') ?? '',
    cold: textOf(event, 'way') === 'cold',
    startedAt: event.occurredAt,
    joined: false,
  };
  return { ...state, open, passedOver: [], consent: false, warned: false, failed: undefined };
}

/** Without an agent the caller has left the house: who handed over stays the one who had the caller last. */
function completed(state: Transfers, agent: string | undefined): Transfers {
  const done = { ...state, open: undefined, completed: state.completed + 1, failed: undefined };
  return agent === undefined ? { ...done, handedOut: state.open?.consulted?.consult } : { ...done, talking: agent };
}

function failed(state: Transfers, event: Happened): Transfers {
  if (state.open === undefined) return state;
  const { target, kind } = state.open;
  return { ...state, failed: { target, kind, outcome: textOf(event, 'outcome') ?? 'failed', at: event.occurredAt } };
}

/** What happens between the begin of a transfer and its end. */
function inTransfer(state: Transfers, event: Happened): Transfers {
  const { open } = state;
  if (open === undefined) return state;
  const at = event.occurredAt;
  switch (event.type) {
    case 'consult.started': {
      const consulted = { consult: textOf(event, 'consult') ?? '', agent: textOf(event, 'agent'), since: at };
      return { ...state, consults: state.consults + 1, open: { ...open, consulted } };
    }
    case 'consult.answered':
      return open.consulted === undefined ? state : { ...state, open: { ...open, consulted: { ...open.consulted, answeredAt: at } } };
    case 'transfer.accepted':
      return { ...state, open: { ...open, acceptedAt: at } };
    case 'consult.ended': {
      const passed = open.consulted?.agent === undefined ? [] : [open.consulted.agent];
      return { ...state, open: { ...open, consulted: undefined, acceptedAt: undefined }, passedOver: [...state.passedOver, ...passed] };
    }
    case 'conference.joined':
      return { ...state, open: { ...open, joined: true } };
    case 'conference.left':
      return { ...state, open: { ...open, joined: false } };
    default:
      return state;
  }
}

const kinds: readonly string[] = ['warm', 'blind', 'queue', 'expert', 'outside', 'ivr'];

function kindOf(kind: string | undefined): TransferKind {
  return kinds.includes(kind ?? '') ? (kind as TransferKind) : 'warm';
}
