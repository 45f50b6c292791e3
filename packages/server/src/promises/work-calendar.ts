import { isoDay, type WorkCalendar } from '@threerings/core/promises/calendar';
import type { CallWindows } from '@threerings/core/promises/windows';
import type { Settings } from '@threerings/core/settings/defaults';
import type { HotlineCalendar } from '../norm-packs/calendar-file.ts';

/** 1970-01-01 was a Thursday; the week of the table begins on Monday. */
const mondayOffset = 3;

/** The hotline's calendar as promises count with it. Years whose holidays are not published count weekdays plainly, and say so. */
export function workCalendarOf({ table, published }: HotlineCalendar): WorkCalendar {
  const hours = table.week.flat();
  const years = new Set(published.map(String));
  return {
    zoneOffsetMs: table.zone.at(-1)?.offsetMs ?? 0,
    staffed: { from: Math.min(...hours.map(([from]) => from), 1440), to: Math.max(...hours.map(([, to]) => to), 0) },
    isWorkingDay(day) {
      const exception = table.days[isoDay(day)];
      if (exception !== undefined) return exception === 'workday' || (exception !== 'holiday' && exception.length > 0);
      return (table.week[(day + mondayOffset) % 7] ?? []).length > 0;
    },
    isPublished: (day) => years.has(isoDay(day).slice(0, 4)),
  };
}

export function callWindowsOf({ morningFrom, morningTo, afternoonFrom, afternoonTo }: Settings): CallWindows {
  return { morning: { from: morningFrom, to: morningTo }, afternoon: { from: afternoonFrom, to: afternoonTo } };
}
