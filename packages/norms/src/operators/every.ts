import { gapTouching } from '../monitor/facts.ts';
import type { LeafState } from '../monitor/residual.ts';
import type { Facts } from '../monitor/state.ts';
import { statedByAgent } from '../reasons.ts';
import type { Instant, Source } from '../trace.ts';
import { addWitness, type Offered } from './offered.ts';

/** A prompt extends the chain: the next is due one period after it. `following` is that instant. */
export function takePrompt(leaf: LeafState, offered: Offered, following: Instant | undefined): void {
  const match = offered.match(0);
  if (match.v === 'T') {
    addWitness(leaf, offered, match);
    leaf.last = offered.at;
    leaf.ticked = false;
    leaf.doubt = undefined;
    expect(leaf, following);
  } else if (match.v === 'U') leaf.doubt ??= match.reason ?? 'no-value';
}

/** A period that cannot be told makes the recurrence unknown. */
export function expect(leaf: LeafState, next: Instant | undefined): void {
  if (next === undefined) {
    leaf.v = 'U';
    leaf.why = 'no-duration';
  } else leaf.next = next;
}

/** When time alone decides: at the next prompt's deadline, or at the end of the window if that is not later. */
export function recurrenceDue(leaf: LeafState): Instant | undefined {
  return leaf.to !== undefined && (leaf.next === undefined || leaf.to <= leaf.next) ? leaf.to : leaf.next;
}

/** That instant is over: the window ended in time, or a prompt was missed (unknown where one may not have been seen). */
export function recurrenceOver(leaf: LeafState, sources: readonly Source[], facts: Facts): void {
  if (leaf.to !== undefined && (leaf.next === undefined || leaf.to <= leaf.next)) {
    leaf.v = 'T';
    return;
  }
  const gap = gapTouching(facts, sources, leaf.last ?? leaf.from, leaf.next ?? leaf.from);
  const why = leaf.ticked ? statedByAgent : gap === undefined ? leaf.doubt : `gap:${gap.reason}`;
  leaf.v = why === undefined ? 'F' : 'U';
  if (why !== undefined) leaf.why = why;
}
