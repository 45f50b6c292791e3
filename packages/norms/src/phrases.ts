/**
 * Phrase families as data, after their YAML was read. The shape is checked by `readFamilies` (check/families.ts); the
 * lexical stage compiles it.
 */
export type PhraseGuard = 'negation' | 'quotation';

export interface PhraseFamily {
  /** own name, used in norm text */
  readonly id: string;
  readonly zh: string;
  readonly en?: string | undefined;
  /** one whole sentence with `{slot}`s, shown to who has to say something of this family; the variants are what is listened for */
  readonly say?: string | undefined;
  /** norms that use it; documentation only */
  readonly norms: readonly string[];
  /** hits that are dropped: after 不是, 并非 … / after 您说, 所谓 or inside quotation marks */
  readonly guard: readonly PhraseGuard[];
  /** how whoever says it sounds, for 情绪值 */
  readonly mood?: 'positive' | 'negative' | undefined;
  /** toneless syllables that may differ, for recogniser errors; 0 = exact */
  readonly pinyin: number;
  /** sentences with `{slot}`s; each occurs anywhere in the normalised utterance */
  readonly variants: readonly string[];
  /** a hit that lies inside one of these is no hit */
  readonly not: readonly string[];
  /** sentences that must hit and must miss: the family's own tests */
  readonly hit: readonly string[];
  readonly miss: readonly string[];
}

/** Slots by the field id they fill (the Chinese word in `{…}` is the field word of the vocabulary) and the type of their value. */
export const slotTypes: Readonly<Record<string, 'duration' | 'text'>> = {
  limit: 'duration',
  number: 'text',
  name: 'text',
  surname: 'text',
  title: 'text',
  matterSlot: 'text',
  agent: 'text',
  organisation: 'text',
  daypart: 'text',
  point: 'text',
  department: 'text',
  colleague: 'text',
  ticket: 'text',
  channel: 'text',
  plan: 'text',
  date: 'text',
  lang: 'text',
};

/** Longest duration a slot may bind, ms; a longer one is unknown (language.md §9.4: 时限 30 days). */
export const slotMaximum: Readonly<Record<string, number>> = { limit: 30 * 86_400_000 };
