import type { Instant } from '@threerings/norms/trace';
import { localDay, startOfDay, type WorkCalendar } from './calendar.ts';

/** Times of day at which callers may be called back, minutes of the local day. */
export interface CallWindows {
  readonly morning: { readonly from: number; readonly to: number };
  readonly afternoon: { readonly from: number; readonly to: number };
}

const minuteMs = 60_000;
const longestSearch = 30;
type Daypart = 'morning' | 'afternoon';

/** The part of the day in which an instant lies, or undefined outside of both windows. */
export function daypartOf(at: Instant, windows: CallWindows, zoneOffsetMs: number): Daypart | undefined {
  const minute = (at - startOfDay(localDay(at, zoneOffsetMs), zoneOffsetMs)) / minuteMs;
  const parts: readonly Daypart[] = ['morning', 'afternoon'];
  return parts.find((part) => minute >= windows[part].from && minute < windows[part].to);
}

/** The next instant at which people may be called, on any day; undefined where both windows are empty. */
export function nextCallingTime(at: Instant, windows: CallWindows, zoneOffsetMs: number): Instant | undefined {
  const today = localDay(at, zoneOffsetMs);
  const starts = [today, today + 1].flatMap((day) =>
    [windows.morning, windows.afternoon]
      .filter(({ from, to }) => from < to)
      .map(({ from }) => startOfDay(day, zoneOffsetMs) + from * minuteMs),
  );
  return starts.find((start) => start > at);
}

/**
 * When to try again after a try that reached nobody: the next working window of another part of the day than the last try, so that
 * three tries do not all fall into the hours in which the caller is away. Undefined when there is none within thirty days.
 */
export function nextTry(lastTry: Instant, windows: CallWindows, calendar: WorkCalendar): Instant | undefined {
  const { zoneOffsetMs } = calendar;
  const tried = daypartOf(lastTry, windows, zoneOffsetMs);
  const first = localDay(lastTry, zoneOffsetMs);
  for (let day = first; day <= first + longestSearch; day += 1) {
    if (!calendar.isWorkingDay(day)) continue;
    for (const part of ['morning', 'afternoon'] as const) {
      const from = startOfDay(day, zoneOffsetMs) + windows[part].from * minuteMs;
      if (from > lastTry && part !== tried) return from;
    }
  }
  return undefined;
}
