import type { PhraseFamily } from '../phrases.ts';

/** The sentence of a family that can be said as it stands: the one that was written for that, else its first variant. Slots stay. */
export function sayable({ say, variants }: Pick<PhraseFamily, 'say' | 'variants'>): string | undefined {
  return say ?? (variants[0] === undefined ? undefined : withoutNotation(variants[0]));
}

/** A variant as words: the first of alternatives, without what is optional, gaps as nothing. `{slots}` stay. */
export function withoutNotation(variant: string): string {
  return variant
    .replaceAll(/\(([^()|]*)\|?[^()]*\)/g, '$1')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll('*', '');
}
