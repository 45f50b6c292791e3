import type { Instant } from '@threerings/norms/trace';

/** What the search knows of an article, a quick reply, an entry of the directory. */
export interface SearchedText {
  /** chosen by the caller; adding the same id again replaces what it was */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly keywords?: readonly string[] | undefined;
  /** shown from this instant on (inclusive); absent = always */
  readonly validFrom?: Instant | undefined;
  /** never shown from this instant on; absent = for ever */
  readonly validUntil?: Instant | undefined;
  /** hotlines, queues, kinds … in which it is shown; empty or absent = everywhere */
  readonly scopes?: readonly string[] | undefined;
}

export interface SearchQuery {
  /** what was typed: Chinese, pinyin, initials, words, in any mixture; read up to `longestQuery` units */
  readonly text: string;
  /** instant that the texts must be valid at; absent = dates are not looked at */
  readonly at?: Instant | undefined;
  /** only texts of one of these scopes, and those that are for everywhere; absent = scopes are not looked at */
  readonly scopes?: readonly string[] | undefined;
  /** 1…1000, 10 when absent */
  readonly limit?: number | undefined;
}

export interface SearchHit {
  readonly id: string;
  /** higher is better; comparable within one answer only */
  readonly score: number;
}

/** Units of a query beyond this are not read. */
export const longestQuery = 400;
/** Units of a body beyond this are not searched. */
export const longestBody = 20_000;
export const longestTitle = 500;
