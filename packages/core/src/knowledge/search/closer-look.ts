import { idf } from './accumulate.ts';
import type { Clause } from './clauses.ts';
import type { Fields } from './collection.ts';
import type { Lexicon } from './lexicon.ts';
import { mostPlaces, type Place, type ReadQuery } from './query.ts';
import { syllables } from './syllables.ts';
import type { Tuning } from './tuning.ts';
import { pairKey, unitKey } from './units.ts';

/** Places that one 32-bit mask follows; the last three stand again in the next mask, so that runs of four are seen whole. */
const bits = 32;
const overlap = 3;
const step = bits - overlap;
const mostMasks = Math.ceil(mostPlaces / step);

/** Where each unit stands in the query, by mask; cleared after each query. */
const masks = Array.from({ length: mostMasks }, () => new Int32Array(65_536));

interface Weights {
  readonly unit: Float64Array;
  readonly pair: Float64Array;
  /** 1: the character, or the pair that ends there, was scored by its postings */
  readonly scoredUnit: Uint8Array;
  readonly scoredPair: Uint8Array;
  /** 1: the pair that ends there stands in no document */
  readonly unknown: Uint8Array;
}

/**
 * Reads documents against the query, character by character: which runs of neighbours stand together, and how much of the query is
 * there at all. Bit-parallel: one pass over a text for 32 places of the query.
 */
export class CloserLook {
  readonly #places: readonly Place[];
  readonly #weights: Weights;
  readonly #touched: number[] = [];
  readonly #tuning: Tuning;
  readonly #total: number;

  constructor({ places }: ReadQuery, used: ReadonlySet<Clause>, lexicon: Lexicon, documents: number, tuning: Tuning) {
    this.#places = places;
    this.#tuning = tuning;
    this.#weights = weightsOf(places, used, lexicon, documents, tuning);
    this.#total = this.#weights.unit.reduce((sum, one) => sum + one, 0);
    this.#note();
  }

  /** What is added to the score of a document, as [sum, factor]. */
  of({ title, keywords, body }: Fields): readonly [number, number] {
    if (this.#total === 0) return [0, 1];
    const { phrase, coverage, title: titleWeight, unit, loose, elsewhere } = this.#tuning;
    const weights = this.#weights;
    let sum = 0;
    let covered = 0;
    for (let m = 0, start = 0; start < this.#places.length; m++, start += step) {
      const mask = masks[m] as Int32Array;
      const inTitle = runsIn(title, mask);
      const inKeywords = runsIn(keywords, mask);
      const inBody = runsIn(body, mask);
      const ends = Math.min(bits, this.#places.length - start);
      for (let bit = start === 0 ? 0 : overlap; bit < ends; bit++) {
        const at = start + bit;
        const [t, k, b] = [runAt(inTitle, bit), runAt(inKeywords, bit), runAt(inBody, bit)];
        const longest = Math.max(t, k, b);
        if (longest === 0) continue;
        covered += weights.unit[at] as number;
        if (weights.scoredUnit[at] === 0) sum += (weights.unit[at] as number) * unit;
        if (longest < 2 && (((inTitle.loose | inKeywords.loose | inBody.loose) >>> bit) & 1) === 1)
          sum += (weights.pair[at] as number) * loose * (weights.unknown[at] === 1 ? 1 : elsewhere);
        if (longest > 1 && weights.scoredPair[at] === 0) sum += weights.pair[at] as number;
        const pairs = longest > 2 ? (weights.pair[at] as number) + (weights.pair[at - 1] as number) : 0;
        const where = Math.max(t > 2 ? (t - 2) * titleWeight : 0, k > 2 ? (k - 2) * titleWeight : 0, b > 2 ? b - 2 : 0);
        sum += phrase * pairs * where * 0.5;
      }
    }
    return [sum, 1 - coverage + (coverage * covered) / this.#total];
  }

  /** Must be called when the query is done: the next one uses the same room. */
  close(): void {
    for (const code of this.#touched) for (const mask of masks) mask[code] = 0;
  }

  #note(): void {
    for (const [at, place] of this.#places.entries()) {
      if (place.kind === 'gap') continue;
      const codes = place.kind === 'unit' ? [place.code] : place.typed.may.flatMap((id) => syllables().units[id] ?? []);
      for (const code of codes) {
        this.#touched.push(code);
        for (let m = Math.max(0, Math.floor((at - bits) / step)); m < mostMasks && m * step <= at; m++) {
          const bit = at - m * step;
          const mask = masks[m] as Int32Array;
          if (bit < bits) mask[code] = (mask[code] as number) | (1 << bit);
        }
      }
    }
  }
}

interface Runs {
  /** neighbours of the query with one character between them, or the other way round; at the second of the two */
  loose: number;
  one: number;
  two: number;
  three: number;
  four: number;
}

/** Bits of places at which a run of one, two, three, four places ends somewhere in the text. */
function runsIn(text: string, mask: Int32Array): Runs {
  let [one, two, three, four, loose] = [0, 0, 0, 0, 0];
  let [before1, before2, before3, last2] = [0, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const here = mask[text.charCodeAt(at)] as number;
    const run2 = (before1 << 1) & here;
    const run3 = (before2 << 1) & here;
    four |= (before3 << 1) & here;
    loose |= ((last2 << 1) & here) | (((before1 >>> 1) & here) << 1);
    one |= here;
    two |= run2;
    three |= run3;
    last2 = before1;
    before1 = here;
    before2 = run2;
    before3 = run3;
  }
  return { one, two, three, four, loose };
}

function runAt({ one, two, three, four }: Runs, bit: number): number {
  const at = 1 << bit;
  if ((four & at) !== 0) return 4;
  if ((three & at) !== 0) return 3;
  if ((two & at) !== 0) return 2;
  return (one & at) === 0 ? 0 : 1;
}

function weightsOf(
  places: readonly Place[],
  used: ReadonlySet<Clause>,
  { terms, postings }: Lexicon,
  documents: number,
  tuning: Tuning,
): Weights {
  const unit = new Float64Array(places.length);
  const pair = new Float64Array(places.length);
  const scoredUnit = new Uint8Array(places.length);
  const scoredPair = new Uint8Array(places.length);
  const unknown = new Uint8Array(places.length);
  for (const { seen } of used) if (seen !== undefined) (seen.kind === 'unit' ? scoredUnit : scoredPair)[seen.at] = 1;
  const rarity = (key: number) => {
    const term = terms.ofKey(key);
    return term < 0 ? idf(documents, 0) : idf(documents, Math.min(documents, postings.lengthOf(term)));
  };
  const typical = idf(documents, documents / 50);
  for (const [at, place] of places.entries()) {
    if (place.kind === 'gap') continue;
    const weak = place.kind === 'unit' && place.weak ? tuning.weak : 1;
    unit[at] = weak * (place.kind === 'unit' ? rarity(unitKey(place.code)) : typical);
    if (place.kind === 'sound') scoredUnit[at] = scoredPair[at] = 1;
    const before = places[at - 1];
    if (before === undefined || before.kind === 'gap') continue;
    if (before.kind === 'sound') scoredPair[at] = 1;
    if (before.kind === 'unit' && place.kind === 'unit' && terms.ofKey(pairKey(before.code, place.code)) < 0) unknown[at] = 1;
    pair[at] = weak * (place.kind === 'unit' && before.kind === 'unit' ? rarity(pairKey(before.code, place.code)) : typical);
  }
  return { unit, pair, scoredUnit, scoredPair, unknown };
}
