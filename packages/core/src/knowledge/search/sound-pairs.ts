import { syllables } from './syllables.ts';

/** Terms of two ideographs by how they sound, for pinyin and for homophones: lists of terms by pair of syllables. */
export class SoundPairs {
  readonly #heads: Int32Array;
  #next = new Int32Array(1024);
  #terms = new Int32Array(1024);
  #count = 0;

  constructor() {
    const { names } = syllables();
    this.#heads = new Int32Array(names.length * names.length).fill(-1);
  }

  /** A new term of the index: these two units. */
  add(term: number, first: number, second: number): void {
    const { readings, names } = syllables();
    for (const one of readings.get(first) ?? [])
      for (const other of readings.get(second) ?? []) this.#insert(one * names.length + other, term);
  }

  /** Every term that can be read as these two syllables. */
  *of(first: number, second: number): Iterable<number> {
    let at = this.#heads[first * syllables().names.length + second] ?? -1;
    while (at >= 0) {
      yield this.#terms[at] as number;
      at = this.#next[at] as number;
    }
  }

  #insert(pair: number, term: number): void {
    if (this.#count === this.#terms.length) {
      const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
        const fresh = new Int32Array(old.length * 2);
        fresh.set(old);
        return fresh;
      };
      this.#next = longer(this.#next);
      this.#terms = longer(this.#terms);
    }
    this.#terms[this.#count] = term;
    this.#next[this.#count] = this.#heads[pair] as number;
    this.#heads[pair] = this.#count;
    this.#count += 1;
  }
}
