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
}

/** Reads a calendar file. Throws with the file and the field when it is not one: a product without time does not start. */
export async function readCalendar(file: string): Promise<HotlineCalendar> {
  const read = shape.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const { zone, week, night, holidays, workdays, published } = read.data;
  const days = Object.fromEntries([
    ...holidays.map((day): [string, 'holiday'] => [day, 'holiday']),
    ...workdays.map((day): [string, 'workday'] => [day, 'workday']),
  ]);
  return { table: { zone, week, days, night }, published };
}
