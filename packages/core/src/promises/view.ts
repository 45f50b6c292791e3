import type { PromiseView } from '../wire/desk.ts';
import type { CallerPromise } from './lifecycle.ts';

/** What only the store can tell about a promise. */
export interface PromiseContext {
  readonly promise: string;
  readonly interaction?: string | undefined;
  /** only for who may read it */
  readonly about?: string | undefined;
}

/** A promise as pages show it; undefined before it was made. */
export function promiseViewOf(state: CallerPromise, context: PromiseContext): PromiseView | undefined {
  if (state.state === 'none') return undefined;
  const { kind, owner, first: firstReceiver, due: dueAt } = state;
  return { ...context, kind, owner, firstReceiver, dueAt, state: state.state };
}
