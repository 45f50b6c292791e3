import type { Match } from '../match/event.ts';
import type { LeafState } from '../monitor/residual.ts';
import { caps } from '../monitor/state.ts';
import type { Instant } from '../trace.ts';

/** An event, present or remembered, that is offered to a leaf. */
export interface Offered {
  readonly at: Instant;
  readonly event: string;
  /** how it matches the leaf's i-th pattern */
  match(i: number): Match;
}

export function addWitness(leaf: LeafState, offered: Offered, match: Match): void {
  if (leaf.witnesses.length >= caps.witnesses) return;
  leaf.witnesses.push(match.span === undefined ? { event: offered.event } : { event: offered.event, span: match.span });
}
