import type { LeafState } from '../monitor/residual.ts';
import type { MemoryState } from '../monitor/state.ts';
import { addWitness, type Offered } from './offered.ts';

/** T at the n-th certain match inside the window; `至多 n 次` is F at the (n + 1)-th (language.md §8.4). */
export function takeHappening(leaf: LeafState, offered: Offered): void {
  const match = offered.match(0);
  if (match.v === 'T') {
    addWitness(leaf, offered, match);
    count(leaf, 1);
  } else if (match.v === 'U') {
    leaf.possible++;
    leaf.doubt ??= match.reason ?? 'no-value';
  }
}

/** The same for a past of which only the numbers are kept. */
export function takeTally(leaf: LeafState, memory: MemoryState): void {
  leaf.witnesses.push(...memory.witnesses);
  leaf.possible += memory.possible;
  if (memory.why !== undefined) leaf.doubt ??= memory.why;
  count(leaf, memory.sure);
}

function count(leaf: LeafState, by: number): void {
  leaf.seen += by;
  if (leaf.seen >= leaf.need) leaf.v = leaf.most ? 'F' : 'T';
}
