import { expect, it } from 'vitest';
import { instantOf, localValue, namesOf } from './local-time.ts';

it('a date field gives back the minute that it was filled with, and nothing while it is empty', () => {
  const at = new Date(2026, 8, 30, 16, 5).getTime();
  expect(instantOf(localValue(at))).toBe(at);
  expect([instantOf(''), instantOf('2026-13')]).toEqual([undefined, undefined]);
});

it('names are separated as people separate them, each once', () => {
  expect(namesOf(' 城东，城南、城东; 高新区 ')).toEqual(['城东', '城南', '高新区']);
});
