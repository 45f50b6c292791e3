import { dayOf, timeOfDay } from './time.ts';

/** `2026-09-30T16:00` of the reader's own zone, as date fields take it. */
export function localValue(at: number): string {
  return `${dayOf(at, true)}T${timeOfDay(at)}`;
}

/** The instant of a date field; undefined while it is empty or unfinished. */
export function instantOf(value: string): number | undefined {
  const at = new Date(value).getTime();
  return value === '' || !Number.isFinite(at) ? undefined : at;
}

/** Names in one line, as people type them: separated by commas of either kind, semicolons or spaces. */
export function namesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/u).filter((one) => one !== ''))];
}
