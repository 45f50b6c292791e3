import type { PackTexts, TextProblem } from '@threerings/core/norm-text/check-texts';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { Bilingual } from '@threerings/norms/problem';
import type { TraceEvent } from '@threerings/norms/trace';
import type { Comparison } from './comparing.ts';

/** What stands beside the text of one norm. */
export interface NormOutline {
  readonly norm: string;
  readonly title: string;
  readonly cites: readonly string[];
  readonly severity: string;
  readonly points: number;
  /** where it stands; an adopted norm stands at its adoption */
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** what it asks, in one sentence */
  readonly sentence: Bilingual;
}

/** A figure of the pack: `from`–`to` is its value in the text. */
export interface ParameterOutline {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

export interface Checked {
  readonly problems: readonly TextProblem[];
  readonly wants: readonly string[];
  /** absent while an error stands in the text */
  readonly norms: readonly NormOutline[] | undefined;
  readonly parameters: readonly ParameterOutline[];
  readonly ms: number;
}

/** A verdict of trying the text on a conversation. */
export interface TriedVerdict {
  readonly norm: string;
  readonly title: string;
  readonly value: 'kept' | 'broken' | 'moot' | 'unknown';
  readonly at: number;
  readonly explanation: Bilingual;
  readonly witnesses: readonly string[];
}

export interface TextsToCheck {
  readonly texts: readonly PackTexts[];
  readonly bases: readonly (readonly [name: string, texts: readonly PackTexts[]])[];
  readonly clauses: readonly string[];
}

export type ToChecker =
  | ({ readonly id: number; readonly kind: 'check' } & TextsToCheck)
  | ({ readonly id: number; readonly kind: 'try'; readonly events: readonly TraceEvent[]; readonly calendar: CalendarTable } & TextsToCheck)
  | ({ readonly id: number; readonly kind: 'compare'; readonly before: readonly PackTexts[] } & TextsToCheck)
  | { readonly id: number; readonly kind: 'print'; readonly text: string; readonly tongue: 'zh' | 'en' };

export type FromChecker =
  | { readonly id: number; readonly kind: 'check'; readonly checked: Checked }
  | { readonly id: number; readonly kind: 'try'; readonly verdicts: readonly TriedVerdict[] | undefined }
  | { readonly id: number; readonly kind: 'compare'; readonly comparison: Comparison }
  | { readonly id: number; readonly kind: 'print'; readonly text: string | undefined };
