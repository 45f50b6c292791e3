import type { LeafState } from '../monitor/residual.ts';
import { addWitness, type Offered } from './offered.ts';

/** The earliest match of the first step, then the earliest later one of the next …; one event serves one step. */
export function takeStep(leaf: LeafState, offered: Offered): void {
  const match = offered.match(leaf.seen);
  if (match.v === 'T') {
    addWitness(leaf, offered, match);
    leaf.seen++;
    if (leaf.seen === leaf.need) leaf.v = 'T';
  } else if (match.v === 'U') leaf.doubt ??= match.reason ?? 'no-value';
}
