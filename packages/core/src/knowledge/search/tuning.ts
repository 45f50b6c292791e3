/**
 * What the ranking weighs. BM25 over fields (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, 3.6), then a
 * closer look at the best. Values were chosen on half of the queries of `npm run bench -- search` and looked at on the other half.
 */
export interface Tuning {
  /** saturation of a term's frequency */
  readonly k1: number;
  /** how much long bodies and titles are held against a document, 0…1 */
  readonly bBody: number;
  readonly bTitle: number;
  /** weights of fields, the body is 1 */
  readonly title: number;
  readonly keywords: number;
  /** of single characters beside pairs */
  readonly unit: number;
  /** of phrases around a question */
  readonly weak: number;
  readonly homophone: number;
  /** of pairs that were typed as syllables; the same with one begun; of a syllable alone; where the letters are also a word */
  readonly sound: number;
  readonly begunSound: number;
  readonly lone: number;
  readonly besideWord: number;
  readonly initials: number;
  readonly beginning: number;
  readonly misspelt: number;
  /** of three and more neighbours that stand together in a document */
  readonly phrase: number;
  /** how much of the query a document covers, as a factor: 0 not at all, 1 fully */
  readonly coverage: number;
  /** of neighbours that stand with one character between them, or swapped: something was left out, put in or turned round */
  readonly loose: number;
  /** of that, where the neighbours stand together in other documents */
  readonly elsewhere: number;
}

export const tuning: Tuning = {
  k1: 0.9,
  bBody: 0.6,
  bTitle: 0.4,
  title: 2.5,
  keywords: 2,
  unit: 0.6,
  weak: 0.35,
  homophone: 0.5,
  sound: 0.8,
  begunSound: 0.5,
  lone: 0.4,
  besideWord: 0.3,
  initials: 0.7,
  beginning: 0.6,
  misspelt: 0.6,
  phrase: 0.3,
  coverage: 0.6,
  loose: 0.6,
  elsewhere: 0.7,
};
