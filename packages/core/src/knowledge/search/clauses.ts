import type { Lexicon } from './lexicon.ts';
import type { Place, ReadQuery } from './query.ts';
import { wordsBeginning, wordsLike } from './spelling.ts';
import { syllables } from './syllables.ts';
import type { Tuning } from './tuning.ts';
import { initialsKey, pairKey, unitKey } from './units.ts';

/** Terms of which any one answers a part of the query. */
export interface Clause {
  readonly terms: readonly { readonly term: number; readonly weight: number }[];
  readonly weight: number;
  /** documents that hold one of them, at most */
  readonly documents: number;
  /** what of the query this is, where the closer look can see it too: a character, or a pair that ends at that place */
  readonly seen?: { readonly kind: 'unit' | 'pair'; readonly at: number } | undefined;
}

type Alternative = Clause['terms'][number];

/** A homophone stands in for what was typed only where that is unknown. */
const mostAlternatives = 12;

/** What documents are looked up by, for a query that was read. */
export function clausesOf(lexicon: Lexicon, query: ReadQuery, tuning: Tuning): readonly Clause[] {
  const maker = new ClauseMaker(lexicon, tuning);
  const { places } = query;
  for (const [at, place] of places.entries()) {
    const next = places[at + 1];
    if (place.kind === 'unit') maker.unit(place, at);
    if (place.kind === 'gap' || next === undefined || next.kind === 'gap') continue;
    if (place.kind === 'unit' && next.kind === 'unit') maker.pair(place, next, at + 1);
    else maker.soundingPair(place, next, query.words);
  }
  for (const [at, place] of places.entries()) if (place.kind === 'sound') maker.syllable(place, [places[at - 1], places[at + 1]]);
  for (const { word, last } of query.words) maker.word(word, last);
  for (const { parts } of query.runs)
    maker.initials(
      parts.map(({ letters }) => letters.charAt(0)),
      parts.every(({ full }) => full),
    );
  return maker.clauses;
}

type Unit = Extract<Place, { readonly kind: 'unit' }>;
type Sound = Extract<Place, { readonly kind: 'sound' }>;

class ClauseMaker {
  readonly clauses: Clause[] = [];
  readonly #lexicon: Lexicon;
  readonly #tuning: Tuning;

  constructor(lexicon: Lexicon, tuning: Tuning) {
    this.#lexicon = lexicon;
    this.#tuning = tuning;
  }

  unit({ code, weak }: Unit, at: number): void {
    const term = this.#lexicon.terms.ofKey(unitKey(code));
    this.#clause([{ term, weight: 1 }], this.#tuning.unit * (weak ? this.#tuning.weak : 1), { kind: 'unit', at });
  }

  pair(first: Unit, second: Unit, at: number): void {
    const { terms, postings } = this.#lexicon;
    const { weak, homophone } = this.#tuning;
    const term = terms.ofKey(pairKey(first.code, second.code));
    const found = term < 0 ? 0 : postings.lengthOf(term);
    const both = first.weak && second.weak;
    this.#clause([{ term, weight: 1 }], both ? weak : 1, { kind: 'pair', at });
    if (both || found > 0) return;
    this.#clause(this.#homophones(first.code, second.code), homophone);
  }

