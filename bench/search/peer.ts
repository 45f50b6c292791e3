import type { SearchedText } from '@threerings/core/knowledge/search/article';
import { foldText } from '@threerings/core/knowledge/search/fold';
import { readField } from '@threerings/core/knowledge/search/units';

/** Another search engine. It gets the terms that ours makes of a text, so that what is compared is the ranking. */
export interface Peer {
  readonly name: string;
  /** in place of what it held before */
  add(articles: readonly SearchedText[], terms: Terms): void | Promise<void>;
  /** ids, best first */
  search(terms: readonly string[]): readonly string[] | Promise<readonly string[]>;
  close?(): void | Promise<void>;
}

export type Terms = (text: string) => readonly string[];

/** Characters and pairs, or pairs and words alone: each peer is given both, and its better figures count. */
export const termings: Readonly<Record<string, Terms>> = {
  'characters and pairs': termsOf,
  pairs: (text) => {
    const terms = termsOf(text);
    const longer = terms.filter((term) => term.length > 1);
    return longer.length === 0 ? terms : longer;
  },
};

function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  readField(foldText(text), {
    unit: (code) => terms.push(String.fromCharCode(code)),
    pair: (first, second) => terms.push(String.fromCharCode(first, second)),
    word: (word) => terms.push(word),
  });
  return terms;
}
