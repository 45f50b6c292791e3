import { longestBody, longestTitle, type SearchedText, type SearchQuery } from './article.ts';
import { foldText } from './fold.ts';

/** The folded fields of a document, for looking at it more closely. */
export interface Fields {
  readonly title: string;
  readonly keywords: string;
  readonly body: string;
}

export function fieldsOf({ title, keywords = [], body }: SearchedText): Fields {
  return {
    title: foldText(title.slice(0, longestTitle)),
    keywords: foldText(keywords.join(' ').slice(0, longestTitle)),
    body: foldText(body.slice(0, longestBody)),
  };
}

/**
 * The documents by number. Numbers only grow: a document that is replaced gets a new one, and the old one is dead until
 * the index is made anew.
 */
export class Collection {
  readonly #ids: (string | undefined)[] = [];
  readonly #fields: (Fields | undefined)[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #scopes = new Map<string, number>();
  /** scopes by number; the first is the empty one */
  readonly #scopeLists: (readonly string[])[] = [];
  #scope = new Uint16Array(1024);
  #from = new Float64Array(1024);
  #until = new Float64Array(1024);
  titleLengths = new Uint16Array(1024);
  bodyLengths = new Uint16Array(1024);
  #titleSum = 0;
  #bodySum = 0;

  /** documents that are there */
  get size(): number {
    return this.#numbers.size;
  }

  /** numbers given so far, dead ones included */
  get last(): number {
    return this.#ids.length;
  }

  get meanTitle(): number {
    return Math.max(1, this.#titleSum / Math.max(1, this.size));
  }

  get meanBody(): number {
    return Math.max(1, this.#bodySum / Math.max(1, this.size));
  }

  numberOf(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  idOf(document: number): string {
    return this.#ids[document] ?? '';
  }

  fields(document: number): Fields | undefined {
    return this.#fields[document];
  }

  add(text: SearchedText, fields: Fields): number {
    this.remove(text.id);
    const document = this.#ids.length;
    if (document === this.#from.length) this.#grow();
    this.#ids.push(text.id);
    this.#fields.push(fields);
    this.#numbers.set(text.id, document);
    this.#scope[document] = this.#scopeOf(text.scopes ?? []);
    this.#from[document] = text.validFrom ?? Number.NEGATIVE_INFINITY;
    this.#until[document] = text.validUntil ?? Number.POSITIVE_INFINITY;
    return document;
  }

  /** @param title, body lengths in terms */
  measured(document: number, title: number, body: number): void {
    this.titleLengths[document] = Math.min(title, 0xffff);
    this.bodyLengths[document] = Math.min(body, 0xffff);
    this.#titleSum += this.titleLengths[document] as number;
    this.#bodySum += this.bodyLengths[document] as number;
  }

  remove(id: string): boolean {
    const document = this.#numbers.get(id);
    if (document === undefined) return false;
    this.#numbers.delete(id);
    this.#ids[document] = undefined;
    this.#fields[document] = undefined;
    this.#titleSum -= this.titleLengths[document] as number;
    this.#bodySum -= this.bodyLengths[document] as number;
    return true;
  }

  /** Which documents this query may show. */
  shown({ at, scopes }: Pick<SearchQuery, 'at' | 'scopes'>): (document: number) => boolean {
    const allowed = this.#scopeLists.map((list) => scopes === undefined || list.length === 0 || list.some((one) => scopes.includes(one)));
    return (document) => {
      if (this.#ids[document] === undefined || allowed[this.#scope[document] as number] !== true) return false;
      return at === undefined || ((this.#from[document] as number) <= at && at < (this.#until[document] as number));
    };
  }

  /** What is needed to make the index anew; what is added while somebody reads it comes at the end. */
  *texts(): Generator<{ readonly text: SearchedText; readonly fields: Fields }> {
    for (const [id, document] of this.#numbers) {
      const fields = this.#fields[document];
      if (fields === undefined) continue;
      const [validFrom, validUntil] = [this.#from[document] as number, this.#until[document] as number];
      const scopes = this.#scopeLists[this.#scope[document] as number];
      yield { text: { id, title: '', body: '', validFrom, validUntil, scopes }, fields };
    }
  }

  #scopeOf(scopes: readonly string[]): number {
    const sorted = [...new Set(scopes)].sort();
    const key = JSON.stringify(sorted);
    const known = this.#scopes.get(key);
    if (known !== undefined) return known;
    if (this.#scopeLists.length > 0xffff) throw new Error('more than 65 536 combinations of scopes');
    this.#scopes.set(key, this.#scopeLists.length);
    this.#scopeLists.push(sorted);
    return this.#scopeLists.length - 1;
  }

  #grow(): void {
    const size = this.#from.length * 2;
    const copy = <T extends Uint16Array | Float64Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    this.#scope = copy(this.#scope, new Uint16Array(size));
    this.#from = copy(this.#from, new Float64Array(size));
    this.#until = copy(this.#until, new Float64Array(size));
    this.titleLengths = copy(this.titleLengths, new Uint16Array(size));
    this.bodyLengths = copy(this.bodyLengths, new Uint16Array(size));
  }
}
