/** Numbers for terms: pairs and single units by a 32-bit key in an open-addressed table, words by their text. */
export class TermTable {
  #slots = new Int32Array(1024).fill(-1);
  #keys = new Uint32Array(1024);
  readonly #words = new Map<string, number>();
  /** words by number, beginning with those of letters; for the look-up of beginnings and misspellings */
  #sorted: readonly string[] | undefined;
  #count = 0;

  get size(): number {
    return this.#count;
  }

  get words(): ReadonlyMap<string, number> {
    return this.#words;
  }

  /** -1 where the key has none */
  ofKey(key: number): number {
    return this.#slots[this.#place(key)] as number;
  }

  ofWord(word: string): number {
    return this.#words.get(word) ?? -1;
  }

  addKey(key: number): number {
    const place = this.#place(key);
    const known = this.#slots[place] as number;
    if (known >= 0) return known;
    const term = this.#next();
    this.#slots[place] = term;
    this.#keys[term] = key;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return term;
  }

  addWord(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const term = this.#next();
    this.#words.set(word, term);
    this.#sorted = undefined;
    if (this.#count * 2 > this.#slots.length) this.#grow();
    return term;
  }

  /** The key of a term that is no word: `first << 16 | second`, second 0 for a single unit. */
  keyOf(term: number): number {
    return this.#keys[term] as number;
  }

  /** In order of code units. */
  sortedWords(): readonly string[] {
    this.#sorted ??= [...this.#words.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return this.#sorted;
  }

  #next(): number {
    if (this.#count === this.#keys.length) {
      const keys = new Uint32Array(this.#keys.length * 2);
      keys.set(this.#keys);
      this.#keys = keys;
    }
    const term = this.#count;
    this.#count += 1;
    return term;
  }

  #place(key: number): number {
    const mask = this.#slots.length - 1;
    let place = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
    for (;;) {
      const term = this.#slots[place] as number;
      if (term < 0 || this.#keys[term] === key) return place;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2).fill(-1);
    for (const term of old) if (term >= 0) this.#slots[this.#place(this.#keys[term] as number)] = term;
  }
}
