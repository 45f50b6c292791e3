import { describe, expect, it } from 'vitest';
import { percent, ratesOf } from './tally.ts';

describe('rates', () => {
  it('are absent where there is nothing to divide', () => {
    expect(ratesOf({ kept: 0, broken: 0, unknown: 0 })).toEqual({ kept: undefined, judgeable: undefined });
    expect(ratesOf({ kept: 0, broken: 0, unknown: 3 })).toEqual({ kept: undefined, judgeable: 0 });
    expect(percent(undefined)).toBe('—');
  });

  it('are rounded down: not quite all is not all', () => {
    expect(percent(0.9999)).toBe('99.9%');
    expect(percent(1)).toBe('100.0%');
    expect(percent(0.29)).toBe('29.0%');
  });
});
