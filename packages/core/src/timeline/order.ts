import type { TraceEvent } from '@threerings/norms/trace';

type Placed = Pick<TraceEvent, 'occurredAt' | 'seq'>;

/** INVARIANT (timeline order), as a comparison for sorting: `(occurredAt, seq)`. */
export function inTimelineOrder(one: Placed, other: Placed): number {
  return one.occurredAt - other.occurredAt || one.seq - other.seq;
}
