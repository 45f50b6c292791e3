import { Accumulator } from './accumulate.ts';
import type { SearchedText, SearchHit, SearchQuery } from './article.ts';
import { clausesOf } from './clauses.ts';
import { CloserLook } from './closer-look.ts';
import { Collection, type Fields, fieldsOf } from './collection.ts';
import { Lexicon } from './lexicon.ts';
import { readQuery } from './query.ts';
import { type Tuning, tuning as usual } from './tuning.ts';

/** How many of the best by postings are looked at more closely, at least. */
const looked = 200;
/** Dead documents are kept until they are so many, and a fifth of all. */
const mostDead = 1000;
/** Documents that one change moves to an index that is being made anew: about a millisecond. */
const movedAtOnce = 16;

/**
 * A search over articles, for every key that is typed. In memory, changed one by one; about 1.5 kB for an article of 250
 * characters. What is replaced or removed is never found again; its room comes back when the index is made anew, which happens by
 * itself, a little with each change, when a fifth is dead.
 */
export class SearchIndex {
  #shelf: Shelf = newShelf();
  /** the index that is being made anew, and what it still lacks */
  #fresh: (Shelf & { readonly rest: ReturnType<Collection['texts']> }) | undefined;
  readonly #accumulator = new Accumulator();
  readonly #tuning: Tuning;

  constructor(tuning: Tuning = usual) {
    this.#tuning = tuning;
  }

  get size(): number {
    return this.#shelf.collection.size;
  }

  /** Adds a text, in place of the one of the same id. */
  add(text: SearchedText): void {
    this.#put(text, fieldsOf(text));
  }

  /** False when there is none of this id. */
  remove(id: string): boolean {
    const removed = this.#shelf.collection.remove(id);
    this.#fresh?.collection.remove(id);
    this.#tidy();
    return removed;
  }

  /** The best texts first. Nothing where nothing of the query is found. */
  search(query: SearchQuery): readonly SearchHit[] {
    const { collection, lexicon } = this.#shelf;
    const read = readQuery(query.text);
    const clauses = clausesOf(lexicon, read, this.#tuning);
    if (clauses.length === 0) return [];
    const limit = Math.min(1000, Math.max(1, Math.floor(query.limit ?? 10)));
    const used = this.#accumulator.score(clauses, lexicon, collection, this.#tuning);
    const best = this.#accumulator.best(Math.max(looked, limit), collection.shown(query));
    const closer = new CloserLook(read, used, lexicon, collection.size, this.#tuning);
    for (const [rank, hit] of best.entries()) {
      const fields = rank < looked ? collection.fields(hit.document) : undefined;
      const [sum, factor] = fields === undefined ? [0, 1 - this.#tuning.coverage] : closer.of(fields);
      hit.score = (hit.score + sum) * factor;
    }
    closer.close();
    best.sort((a, b) => b.score - a.score || b.document - a.document);
    return best.slice(0, limit).map(({ document, score }) => ({ id: collection.idOf(document), score }));
  }

  #put(text: SearchedText, fields: Fields): void {
    place(this.#shelf, text, fields);
    if (this.#fresh !== undefined) place(this.#fresh, text, fields);
    this.#tidy();
  }

  /** Makes the index anew a little with each change, so that no change waits for all of it. */
  #tidy(): void {
    const { collection } = this.#shelf;
    const dead = collection.last - collection.size;
    if (this.#fresh === undefined && (dead < mostDead || dead * 5 < collection.last)) return;
    this.#fresh ??= { ...newShelf(), rest: collection.texts() };
    for (let moved = 0; moved < movedAtOnce; moved++) {
      const next = this.#fresh.rest.next();
      if (next.done === true) {
        const { collection: made, lexicon } = this.#fresh;
        this.#shelf = { collection: made, lexicon };
        this.#fresh = undefined;
        return;
      }
      place(this.#fresh, next.value.text, next.value.fields);
    }
  }
}

interface Shelf {
  readonly collection: Collection;
  readonly lexicon: Lexicon;
}

function newShelf(): Shelf {
  return { collection: new Collection(), lexicon: new Lexicon() };
}

function place({ collection, lexicon }: Shelf, text: SearchedText, fields: Fields): void {
  const document = collection.add(text, fields);
  const { title, body } = lexicon.add(document, fields);
  collection.measured(document, title, body);
}
