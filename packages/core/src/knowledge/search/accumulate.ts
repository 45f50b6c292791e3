import type { Clause } from './clauses.ts';
import type { Collection } from './collection.ts';
import { counts, type Lexicon } from './lexicon.ts';
import type { PostingBuffer } from './postings.ts';
import type { Tuning } from './tuning.ts';

/** Postings of one query that are read at most, once something was found: the rest weighs little and is left to the closer look. */
const mostPostings = 100_000;

export interface Scored {
  readonly document: number;
  score: number;
}

/** Inverse document frequency, never below 0 (Lucene's form of BM25). */
export function idf(documents: number, holding: number): number {
  return Math.log(1 + (Math.max(0, documents - holding) + 0.5) / (holding + 0.5));
}

/** Room for the scores of one query, used again for the next. */
export class Accumulator {
  #scores = new Float32Array(1024);
  #touched = new Int32Array(1024);
  #count = 0;
  readonly #buffer: PostingBuffer = { documents: new Int32Array(1024), counts: new Uint8Array(1024) };

  /** Scores documents by clauses, rare ones first; returns the clauses that were used. */
  score(clauses: readonly Clause[], lexicon: Lexicon, collection: Collection, tuning: Tuning): ReadonlySet<Clause> {
    this.#room(collection.last);
    const used = new Set<Clause>();
    let read = 0;
    for (const clause of [...clauses].sort((a, b) => a.documents - b.documents)) {
      if (read > 0 && read + clause.documents > mostPostings) break;
      read += clause.documents;
      used.add(clause);
      const weight = clause.weight * idf(collection.size, Math.min(clause.documents, collection.size)) * (tuning.k1 + 1);
      for (const { term, weight: own } of clause.terms) this.#add(lexicon, term, weight * own, collection, tuning);
    }
    return used;
  }

  /** The best documents that may be shown, at most `most`, best first; forgets all scores. */
  best(most: number, shown: (document: number) => boolean): Scored[] {
    let kept: Scored[] = [];
    let least = 0;
    for (let i = 0; i < this.#count; i++) {
      const document = this.#touched[i] as number;
      const score = this.#scores[document] as number;
      this.#scores[document] = 0;
      if (score <= least || !shown(document)) continue;
      kept.push({ document, score });
      if (kept.length < 4 * most) continue;
      kept = cut(kept, most);
      least = kept.at(-1)?.score ?? 0;
    }
    this.#count = 0;
    return cut(kept, most);
  }

  #add(
    lexicon: Lexicon,
    term: number,
    weight: number,
    { titleLengths, bodyLengths, meanTitle, meanBody }: Collection,
    tuning: Tuning,
  ): void {
    const length = lexicon.postings.read(term, this.#buffer);
    const { documents, counts: bytes } = this.#buffer;
    const { k1, bBody, bTitle, title, keywords } = tuning;
    const [titleBase, titleSlope] = [1 - bTitle, bTitle / meanTitle];
    const [bodyBase, bodySlope] = [1 - bBody, bBody / meanBody];
    const scores = this.#scores;
    for (let i = 0; i < length; i++) {
      const document = documents[i] as number;
      const byte = bytes[i] as number;
      let frequency = counts.bodyOf(byte) / (bodyBase + bodySlope * (bodyLengths[document] as number));
      if (byte >= counts.keywords) {
        frequency += (title * counts.titleOf(byte)) / (titleBase + titleSlope * (titleLengths[document] as number));
        frequency += keywords * counts.keywordsOf(byte);
      }
      if (scores[document] === 0) this.#touched[this.#count++] = document;
      scores[document] = (scores[document] as number) + (weight * frequency) / (k1 + frequency);
    }
  }

  #room(documents: number): void {
    if (documents <= this.#scores.length) return;
    this.#scores = new Float32Array(documents * 2);
    this.#touched = new Int32Array(documents * 2);
  }
}

function cut(kept: Scored[], most: number): Scored[] {
  return kept.sort((a, b) => b.score - a.score || a.document - b.document).slice(0, most);
}
