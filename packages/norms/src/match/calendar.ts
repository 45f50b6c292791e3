import type { Instant } from '../trace.ts';

/** Minutes of the local day, `[from, to)`. */
export type Minutes = readonly [from: number, to: number];

/** The hotline's time as data: part of what a verdict was judged under. */
export interface CalendarTable {
  /** offset of local time from UTC in ms, from the given instant on; ascending, the first holds for all time before it */
  readonly zone: readonly { readonly from: Instant; readonly offsetMs: number }[];
  /** working minutes of an ordinary week, Monday first, seven entries; an empty entry is a day off */
  readonly week: readonly (readonly Minutes[])[];
  /** by local date `YYYY-MM-DD`: a holiday, a make-up working day (hours of the first working day of the week), or hours of its own */
  readonly days: Readonly<Record<string, 'holiday' | 'workday' | readonly Minutes[]>>;
  /** night; may run over midnight */
  readonly night: Minutes;
}

const minute = 60_000;
const dayLength = 24 * 60 * minute;
/** Working time is looked for at most so many days ahead (10 years); beyond it there is no answer. */
const farthest = 3660;

function offsetAt(table: CalendarTable, at: Instant): number {
  let offset = table.zone[0]?.offsetMs ?? 0;
  for (const change of table.zone) if (change.from <= at) offset = change.offsetMs;
  return offset;
}

const local = (table: CalendarTable, at: Instant) => at + offsetAt(table, at);

/** The instant of a local time; on a change of offset the earlier reading. */
function instantOf(table: CalendarTable, localTime: number): Instant {
  const guess = localTime - offsetAt(table, localTime);
  return localTime - offsetAt(table, guess);
}

/** ms since local midnight. */
export function timeOfDay(table: CalendarTable, at: Instant): number {
  return modulo(local(table, at), dayLength);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}

/** `YYYY-MM-DD` of a day number counted from 1970-01-01 (proleptic Gregorian; the era arithmetic of Hinnant's civil_from_days). */
export function dateOf(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

function hoursOf(table: CalendarTable, day: number): readonly Minutes[] {
  const exception = table.days[dateOf(day)];
  if (exception === 'holiday') return [];
  if (exception === 'workday') return table.week.find((hours) => hours.length > 0) ?? [];
  return exception ?? table.week[modulo(day + 3, 7)] ?? [];
}

const dayNumber = (table: CalendarTable, at: Instant) => Math.floor(local(table, at) / dayLength);

export function isWorkingTime(table: CalendarTable, at: Instant): boolean {
  const minutes = timeOfDay(table, at) / minute;
  return hoursOf(table, dayNumber(table, at)).some(([from, to]) => from <= minutes && minutes < to);
}

/** `YYYY-MM-DD` in the hotline's zone. */
export function localDate(table: CalendarTable, at: Instant): string {
  return dateOf(dayNumber(table, at));
}

/** A day that the table lists as a holiday; an ordinary weekend is none. */
export function isHoliday(table: CalendarTable, at: Instant): boolean {
  return table.days[dateOf(dayNumber(table, at))] === 'holiday';
}

export function isNight(table: CalendarTable, at: Instant): boolean {
  const minutes = timeOfDay(table, at) / minute;
  const [from, to] = table.night;
  return from <= to ? from <= minutes && minutes < to : minutes >= from || minutes < to;
}

/** Close of business on the n-th working day after the day of `at`; undefined when there is none within ten years. */
export function addWorkingDays(table: CalendarTable, at: Instant, count: number): Instant | undefined {
  const start = dayNumber(table, at);
  let left = count;
  for (let day = start + 1; day <= start + farthest; day++) {
    const hours = hoursOf(table, day);
    if (hours.length > 0) left--;
    if (left <= 0) return instantOf(table, day * dayLength + Math.max(...hours.map(([, to]) => to)) * minute);
  }
  return undefined;
}

/** The instant by which `ms` of working time have passed since `at`; undefined when there is none within ten years. */
export function addWorkingTime(table: CalendarTable, at: Instant, ms: number): Instant | undefined {
  const start = dayNumber(table, at);
  const now = local(table, at);
  let left = ms;
  for (let day = start; day <= start + farthest; day++) {
    const hours = [...hoursOf(table, day)].sort(([one], [other]) => one - other);
    for (const [from, to] of hours) {
      const opens = Math.max(now, day * dayLength + from * minute);
      const closes = day * dayLength + to * minute;
      if (opens >= closes) continue;
      if (left <= closes - opens) return instantOf(table, opens + left);
      left -= closes - opens;
    }
  }
  return undefined;
}
