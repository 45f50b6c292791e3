import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chineseCadence, ringsAllow, ringsHeard } from './rings.ts';

it('counts two rings at ten seconds and three a millisecond later', () => {
  expect([ringsHeard(0), ringsHeard(5000), ringsHeard(5001), ringsHeard(10_000), ringsHeard(10_001)]).toEqual([1, 1, 2, 2, 3]);
  expect(ringsAllow(3)).toBe(15_000);
});

it('never lets the count of rings and the limit in rings disagree', () => {
  const cadence = fc.record({ on: fc.integer({ min: 1, max: 3000 }), off: fc.integer({ min: 0, max: 6000 }), phase: fc.nat(2000) });
  fc.assert(
    fc.property(fc.nat(120_000), fc.integer({ min: 1, max: 20 }), fc.option(cadence), (elapsed, rings, given) => {
      const used = given ?? chineseCadence;
      expect(ringsHeard(elapsed, used) <= rings).toBe(elapsed <= ringsAllow(rings, used));
    }),
  );
});
