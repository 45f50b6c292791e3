import { describe, expect, it } from 'vitest';
import { translatorOf } from './i18n/translate.ts';
import { clock, countdownText, sameDay, shortTime, timeOfDay, wideClock } from './time.ts';
import { dueWords, durationWords } from './time-words.ts';

const minute = 60_000;
const noon = new Date(2026, 8, 17, 12, 0, 0).getTime();

describe('durations in figures', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [minute, '1:00'],
    [61 * minute + 5_000, '1:01:05'],
    [-5, '0:00'],
  ])('%i ms reads %s', (ms, text) => {
    expect(clock(ms)).toBe(text);
  });

  it('keeps the width of the large timer', () => {
    expect(wideClock(4 * minute + 12_000)).toBe('04:12');
    expect(wideClock(71 * minute)).toBe('1:11:00');
  });

  it('counts down in seconds up to a minute and in minutes above, and never says 0 before the end', () => {
    expect(countdownText(1)).toBe('1');
    expect(countdownText(60_000)).toBe('60');
    expect(countdownText(60_001)).toBe('1:01');
    expect(countdownText(0)).toBe('0');
  });
});

describe('durations in words', () => {
  const t = translatorOf('zh');

  it('leaves out seconds from an hour on', () => {
    expect(durationWords(t, 80_000)).toBe('1 分 20 秒');
    expect(durationWords(t, 2 * 3600_000 + 26 * minute + 5_000)).toBe('2 时 26 分');
    expect(durationWords(t, 0)).toBe('0 秒');
  });

  it('says when something is due as people say it', () => {
    expect(dueWords(t, noon + 12 * minute + 30_000, noon)).toBe('还有 12 分');
    expect(dueWords(t, noon + 210 * minute, noon)).toBe('今日 15:30 前');
    expect(dueWords(t, noon + 3 * 24 * 3600_000, noon)).toBe('9-20 12:00');
    expect(dueWords(t, noon - 146 * minute, noon)).toBe('逾期 2 时 26 分');
  });
});

describe('clock times', () => {
  it('gives the day only when it is another one', () => {
    expect(shortTime(noon, noon + minute)).toBe('12:00');
    expect(shortTime(noon, noon + 24 * 3600_000)).toBe('9-17 12:00');
    expect(sameDay(noon, noon + 24 * 3600_000)).toBe(false);
    expect(timeOfDay(noon, true)).toBe('12:00:00');
  });
});
