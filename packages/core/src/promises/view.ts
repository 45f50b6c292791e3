import type { PromiseView } from '../wire/desk.ts';
import type { CallerPromise } from './state.ts';

/** What only the store can tell about a promise. */
export interface PromiseContext {
  readonly promise: string;
  readonly interaction?: string | undefined;
  /** only for who may read it */
  readonly about?: string | undefined;
  /** after a try that reached nobody: when to try again */
  readonly nextTryAt?: number | undefined;
}

/** A promise as pages show it; undefined before it was made. */
export function promiseViewOf(state: CallerPromise, context: PromiseContext): PromiseView | undefined {
  if (state.state === 'none') return undefined;
  const { kind, owner, first: firstReceiver, due: dueAt, firstDue: firstDueAt, madeAt, attempts, moved, escalated } = state;
  const { seenAt, ticket, customer, outage, channel, lastAttempt } = state;
  const last = lastAttempt && { at: lastAttempt.at, outcome: lastAttempt.outcome };
  const seldom = { seenAt, ticket, customer, outage, channel, lastAttempt: last };
  return { ...context, kind, owner, firstReceiver, dueAt, firstDueAt, madeAt, attempts, moved, escalated, ...seldom, state: state.state };
}

/** The channel of a promise that came about by word that the caller left. */
export const leftWord = 'voicemail';

/** Whether it is listed among those of this kind. Word that a caller left stands with the messages, although what is owed is a callback. */
export function isOfKind({ kind, channel }: Pick<PromiseView, 'kind' | 'channel'>, wanted: string): boolean {
  return kind === wanted || (wanted === 'message' && channel === leftWord);
}
