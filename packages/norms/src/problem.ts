import type { Span } from './tree.ts';

export type Tongue = 'zh' | 'en';

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/**
 * Something wrong in a pack, as a value: what, where, what was found, what was expected, and the remedy. `code` is stable;
 * the table of codes is in check/messages.ts.
 */
export interface Problem {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly span: Span;
  readonly message: Bilingual;
  /** the offending text as it stands in the file, at most 40 characters */
  readonly found?: string | undefined;
  readonly expected?: Bilingual | undefined;
  /** the nearest word, or what to write */
  readonly suggestion?: Bilingual | undefined;
}

/** `file:line:column: code message – suggestion`, one line. */
export function formatProblem(problem: Problem, tongue: Tongue): string {
  const hint = problem.suggestion === undefined ? '' : ` – ${problem.suggestion[tongue]}`;
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.code} ${problem.message[tongue]}${hint}`;
}
