import { readFile } from 'node:fs/promises';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import { z } from 'zod';

const minutes = z.tuple([z.number().int().min(0).max(1440), z.number().int().min(0).max(1440)]);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const shape = z.object({
  /** years whose holidays are published; in other years weekdays count plainly, and the hotline is warned */
  published: z.array(z.number().int()),
  zone: z.array(z.object({ from: z.number().int(), offsetMs: z.number().int() })).min(1),
  week: z.array(z.array(minutes)).length(7),
  night: minutes,
  holidays: z.array(date),
  workdays: z.array(date),
});

export interface HotlineCalendar {
  readonly table: CalendarTable;
  readonly published: readonly number[];
  /** the days that ship, without what a hotline added */
  readonly shipped: Readonly<Record<string, 'holiday' | 'workday'>>;
}

/** The calendar with days that a hotline added: they win over those that ship, and a year with any of them counts as published. */
export function withOwnDays(
  calendar: HotlineCalendar,
  own: { readonly holidays: readonly string[]; readonly workdays: readonly string[] },
): HotlineCalendar {
  const days = { ...calendar.table.days, ...daysOf(own) };
  const years = [...own.holidays, ...own.workdays].map((day) => Number(day.slice(0, 4)));
  return {
    ...calendar,
    table: { ...calendar.table, days },
    published: [...new Set([...calendar.published, ...years])].sort((a, b) => a - b),
  };
}

function daysOf({ holidays, workdays }: { readonly holidays: readonly string[]; readonly workdays: readonly string[] }) {
  return Object.fromEntries([
    ...holidays.map((day): [string, 'holiday'] => [day, 'holiday']),
    ...workdays.map((day): [string, 'workday'] => [day, 'workday']),
  ]);
}

/** Reads a calendar file. Throws with the file and the field when it is not one: a product without time does not start. */
export async function readCalendar(file: string): Promise<HotlineCalendar> {
  const read = shape.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const { zone, week, night, holidays, workdays, published } = read.data;
  const days = daysOf({ holidays, workdays });
  return { table: { zone, week, days, night }, published, shipped: days };
}
