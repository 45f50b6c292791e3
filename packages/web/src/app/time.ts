/** Durations and instants as words and figures. All durations are milliseconds; instants are ms since the epoch, UTC. */

const two = (n: number) => String(n).padStart(2, '0');

/** `4:12`, `1:04:12`; never negative. Seconds are whole and counted down (what has passed). */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = two(total % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${seconds}` : `${minutes}:${seconds}`;
}

/** `04:12`: the large timer of the call bar keeps its width. */
export function wideClock(ms: number): string {
  const text = clock(ms);
  return text.length < 5 ? `0${text}` : text;
}

/** What a countdown shows: whole seconds still to come (rounded up), above a minute `m:ss`. */
export function countdownText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  return seconds > 60 ? clock(seconds * 1000) : String(seconds);
}

export interface DurationParts {
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

export function partsOf(ms: number): DurationParts {
  const total = Math.max(0, Math.round(ms / 1000));
  return { hours: Math.floor(total / 3600), minutes: Math.floor((total % 3600) / 60), seconds: total % 60 };
}

/** Clock time of the reader's own zone, `14:22` or `14:22:03`. */
export function timeOfDay(at: number, withSeconds = false): string {
  const date = new Date(at);
  const text = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return withSeconds ? `${text}:${two(date.getSeconds())}` : text;
}

/** `9-14`; with `year` `2026-09-14`. */
export function dayOf(at: number, year = false): string {
  const date = new Date(at);
  const month = date.getMonth() + 1;
  return year ? `${date.getFullYear()}-${two(month)}-${two(date.getDate())}` : `${month}-${date.getDate()}`;
}

export function sameDay(a: number, b: number): boolean {
  return dayOf(a, true) === dayOf(b, true);
}

/** `14:22` today, else `9-14 14:22`. */
export function shortTime(at: number, now: number): string {
  return sameDay(at, now) ? timeOfDay(at) : `${dayOf(at)} ${timeOfDay(at)}`;
}
