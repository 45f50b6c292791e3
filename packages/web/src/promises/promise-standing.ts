import type { PromiseView } from '@threerings/core/wire/desk';
import type { Standing } from '../ui/verdict.tsx';

/** From here on a promise is amber. */
const soonMs = 15 * 60_000;

export function promiseStanding(promise: PromiseView, now: number): Standing {
  if (promise.state === 'kept' || promise.state === 'kept-late') return 'kept';
  if (promise.state === 'missed') return 'broken';
  if (promise.state === 'withdrawn') return 'moot';
  if (promise.dueAt < now) return 'broken';
  return promise.dueAt - now < soonMs ? 'near' : 'pending';
}

/** Nothing is to be done about it any more. One that was missed still has to be kept. */
export function isSettled({ state }: Pick<PromiseView, 'state'>): boolean {
  return state !== 'open' && state !== 'missed';
}