  soundingPair(first: Unit | Sound, second: Unit | Sound, words: ReadQuery['words']): void {
    const begun = [first, second].filter((place) => place.kind === 'sound' && !place.typed.full).length;
    // Two letters alone say too little of what stands in a body; titles are found by their initials.
    if (begun === 2) return;
    const isWord = words.some(({ word }) => this.#lexicon.terms.ofWord(word) >= 0);
    const may = (place: Unit | Sound) => (place.kind === 'sound' ? place.typed.may : (syllables().readings.get(place.code) ?? []));
    const fits = (place: Unit | Sound, code: number) => place.kind === 'sound' || place.code === code;
    const found = this.#sounding(may(first), may(second), (key) => fits(first, key >>> 16) && fits(second, key & 0xffff));
    const { sound, begunSound, besideWord } = this.#tuning;
    this.#clause(found, (begun === 0 ? sound : begunSound) * (isWord ? besideWord : 1));
  }

  /** A syllable that stands alone, or that hides two: xian is 县 and 西安. */
  syllable({ typed }: Sound, beside: readonly (Place | undefined)[]): void {
    const { idOf, units } = syllables();
    const { letters, full, may } = typed;
    const { sound, lone } = this.#tuning;
    for (let cut = 1; full && cut < letters.length; cut++) {
      const [one, other] = [idOf.get(letters.slice(0, cut)), idOf.get(letters.slice(cut))];
      if (one !== undefined && other !== undefined)
        this.#clause(
          this.#sounding([one], [other], () => true),
          sound * lone,
        );
    }
    if (!full || beside.some((place) => place !== undefined && place.kind !== 'gap')) return;
    const alone = may.flatMap((id) => units[id] ?? []).map((code) => ({ term: this.#lexicon.terms.ofKey(unitKey(code)), weight: 1 }));
    this.#clause(this.#commonest(alone), sound * lone);
  }

  word(word: string, last: boolean): void {
    const { terms } = this.#lexicon;
    const { beginning, misspelt } = this.#tuning;
    const known = terms.ofWord(word);
    this.#clause([{ term: known, weight: 1 }], 1);
    const ofWords = (words: readonly string[]) => this.#commonest(words.map((each) => ({ term: terms.ofWord(each), weight: 1 })));
    if (word.length > 1 && (last || known < 0)) this.#clause(ofWords(wordsBeginning(terms, word)), beginning * (known < 0 ? 1 : 0.4));
    if (known < 0) this.#clause(ofWords(wordsLike(terms, word)), misspelt);
  }

  /** @param letters the first letter of each part of a run */
  initials(letters: readonly string[], allFull: boolean): void {
    if (letters.length < 2 || allFull) return;
    const size = letters.length === 2 ? 2 : 3;
    for (let at = 0; at + size <= letters.length; at++) {
      const term = this.#lexicon.terms.ofKey(initialsKey(letters.slice(at, at + size).join('')));
      this.#clause([{ term, weight: 1 }], this.#tuning.initials);
    }
  }

  /** Pairs that sound like these two and share one of them: a wrong character beside a right one. */
  #homophones(first: number, second: number): readonly Alternative[] {
    const { readings, alike } = syllables();
    const of = (code: number) => (readings.get(code) ?? []).flatMap((id) => alike[id] ?? []);
    return this.#sounding(of(first), of(second), (key) => key >>> 16 === first || (key & 0xffff) === second);
  }

  #sounding(firsts: readonly number[], seconds: readonly number[], fits: (key: number) => boolean): readonly Alternative[] {
    const { sounds, terms } = this.#lexicon;
    const found = new Set<number>();
    for (const first of firsts)
      for (const second of seconds) for (const term of sounds.of(first, second)) if (fits(terms.keyOf(term))) found.add(term);
    return this.#commonest([...found].map((term) => ({ term, weight: 1 })));
  }

  #commonest(alternatives: readonly Alternative[]): readonly Alternative[] {
    const { postings } = this.#lexicon;
    const known = alternatives.filter(({ term }) => term >= 0);
    return known.sort((a, b) => postings.lengthOf(b.term) - postings.lengthOf(a.term)).slice(0, mostAlternatives);
  }

  #clause(terms: readonly Alternative[], weight: number, seen?: Clause['seen']): void {
    const known = terms.filter(({ term }) => term >= 0);
    if (known.length === 0 || weight <= 0) return;
    const documents = known.reduce((sum, { term }) => sum + this.#lexicon.postings.lengthOf(term), 0);
    this.clauses.push({ terms: known, weight, documents, seen });
  }
}
