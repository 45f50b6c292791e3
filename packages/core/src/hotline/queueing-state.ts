import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** A caller's time before the answer. Plain data; a fold of the call's events, and what this process began of it. */
export interface Queueing {
  /** the number dialled and the language, by which a queue is chosen */
  readonly called?: string | undefined;
  readonly language?: string | undefined;
  /** the agent whom the caller wants to speak to */
  readonly asksFor?: string | undefined;
  /** who spoke to this caller first, lately; known to this process only until the caller queues */
  readonly firstReceiver?: string | undefined;
  /** into the present queue */
  readonly enteredAt?: Instant | undefined;
  /** waits for the agent asked for, and for nobody else */
  readonly named: boolean;
  /** a call flow leads the caller: its menus are its own */
  readonly inFlow?: boolean | undefined;
  /** the menu is open since; `heard` = its prompt is over */
  readonly menu?: { readonly since: Instant; readonly heard?: Instant | undefined } | undefined;
  /** on the blocklist, and not let through; `heard` = was told so, at */
  readonly blocked?: { readonly entry: string; readonly offer: 'end' | 'message'; readonly heard?: Instant | undefined } | undefined;
  /** no room, or outside the hours: told so, offered a callback, and not kept */
  readonly turnedAway?: 'full' | 'closed' | undefined;
  /** the place in the queue was told last, or begun to be */
  readonly placeToldAt?: Instant | undefined;
  readonly estimateMs?: number | undefined;
  /** callback offers heard, and those that were begun */
  readonly offersHeard: number;
  readonly offersBegun: number;
  /** a callback was promised in this call by the hotline */
  readonly promised: boolean;
  /** a spoken message is being left since */
  readonly messageSince?: Instant | undefined;
  /** overflow was due, and there was nowhere to go */
  readonly overflowTriedAt?: Instant | undefined;
}

const longestPromptMs = 15_000;

export const noQueueing: Queueing = { named: false, promised: false, offersHeard: 0, offersBegun: 0 };

/** The queueing after one more event of the call. */
export function evolveQueueing(state: Queueing, event: Happened): Queueing {
  const at = event.occurredAt;
  switch (event.type) {
    case 'call.offered':
      return { ...state, called: textOf(event, 'called'), language: textOf(event, 'language'), asksFor: textOf(event, 'asks-for') };
    case 'call.blocked':
      return {
        ...state,
        blocked: { entry: textOf(event, 'entry') ?? '', offer: textOf(event, 'offer') === 'message' ? 'message' : 'end' },
      };
    case 'call.unblocked':
      return { ...state, blocked: undefined };
    case 'call.menu-entered':
      return state.inFlow ? state : { ...state, menu: { since: at } };
    case 'call.flow-entered':
      return { ...state, inFlow: true };
    case 'call.flow-left':
      return { ...state, inFlow: undefined };
    case 'call.menu-left':
      return { ...state, menu: undefined };
    case 'call.queued': {
      const named = textOf(event, 'reason') === 'named' && textOf(event, 'prefers') !== undefined;
      return { ...state, menu: undefined, enteredAt: at, named, overflowTriedAt: undefined };
    }
    case 'call.announced':
      return isBegun(state, at) ? state : { ...state, placeToldAt: at };
    case 'recording.started':
      return { ...state, messageSince: state.messageSince ?? at };
    case 'call.answered':
      return { ...state, messageSince: undefined };
    case 'prompt.played':
      return heard(state, event, at);
    default:
      return state;
  }
}

/** Begun by this process: the place counts as told from then on, not from the end of the prompt. */
function isBegun({ placeToldAt }: Queueing, at: Instant): boolean {
  return placeToldAt !== undefined && at - placeToldAt <= longestPromptMs;
}

function heard(state: Queueing, event: Happened, at: Instant): Queueing {
  switch (textOf(event, 'prompt')) {
    case 'blocked':
      // What nobody recorded ends at once, and has told nobody anything.
      return state.blocked === undefined || (numberOf(event, 'duration') ?? 0) === 0
        ? state
        : { ...state, blocked: { ...state.blocked, heard: at } };
    case 'message-offer':
    case 'callback-offer': {
      const offersHeard = state.offersHeard + 1;
      return { ...state, offersHeard, offersBegun: Math.max(state.offersBegun, offersHeard) };
    }
    case 'menu':
      return state.menu === undefined ? state : { ...state, menu: { ...state.menu, heard: at } };
    case 'queue-full':
      return { ...state, turnedAway: 'full' };
    case 'closed':
      return { ...state, turnedAway: 'closed' };
    default:
      return state;
  }
}
