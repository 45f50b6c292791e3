import type { Lexicon, Reading } from './lexicon.ts';

/**
 * How a text sounds by its words: 1 with hits of families of positive mood alone, -1 of negative ones alone, else 0. Negated and quoted
 * hits do not count where the family has that guard.
 */
export function moodOf({ families }: Reading, lexicon: Lexicon): -1 | 0 | 1 {
  let pleased = false;
  let cross = false;
  for (const [id, hits] of families) {
    const mood = lexicon.families.get(id)?.mood;
    if (mood === undefined || hits.every((hit) => hit.guarded !== undefined)) continue;
    if (mood === 'positive') pleased = true;
    else cross = true;
  }
  return pleased === cross ? 0 : pleased ? 1 : -1;
}
