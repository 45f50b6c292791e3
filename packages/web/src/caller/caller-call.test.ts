import { expect, it } from 'vitest';
import { shownSince } from './caller-call.ts';

it('trusts the server unless the clocks plainly disagree', () => {
  expect(shownSince(10_000, 12_000)).toBe(10_000);
  expect(shownSince(13_000, 12_000)).toBe(12_000);
  expect(shownSince(0, 5 * 3600_000)).toBe(5 * 3600_000);
});
