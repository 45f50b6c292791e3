import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';
import type { promiseKinds } from '../timeline/promise-kinds.ts';

/**
 * What was promised. `notify`: to tell when something is restored; `visit`: an appointment; `correction`: to call back and put a
 * wrong answer right; `message`: a colleague calls back whoever left word; `ticket`: the answer to a ticket.
 */
export type PromiseKind = (typeof promiseKinds)[number];

export interface PromiseAttempt {
  readonly at: Instant;
  readonly outcome: string;
}

/** A promise made to a caller. Plain data; a fold of the events of one promise stream. */
export interface CallerPromise {
  readonly state: 'none' | 'open' | 'kept' | 'kept-late' | 'missed' | 'unreached' | 'withdrawn';
  readonly kind: string;
  readonly owner: string;
  /** who made it: stays answerable although somebody else takes it over (首问负责) */
  readonly first: string;
  readonly madeAt: Instant;
  /** the due time that the caller was given first: 按时回电率 is measured against it */
  readonly firstDue: Instant;
  readonly due: Instant;
  /** since when this due time stands */
  readonly dueSince: Instant;
  readonly attempts: number;
  readonly lastAttempt?: PromiseAttempt | undefined;
  readonly moved: number;
  readonly seenAt?: Instant | undefined;
  /** the owner was reminded of this due time */
  readonly remindedOf?: Instant | undefined;
  /** 0 nobody but the owner knows that it is overdue, 1 the leader, 2 operations */
  readonly escalated: number;
  readonly ticket?: string | undefined;
  readonly customer?: string | undefined;
  /** to be told when this outage is over */
  readonly outage?: string | undefined;
  /** how it came about: `voicemail` = the caller left word */
  readonly channel?: string | undefined;
}

export const noPromise: CallerPromise = {
  state: 'none',
  kind: '',
  owner: '',
  first: '',
  madeAt: 0,
  firstDue: 0,
  due: 0,
  dueSince: 0,
  attempts: 0,
  moved: 0,
  escalated: 0,
};

export function evolvePromise(state: CallerPromise, event: Happened): CallerPromise {
  const at = event.occurredAt;
  switch (event.type) {
    case 'promise.made':
      return made(event);
    case 'promise.attempted': {
      const lastAttempt = { at, outcome: textOf(event, 'outcome') ?? '' };
      return { ...state, attempts: numberOf(event, 'attempt') ?? state.attempts + 1, lastAttempt };
    }
    case 'promise.seen':
      return { ...state, seenAt: state.seenAt ?? at };
    case 'promise.reminded':
      return { ...state, remindedOf: numberOf(event, 'due') ?? state.due };
    case 'promise.kept':
      return { ...state, state: at <= state.firstDue ? 'kept' : 'kept-late' };
    case 'promise.moved':
      return { ...state, state: 'open', due: numberOf(event, 'due') ?? state.due, dueSince: at, moved: state.moved + 1, escalated: 0 };
    case 'promise.reassigned':
      return { ...state, owner: textOf(event, 'to') ?? state.owner, seenAt: undefined };
    case 'promise.missed':
      return { ...state, state: 'missed' };
    case 'promise.escalated':
      return { ...state, escalated: numberOf(event, 'level') ?? state.escalated + 1 };
    case 'promise.unreached':
      return { ...state, state: 'unreached' };
    case 'promise.withdrawn':
      return { ...state, state: 'withdrawn' };
    default:
      return state;
  }
}

function made(event: Happened): CallerPromise {
  const at = event.occurredAt;
  const due = numberOf(event, 'due') ?? at;
  const owner = textOf(event, 'owner') ?? '';
  return {
    ...noPromise,
    state: 'open',
    kind: textOf(event, 'kind') ?? '',
    owner,
    first: textOf(event, 'first') ?? owner,
    madeAt: at,
    firstDue: due,
    due,
    dueSince: at,
    ticket: textOf(event, 'ticket'),
    customer: textOf(event, 'customer'),
    outage: textOf(event, 'outage'),
    channel: textOf(event, 'channel'),
  };
}

/** Kept, given up or withdrawn: nothing more is owed. */
export function isSettled({ state }: Pick<CallerPromise, 'state'>): boolean {
  return state === 'kept' || state === 'kept-late' || state === 'unreached' || state === 'withdrawn';
}
