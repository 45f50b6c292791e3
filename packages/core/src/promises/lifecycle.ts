import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, numberOf, textOf } from '../timeline/decider.ts';
import type { PersonalValue } from '../timeline/event.ts';

export type PromiseKind = 'callback' | 'leader-callback' | 'reply' | 'notify' | 'correction' | 'visit' | 'material';

/** A promise made to a caller. Plain data; a fold of the events of one promise stream. */
export interface CallerPromise {
  readonly state: 'none' | 'open' | 'kept' | 'kept-late' | 'missed' | 'withdrawn';
  readonly kind: string;
  readonly owner: string;
  /** who made it: stays answerable although somebody else takes it over (首问负责) */
  readonly first: string;
  readonly madeAt: Instant;
  /** the due time that the caller was given first: 按时回电率 is measured against it */
  readonly firstDue: Instant;
  readonly due: Instant;
  readonly attempts: number;
  readonly moved: number;
}

export type PromiseCommand = { readonly at: Instant; readonly promise: string } & (
  | {
      readonly kind: 'make';
      readonly what: PromiseKind;
      readonly due: Instant;
      readonly owner: string;
      /** absent = the owner */
      readonly first?: string | undefined;
      readonly by?: 'agent' | 'leader' | 'system' | undefined;
      readonly number?: PersonalValue | undefined;
      readonly about?: PersonalValue | undefined;
      /** the utterance that it was heard in, when a person confirmed a proposal */
      readonly said?: string | undefined;
      readonly channel?: string | undefined;
    }
  | { readonly kind: 'attempt'; readonly by: string; readonly outcome: 'reached' | 'no-answer' | 'busy' | 'wrong-number' }
  | { readonly kind: 'keep'; readonly by: string }
  | { readonly kind: 'move'; readonly due: Instant; readonly told: boolean; readonly reason: string }
  /** the due time has come and nothing has happened */
  | { readonly kind: 'miss' }
  | { readonly kind: 'withdraw'; readonly by: string; readonly byCustomer: boolean; readonly reason: string }
);

export const noPromise: CallerPromise = {
  state: 'none',
  kind: '',
  owner: '',
  first: '',
  madeAt: 0,
  firstDue: 0,
  due: 0,
  attempts: 0,
  moved: 0,
};

/** Latest due time of a promise, from when it is made, ms: half a year. */
const furthestDue = 183 * 86_400_000;

export function decidePromise(command: PromiseCommand, state: CallerPromise): Decision {
  if (command.kind === 'make') return make(command, state);
  if (state.state === 'none') return refuse('promise.unknown');
  const { at, promise } = command;
  const { kind } = state;
  if (isSettled(state)) return isRepeated(command, state) ? [] : refuse('promise.settled');
  switch (command.kind) {
    case 'attempt':
      return [fact('promise.attempted', at, { promise, kind, attempt: state.attempts + 1, outcome: command.outcome }, { by: command.by })];
    case 'keep':
      return [fact('promise.kept', at, { promise, kind }, { by: command.by })];
    case 'move':
      return move(command, state);
    case 'miss':
      return at < state.due || state.state === 'missed' ? [] : [fact('promise.missed', state.due, { promise, kind, due: state.due })];
    case 'withdraw': {
      if (command.reason.trim() === '') return refuse('promise.no-reason');
      const fields = { promise, kind, 'by-customer': command.byCustomer, reason: command.reason };
      return [fact('promise.withdrawn', at, fields, { by: command.by })];
    }
  }
}

function make(command: Extract<PromiseCommand, { kind: 'make' }>, state: CallerPromise): Decision {
  if (state.state !== 'none') return [];
  const { at, promise, what, due, owner, said, channel, number, about } = command;
  const refusal = dueRefusal(due, at);
  if (refusal !== undefined) return refusal;
  const fields = { promise, kind: what, due, owner, first: command.first ?? owner, said, channel };
  return [fact('promise.made', at, fields, { by: command.by, personal: { number, about } })];
}

function move(command: Extract<PromiseCommand, { kind: 'move' }>, state: CallerPromise): Decision {
  const { at, promise, due, told, reason } = command;
  if (reason.trim() === '') return refuse('promise.no-reason');
  const refusal = dueRefusal(due, at);
  return refusal ?? [fact('promise.moved', at, { promise, kind: state.kind, due, told, reason })];
}

function dueRefusal(due: Instant, at: Instant) {
  if (due <= at) return refuse('promise.due-past');
  return due > at + furthestDue ? refuse('promise.due-far', { days: furthestDue / 86_400_000 }) : undefined;
}

function isSettled(state: CallerPromise): boolean {
  return state.state === 'kept' || state.state === 'kept-late' || state.state === 'withdrawn';
}

function isRepeated(command: PromiseCommand, state: CallerPromise): boolean {
  if (command.kind === 'withdraw') return state.state === 'withdrawn';
  return command.kind === 'miss' || (command.kind === 'keep' && state.state !== 'withdrawn');
}

export function evolvePromise(state: CallerPromise, event: Happened): CallerPromise {
  const at = event.occurredAt;
  switch (event.type) {
    case 'promise.made': {
      const due = numberOf(event, 'due') ?? at;
      const owner = textOf(event, 'owner') ?? '';
      const first = textOf(event, 'first') ?? owner;
      return { ...noPromise, state: 'open', kind: textOf(event, 'kind') ?? '', owner, first, madeAt: at, firstDue: due, due };
    }
    case 'promise.attempted':
      return { ...state, attempts: numberOf(event, 'attempt') ?? state.attempts + 1 };
    case 'promise.kept':
      return { ...state, state: at <= state.firstDue ? 'kept' : 'kept-late' };
    case 'promise.moved':
      return { ...state, state: 'open', due: numberOf(event, 'due') ?? state.due, moved: state.moved + 1 };
    case 'promise.missed':
      return { ...state, state: 'missed' };
    case 'promise.withdrawn':
      return { ...state, state: 'withdrawn' };
    default:
      return state;
  }
}

/** When the clock must look at this promise again: at its due time while it is open. */
export function promiseWakeUp(state: CallerPromise): Instant | undefined {
  return state.state === 'open' ? state.due : undefined;
}
