import { expect, it } from 'vitest';
import { shownValue } from './figure-value.ts';
import { reportParams, reportSearch } from './search.ts';

it('shows a share, a length and a count each in its own way, and never a percentage of nothing', () => {
  expect(shownValue('connection', 0.9523)).toBe('95.2%');
  expect(shownValue('connection', undefined)).toBe('—');
  expect(shownValue('speed-of-answer', 8400)).toBe('8.4 s');
  expect(shownValue('handling', 80_400)).toBe('1:20');
  expect(shownValue('handling', 25_200_000)).toBe('7:00:00');
  expect(shownValue('offered', 431)).toBe('431');
});

it('reads the address with care and asks the server only for what a report knows', () => {
  const search = reportSearch({ kind: 'week', day: '2026-09-30', figure: 'talk', norm: 'x', unit: 7 });
  expect(reportParams(search).toString()).toBe('kind=week&day=2026-09-30&unit=7');
  expect(reportSearch({ kind: 'year' })).toEqual({});
});
