import type { Translate } from './i18n/translate.ts';
import { partsOf, sameDay, shortTime, timeOfDay } from './time.ts';

/** `1 分 20 秒`, `2 时 26 分`; seconds are left out from one hour on. */
export function durationWords(t: Translate, ms: number): string {
  const { hours, minutes, seconds } = partsOf(ms);
  const parts: string[] = [];
  if (hours > 0) parts.push(t('time.hours', { n: hours }));
  if (minutes > 0) parts.push(t('time.minutes', { n: minutes }));
  if (hours === 0 && (seconds > 0 || minutes === 0)) parts.push(t('time.seconds', { n: seconds }));
  return parts.join(' ');
}

const minute = 60_000;
const hour = 60 * minute;

/** When something is due, as people say it: amount first when late, minutes within the hour, a clock time today, else the day. */
export function dueWords(t: Translate, dueAt: number, now: number): string {
  const left = dueAt - now;
  if (left < 0) return t('time.overdue', { amount: durationWords(t, Math.max(minute, Math.ceil(-left / minute) * minute)) });
  if (left < hour) return t('time.left', { amount: durationWords(t, Math.max(minute, Math.floor(left / minute) * minute)) });
  return sameDay(dueAt, now) ? t('time.today-before', { time: timeOfDay(dueAt) }) : shortTime(dueAt, now);
}
