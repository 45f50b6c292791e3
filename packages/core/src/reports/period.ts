import type { Instant } from '@threerings/norms/trace';
import { isoDay, localDay, startOfDay } from '../promises/calendar.ts';

export const reportKinds = ['day', 'week', 'month'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** `[from, to)`, local days of the hotline's zone. */
export interface ReportPeriod {
  readonly kind: ReportKind;
  readonly from: Instant;
  readonly to: Instant;
  readonly zoneOffsetMs: number;
}

const dayMs = 86_400_000;
const halfHourMs = 1_800_000;
/** 1970-01-01 was a Thursday: days since then, plus this, are weeks from Monday. */
const thursday = 3;

/** The day, the week from Monday, or the month that holds a local day (days since 1970-01-01). */
export function periodOf(kind: ReportKind, day: number, zoneOffsetMs: number): ReportPeriod {
  const [first, after] = daysOf(kind, day);
  return { kind, from: startOfDay(first, zoneOffsetMs), to: startOfDay(after, zoneOffsetMs), zoneOffsetMs };
}

function daysOf(kind: ReportKind, day: number): readonly [first: number, after: number] {
  if (kind === 'day') return [day, day + 1];
  if (kind === 'week') {
    const monday = day - ((((day + thursday) % 7) + 7) % 7);
    return [monday, monday + 7];
  }
  const date = new Date(day * dayMs);
  const first = (months: number) => Math.floor(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / dayMs);
  return [first(0), first(1)];
}

/** The last period of a kind that was over at an instant. */
export function lastPeriod(kind: ReportKind, at: Instant, zoneOffsetMs: number): ReportPeriod {
  const now = periodOf(kind, localDay(at, zoneOffsetMs), zoneOffsetMs);
  return periodOf(kind, localDay(now.from - 1, zoneOffsetMs), zoneOffsetMs);
}

/** Beginnings of the steps that a chart shows: half hours of a day, days of a week or a month. */
export function stepsOf({ kind, from, to }: ReportPeriod): readonly Instant[] {
  const step = stepMs(kind);
  return Array.from({ length: Math.round((to - from) / step) }, (_, at) => from + at * step);
}

export const stepMs = (kind: ReportKind): number => (kind === 'day' ? halfHourMs : dayMs);

/** `2026-09-30`, or the first and the last day of what is longer. */
export function titleOfPeriod({ from, to, zoneOffsetMs }: ReportPeriod): string {
  const [first, last] = [from, to - 1].map((at) => isoDay(localDay(at, zoneOffsetMs)));
  return first === last ? `${first}` : `${first} – ${last}`;
}
