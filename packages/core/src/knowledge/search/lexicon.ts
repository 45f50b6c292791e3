import type { Fields } from './collection.ts';
import { Postings } from './postings.ts';
import { SoundPairs } from './sound-pairs.ts';
import { TermTable } from './term-table.ts';
import { initialsKey, pairKey, readField, readInitials, unitKey } from './units.ts';

/** How often a term stands in the fields of a document, in one byte. */
export const counts = {
  title: 0x40,
  mostTitle: 3,
  keywords: 0x20,
  mostBody: 31,
  titleOf: (byte: number): number => byte >>> 6,
  keywordsOf: (byte: number): number => (byte >>> 5) & 1,
  bodyOf: (byte: number): number => byte & 0x1f,
} as const;

type Field = keyof Fields;

/** The terms of all documents and where they stand. */
export class Lexicon {
  readonly terms = new TermTable();
  readonly postings = new Postings();
  readonly sounds = new SoundPairs();
  #counted = new Uint8Array(1024);
  #touched: number[] = [];
  #field: Field = 'title';

  /** Adds a document under a number above all before it; returns the lengths of its fields in terms. */
  add(document: number, { title, keywords, body }: Fields): { readonly title: number; readonly body: number } {
    const lengths = { title: this.#read('title', title), keywords: this.#read('keywords', keywords), body: this.#read('body', body) };
    for (const field of ['title', 'keywords'] as const) {
      this.#field = field;
      readInitials(field === 'title' ? title : keywords, (letters) => this.#count(this.terms.addKey(initialsKey(letters))));
    }
    for (const term of this.#touched) {
      this.postings.add(term, document, this.#counted[term] as number);
      this.#counted[term] = 0;
    }
    this.#touched = [];
    return lengths;
  }

  #read(field: Field, folded: string): number {
    this.#field = field;
    return readField(folded, {
      unit: (code) => this.#count(this.terms.addKey(unitKey(code))),
      pair: (first, second) => this.#count(this.#pair(first, second)),
      word: (word) => this.#count(this.terms.addWord(word)),
    });
  }

  #pair(first: number, second: number): number {
    const before = this.terms.size;
    const term = this.terms.addKey(pairKey(first, second));
    if (term === before) this.sounds.add(term, first, second);
    return term;
  }

  #count(term: number): void {
    if (term >= this.#counted.length) {
      const longer = new Uint8Array(this.#counted.length * 2);
      longer.set(this.#counted);
      this.#counted = longer;
    }
    const byte = this.#counted[term] as number;
    if (byte === 0) this.#touched.push(term);
    this.#counted[term] = addedTo(byte, this.#field);
  }
}

function addedTo(byte: number, field: Field): number {
  if (field === 'title') return counts.titleOf(byte) < counts.mostTitle ? byte + counts.title : byte;
  if (field === 'keywords') return byte | counts.keywords;
  return counts.bodyOf(byte) < counts.mostBody ? byte + 1 : byte;
}
