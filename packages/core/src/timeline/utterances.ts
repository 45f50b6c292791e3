import type { Instant } from '@threerings/norms/trace';

/** One utterance as far as numbering needs it. */
export interface Utterance {
  readonly at: Instant;
  readonly role: string;
}

/**
 * The numbers of an utterance among those recorded before it: `ordinal` counts the utterances of its role, `turn` the
 * changes of speaker side, both from 1 and in the order in which people spoke. A late utterance gets the number it should
 * have had; later ones keep theirs, and re-judging corrects what depends on them.
 */
export function numbersOf(utterance: Utterance, earlier: readonly Utterance[]): { readonly ordinal: number; readonly turn: number } {
  let ordinal = 1;
  let turn = 1;
  let side: string | undefined;
  for (const before of earlier) {
    if (before.at > utterance.at) break;
    if (before.role === utterance.role) ordinal += 1;
    if (side !== undefined && side !== sideOf(before.role)) turn += 1;
    side = sideOf(before.role);
  }
  if (side !== undefined && side !== sideOf(utterance.role)) turn += 1;
  return { ordinal, turn };
}

/** The utterances with one more, in the order in which people spoke. */
export function withUtterance(utterances: readonly Utterance[], utterance: Utterance): readonly Utterance[] {
  const at = utterances.findLastIndex((before) => before.at <= utterance.at) + 1;
  return utterances.toSpliced(at, 0, utterance);
}

function sideOf(role: string): 'customer' | 'house' {
  return role === 'customer' ? 'customer' : 'house';
}
