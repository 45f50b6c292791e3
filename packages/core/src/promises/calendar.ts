import type { Instant } from '@threerings/norms/trace';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The working time of a hotline. All of it is data: zone, hours and days come from the hotline, never from the host. */
export interface WorkCalendar {
  /** local time minus UTC, ms; China: 28 800 000 */
  readonly zoneOffsetMs: number;
  /** staffed hours, minutes of the local day: `from` < `to` ≤ 1440 */
  readonly staffed: { readonly from: number; readonly to: number };
  /** `day` = days since 1970-01-01 in local time. Holidays and make-up working days are the calendar's to know. */
  isWorkingDay(day: number): boolean;
  /** false: the holidays of that year are not published yet, so working days are a guess; absent = all are */
  isPublished?(day: number): boolean;
}

/** Local calendar day of an instant, as days since 1970-01-01. */
export function localDay(at: Instant, zoneOffsetMs: number): number {
  return Math.floor((at + zoneOffsetMs) / dayMs);
}

/** First millisecond of a local day, UTC. */
export function startOfDay(day: number, zoneOffsetMs: number): Instant {
  return day * dayMs - zoneOffsetMs;
}

/** `YYYY-MM-DD` of a local day. */
export function isoDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** How long a promise gives itself. Minutes and hours are elapsed time, days are working days. */
export type PromiseTerm =
  | { readonly kind: 'elapsed'; readonly ms: number }
  | { readonly kind: 'working-days'; readonly days: number }
  /** only staffed hours of working days count */
  | { readonly kind: 'staffed'; readonly ms: number };

/** Longest search for a working day; a calendar without any is a fault of its data. */
const longestSearch = 400;

/**
 * When a promise made at `from` falls due, ms UTC. Working days: close of the staffed hours on the n-th working day after
 * the day of `from`. Undefined when the calendar has no such day within 400 days.
 */
export function dueOf(term: PromiseTerm, from: Instant, calendar: WorkCalendar): Instant | undefined {
  switch (term.kind) {
    case 'elapsed':
      return from + term.ms;
    case 'working-days': {
      const day = nthWorkingDay(localDay(from, calendar.zoneOffsetMs), term.days, calendar);
      return day === undefined ? undefined : hoursOf(day, calendar).to;
    }
    case 'staffed':
      return afterStaffed(term.ms, from, calendar);
  }
}

/** True when the hotline is staffed at an instant: a promise that falls due at another time is warned about when it is made. */
export function isStaffed(at: Instant, calendar: WorkCalendar): boolean {
  const day = localDay(at, calendar.zoneOffsetMs);
  const hours = hoursOf(day, calendar);
  return calendar.isWorkingDay(day) && at >= hours.from && at <= hours.to;
}

function nthWorkingDay(from: number, n: number, calendar: WorkCalendar): number | undefined {
  let left = n;
  for (let day = from + 1; day <= from + longestSearch; day += 1) {
    if (calendar.isWorkingDay(day)) left -= 1;
    if (left <= 0) return day;
  }
  return undefined;
}

function afterStaffed(ms: number, from: Instant, calendar: WorkCalendar): Instant | undefined {
  let left = ms;
  const first = localDay(from, calendar.zoneOffsetMs);
  for (let day = first; day <= first + longestSearch; day += 1) {
    if (!calendar.isWorkingDay(day)) continue;
    const hours = hoursOf(day, calendar);
    const begin = Math.max(from, hours.from);
    if (begin >= hours.to) continue;
    if (begin + left <= hours.to) return begin + left;
    left -= hours.to - begin;
  }
  return undefined;
}

function hoursOf(day: number, { zoneOffsetMs, staffed }: WorkCalendar): { readonly from: Instant; readonly to: Instant } {
  const midnight = startOfDay(day, zoneOffsetMs);
  return { from: midnight + staffed.from * minuteMs, to: midnight + staffed.to * minuteMs };
}
