import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { clockOffset } from './live.ts';

describe('the clock of the server', () => {
  it('is met in the middle of the round trip', () => {
    expect(clockOffset(1000, 5100, 1200)).toBe(4000);
    expect(clockOffset(1000, 600, 1200)).toBe(-500);
  });
});

describe('waiting before the next attempt', () => {
  it('doubles up to 15 s and is spread by a quarter to both sides', () => {
    expect([0, 1, 2, 3, 9].map((attempt) => backoffMs(attempt, 0.5))).toEqual([500, 1000, 2000, 4000, 15_000]);
    expect(backoffMs(0, 0)).toBe(375);
    expect(backoffMs(50, 1)).toBe(18_750);
  });
});
