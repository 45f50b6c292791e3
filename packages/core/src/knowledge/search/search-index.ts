import { Accumulator } from './accumulate.ts';
import type { SearchedText, SearchHit, SearchQuery } from './article.ts';
import { clausesOf } from './clauses.ts';
import { CloserLook } from './closer-look.ts';
import { Collection, fieldsOf } from './collection.ts';
import { Lexicon } from './lexicon.ts';
import { readQuery } from './query.ts';
import { type Tuning, tuning as usual } from './tuning.ts';

/** How many of the best by postings are looked at more closely, at least. */
const looked = 200;
/** Dead documents are kept until they are so many, and a fifth of all. */
const mostDead = 1000;

/**
 * A search over articles, for every key that is typed. In memory, changed one by one; about 1.5 kB for an article of 250
 * characters. What is replaced or removed is never found again; its room comes back when the index is made anew, which happens by
 * itself when a fifth is dead.
 */
export class SearchIndex {
  #collection = new Collection();
  #lexicon = new Lexicon();
  readonly #accumulator = new Accumulator();
  readonly #tuning: Tuning;

  constructor(tuning: Tuning = usual) {
    this.#tuning = tuning;
  }

  get size(): number {
    return this.#collection.size;
  }

  /** Adds a text, in place of the one of the same id. */
  add(text: SearchedText): void {
    this.#put(text, fieldsOf(text));
    this.#tidy();
  }

  /** False when there is none of this id. */
  remove(id: string): boolean {
    const removed = this.#collection.remove(id);
    this.#tidy();
    return removed;
  }

  /** The best texts first. Nothing where nothing of the query is found. */
  search(query: SearchQuery): readonly SearchHit[] {
    const read = readQuery(query.text);
    const clauses = clausesOf(this.#lexicon, read, this.#tuning);
    if (clauses.length === 0) return [];
    const limit = Math.min(1000, Math.max(1, Math.floor(query.limit ?? 10)));
    const used = this.#accumulator.score(clauses, this.#lexicon, this.#collection, this.#tuning);
    const best = this.#accumulator.best(Math.max(looked, limit), this.#collection.shown(query));
    const closer = new CloserLook(read, used, this.#lexicon, this.#collection.size, this.#tuning);
    for (const [rank, hit] of best.entries()) {
      const fields = rank < looked ? this.#collection.fields(hit.document) : undefined;
      const [sum, factor] = fields === undefined ? [0, 1 - this.#tuning.coverage] : closer.of(fields);
      hit.score = (hit.score + sum) * factor;
    }
    closer.close();
    best.sort((a, b) => b.score - a.score || b.document - a.document);
    return best.slice(0, limit).map(({ document, score }) => ({ id: this.#collection.idOf(document), score }));
  }

  #put(text: SearchedText, fields: ReturnType<typeof fieldsOf>): void {
    const document = this.#collection.add(text, fields);
    const { title, body } = this.#lexicon.add(document, fields);
    this.#collection.measured(document, title, body);
  }

  #tidy(): void {
    const dead = this.#collection.last - this.#collection.size;
    if (dead < mostDead || dead * 5 < this.#collection.last) return;
    const kept = [...this.#collection.texts()];
    this.#collection = new Collection();
    this.#lexicon = new Lexicon();
    for (const { text, fields } of kept) this.#put(text, fields);
  }
}
