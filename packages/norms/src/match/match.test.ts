import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, addWorkingTime, type CalendarTable, dateOf, isHoliday, isNight, isWorkingTime, timeOfDay } from './calendar.ts';
import { exactly, minus, order, plus, ratio, rounded, times, whole } from './exact.ts';

const hour = 3_600_000;
const week = [...Array.from({ length: 5 }, () => [[510, 720] as const, [840, 1050] as const]), [], []];
const beijing: CalendarTable = {
  zone: [{ from: 0, offsetMs: 8 * hour }],
  week,
  days: {
    ...Object.fromEntries(['01', '02', '05', '06', '07'].map((day) => [`2026-10-${day}`, 'holiday' as const])),
    '2026-10-10': 'workday',
  },
  night: [22 * 60, 6 * 60],
};
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('the calendar', () => {
  it('knows every date that the host knows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        const year = new Date(day * 86_400_000).getUTCFullYear();
        fc.pre(year >= 0 && year <= 9999);
        expect(dateOf(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });

  it('counts three working days over a holiday week to the make-up Saturday', () => {
    expect(addWorkingDays(beijing, at('2026-09-30T16:00:00'), 3)).toBe(at('2026-10-10T17:30:00'));
  });

  it('counts working hours over the lunch break, the night and the weekend', () => {
    expect(addWorkingTime(beijing, at('2026-03-06T11:00:00'), 2 * hour)).toBe(at('2026-03-06T15:00:00'));
    expect(addWorkingTime(beijing, at('2026-03-06T17:00:00'), 2 * hour)).toBe(at('2026-03-09T10:00:00'));
    expect(addWorkingTime(beijing, at('2026-03-07T12:00:00'), hour)).toBe(at('2026-03-09T09:30:00'));
    expect(addWorkingTime({ ...beijing, week: week.map(() => []), days: {} }, 0, 1)).toBeUndefined();
  });

  it('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 1440 }), fc.integer({ min: 1, max: 900 }), (from, minutes) => {
        const start = at('2026-09-28T00:00:00') + from * 60_000;
        let now = start;
        for (let left = minutes; left > 0; now += 60_000) if (isWorkingTime(beijing, now)) left--;
        expect(addWorkingTime(beijing, start, minutes * 60_000)).toBe(now);
      }),
      { numRuns: 50 },
    );
  });

  it('tells day, night, holiday and time of day in the hotline’s zone', () => {
    expect(isWorkingTime(beijing, at('2026-03-06T08:30:00'))).toBe(true);
    expect(isWorkingTime(beijing, at('2026-03-06T17:30:00'))).toBe(false);
    expect([at('2026-03-06T22:00:00'), at('2026-03-06T05:59:00'), at('2026-03-06T06:00:00')].map((t) => isNight(beijing, t))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isHoliday(beijing, at('2026-10-01T12:00:00'))).toBe(true);
    expect(isHoliday(beijing, at('2026-03-07T12:00:00'))).toBe(false);
    expect(timeOfDay(beijing, at('2026-03-06T09:15:00'))).toBe(9 * hour + 15 * 60_000);
  });

  it('follows a zone whose offset changes', () => {
    const changing: CalendarTable = {
      ...beijing,
      zone: [
        { from: 0, offsetMs: hour },
        { from: Date.UTC(2026, 2, 29, 1), offsetMs: 2 * hour },
      ],
    };
    expect(timeOfDay(changing, Date.UTC(2026, 2, 29, 0, 59))).toBe(hour + 59 * 60_000);
    expect(timeOfDay(changing, Date.UTC(2026, 2, 29, 1))).toBe(3 * hour);
    expect(addWorkingTime(changing, Date.UTC(2026, 2, 29, 0), hour)).toBe(Date.UTC(2026, 2, 30, 7, 30));
  });
});

describe('exact numbers', () => {
  const number = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000);
  it('compare ratios without dividing', () => {
    const third = ratio(whole(1), whole(3));
    expect(third && order(times(third, whole(3)), whole(1))).toBe(0);
    expect(ratio(whole(1), whole(0))).toBeUndefined();
    expect(order(exactly(0.1 + 0.2), exactly(0.3))).toBe(0);
  });
  it('add and subtract like whole thousandths', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        const thousandths = (x: number) => Math.round(x * 1000);
        expect(rounded(times(plus(exactly(a), exactly(b)), whole(1000)))).toBe(thousandths(a) + thousandths(b));
        expect(Math.sign(order(exactly(a), exactly(b)))).toBe(Math.sign(thousandths(a) - thousandths(b)));
        expect(order(minus(plus(exactly(a), exactly(b)), exactly(b)), exactly(a))).toBe(0);
      }),
    );
  });
  it('round to the nearest, a half up', () => {
    expect([2.5, -2.5, 2.4, -2.6, 0].map((x) => rounded(exactly(x)))).toEqual([3, -2, 2, -3, 0]);
  });
});
