import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';
import { dueOf, isStaffed, localDay, type PromiseTerm, type WorkCalendar } from './calendar.ts';

/** What the person who promises should know before the caller is told. */
export type DueWarning = 'outside-hours' | 'year-not-published';

export interface DueQuote {
  readonly due: Instant;
  readonly warnings: readonly DueWarning[];
}

/** When a promise with this term falls due, and what speaks against it. Refused when the calendar knows no such day. */
export function quoteTerm(term: PromiseTerm, from: Instant, calendar: WorkCalendar): DueQuote | Refusal {
  const due = dueOf(term, from, calendar);
  return due === undefined ? refuse('promise.no-working-day') : { due, warnings: dueWarnings(due, from, calendar) };
}

/** What speaks against a due time that was chosen by hand. */
export function dueWarnings(due: Instant, from: Instant, calendar: WorkCalendar): readonly DueWarning[] {
  const warnings: DueWarning[] = [];
  if (!isStaffed(due, calendar)) warnings.push('outside-hours');
  const days = [from, due].map((at) => localDay(at, calendar.zoneOffsetMs));
  if (days.some((day) => calendar.isPublished?.(day) === false)) warnings.push('year-not-published');
  return warnings;
}
