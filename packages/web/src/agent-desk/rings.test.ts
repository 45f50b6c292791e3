import { describe, expect, it } from 'vitest';
import { ringCount } from './rings.ts';

describe('counting rings', () => {
  it('is in time at exactly two rings and late one millisecond after', () => {
    expect(ringCount(0, 10_000, 5000, 2)).toMatchObject({ ring: 2, late: false });
    expect(ringCount(0, 10_001, 5000, 2)).toMatchObject({ ring: 3, late: true });
  });

  it('draws as many boxes as the pack allows and one where late begins', () => {
    const { boxes } = ringCount(0, 6_200, 5000, 2);
    expect(boxes).toEqual([
      { ring: 1, state: 'past', leftMs: undefined },
      { ring: 2, state: 'now', leftMs: 3_800 },
      { ring: 3, state: 'over', leftMs: undefined },
    ]);
    expect(ringCount(0, 1, 5000, 3).boxes).toHaveLength(4);
  });

  it('counts the late ring on in the last box', () => {
    expect(ringCount(0, 22_000, 5000, 2).boxes.at(-1)?.ring).toBe(5);
  });

  it('starts with the first ring, even if the clocks differ a little', () => {
    expect(ringCount(1000, 400, 5000, 2).ring).toBe(1);
  });
});
