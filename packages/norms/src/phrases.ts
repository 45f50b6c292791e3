/**
 * Phrase families as data, after their YAML was read. The shape is checked by `readFamilies` (check/families.ts); the
 * lexical stage compiles it.
 */
export const phraseGuards = ['negation', 'quotation', 'question'] as const;
export type PhraseGuard = (typeof phraseGuards)[number];

/** How grave it is when a forbidden family is heard; norms give their own severity, this one sorts what no norm asks for. */
export const phraseSeverities = ['minor', 'major', 'critical'] as const;
export type PhraseSeverity = (typeof phraseSeverities)[number];

export interface PhraseFamily {
  /** own name, used in norm text */
  readonly id: string;
  readonly zh: string;
  readonly en?: string | undefined;
  /** one whole sentence with `{slot}`s, shown to who has to say something of this family; the variants are what is listened for */
  readonly say?: string | undefined;
  /** norms that use it; documentation only */
  readonly norms: readonly string[];
  /** whose words count: those of the staff, or of the caller; absent = anybody's */
  readonly role?: 'agent' | 'customer' | undefined;
  /** the hits must make up the whole utterance: “是的” is a backchannel, “是的，但我要投诉” is none */
  readonly whole?: boolean | undefined;
  readonly severity?: PhraseSeverity | undefined;
  /** hits that are dropped: after 不是, 并非 … / after 您说, 所谓 or inside quotation marks / in 知不知道 or before 吗 */
  readonly guard: readonly PhraseGuard[];
  /** how whoever says it sounds, for 情绪值 */
  readonly mood?: 'positive' | 'negative' | undefined;
  /** characters of a variant that may be written otherwise if they sound alike, where a recogniser wrote; 0 = exact */
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
