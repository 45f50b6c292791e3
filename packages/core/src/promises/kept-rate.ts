import type { Instant } from '@threerings/norms/trace';
import type { CallerPromise } from './state.ts';

export interface PromiseCounts {
  /** first due time has come, or kept before it */
  readonly due: number;
  /** kept by the first due time */
  readonly kept: number;
  /** open beyond the due time that stands now */
  readonly overdue: number;
  /** counted apart: the tries were used up */
  readonly unreached: number;
}

type Counted = Pick<CallerPromise, 'state' | 'firstDue' | 'due'>;

/**
 * 按时回电率 = `kept` ÷ `due`: done by the due time that the caller was given first, whatever was agreed later. Withdrawn promises are not
 * counted; those whose caller could not be reached are counted apart.
 */
export function promiseCounts(promises: Iterable<Counted>, now: Instant): PromiseCounts {
  let [due, kept, overdue, unreached] = [0, 0, 0, 0];
  for (const { state, firstDue, due: dueNow } of promises) {
    if (state === 'unreached') unreached += 1;
    if (state === 'kept') kept += 1;
    if (state === 'kept' || state === 'kept-late' || ((state === 'open' || state === 'missed') && firstDue < now)) due += 1;
    if (state === 'missed' || (state === 'open' && dueNow < now)) overdue += 1;
  }
  return { due, kept, overdue, unreached };
}
