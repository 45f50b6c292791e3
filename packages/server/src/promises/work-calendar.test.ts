import { fileURLToPath } from 'node:url';
import { localDay } from '@threerings/core/promises/calendar';
import { quoteTerm } from '@threerings/core/promises/quote-due';
import { expect, test } from 'vitest';
import { readCalendar } from '../norm-packs/calendar-file.ts';
import { workCalendarOf } from './work-calendar.ts';

const calendar = workCalendarOf(await readCalendar(fileURLToPath(new URL('../../../../packs/calendar/cn.json', import.meta.url))));
const local = (text: string) => Date.parse(`${text}:00+08:00`);

test('three working days from the eve of the National Day holiday end on the make-up Saturday', () => {
  expect(quoteTerm({ kind: 'working-days', days: 3 }, local('2026-09-30T16:00'), calendar)).toEqual({
    due: local('2026-10-10T17:30'),
    warnings: [],
  });
});

test('a promise into a year whose holidays nobody has published is warned about', () => {
  expect(quoteTerm({ kind: 'working-days', days: 5 }, local('2026-12-29T10:00'), calendar)).toMatchObject({
    warnings: ['year-not-published'],
  });
  expect(calendar.isWorkingDay(localDay(local('2027-01-04T10:00'), calendar.zoneOffsetMs))).toBe(true);
});

test('the eve of a weekend, and night, are outside of staffed hours', () => {
  expect(quoteTerm({ kind: 'elapsed', ms: 3_600_000 }, local('2026-11-20T17:00'), calendar)).toMatchObject({ warnings: ['outside-hours'] });
  expect(quoteTerm({ kind: 'staffed', ms: 3_600_000 }, local('2026-11-20T17:00'), calendar)).toEqual({
    due: local('2026-11-23T09:00'),
    warnings: [],
  });
});
