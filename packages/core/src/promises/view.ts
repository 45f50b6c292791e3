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
  const { seenAt, ticket, customer, outage, lastAttempt } = state;
  const seldom = { seenAt, ticket, customer, outage, lastAttempt: lastAttempt && { at: lastAttempt.at, outcome: lastAttempt.outcome } };
  return { ...context, kind, owner, firstReceiver, dueAt, firstDueAt, madeAt, attempts, moved, escalated, ...seldom, state: state.state };
}
