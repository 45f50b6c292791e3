import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConnectionEvent, connectionWindowMs, reaches, worstConnection } from './connection-rate.ts';

const hour = 3_600_000;
const calls = (connected: number, lost: number, from: number, every = 60_000): readonly ConnectionEvent[] =>
  Array.from({ length: connected + lost }, (_, index) => ({ at: from + index * every, connected: index < connected }));

describe('the connection rate of any continuous 24 hours', () => {
  it('nineteen of twenty callers reach ninety-five per cent', () => {
    const worst = worstConnection(calls(19, 1, 0));
    expect(worst).toMatchObject({ asked: 1, connected: 0 });
    const enough = worstConnection(calls(19, 1, 0), connectionWindowMs, 20);
    expect(enough).toMatchObject({ asked: 20, connected: 19 });
    expect(enough && reaches(enough, 95)).toBe(true);
    const less = worstConnection(calls(18, 1, 0), connectionWindowMs, 19);
    expect(less && reaches(less, 95)).toBe(false);
  });

  it('a bad hour is found although both calendar days are good', () => {
    const midnight = 24 * hour;
    const day = [...calls(95, 0, midnight - 20 * hour), ...calls(0, 4, midnight - hour)];
    const next = [...calls(0, 4, midnight), ...calls(95, 0, midnight + 20 * hour)];
    for (const one of [day, next])
      expect(reaches({ asked: 99, connected: one.filter(({ connected }) => connected).length }, 95)).toBe(true);
    const worst = worstConnection([...next, ...day], connectionWindowMs, 100);
    expect(worst).toMatchObject({ asked: 100, connected: 92 });
    expect(worst && reaches(worst, 95)).toBe(false);
  });

  it('an event exactly a day later belongs to the next window', () => {
    const lost = { at: 0, connected: false };
    expect(worstConnection([lost, { at: connectionWindowMs, connected: false }], connectionWindowMs, 2)).toBeUndefined();
    expect(worstConnection([lost, { at: connectionWindowMs - 1, connected: false }], connectionWindowMs, 2)).toMatchObject({ asked: 2 });
  });

  it('says nothing where nobody asked, or too few', () => {
    expect(worstConnection([])).toBeUndefined();
    expect(worstConnection(calls(1, 1, 0), connectionWindowMs, 3)).toBeUndefined();
    expect(reaches({ asked: 0, connected: 0 }, 95)).toBe(true);
  });

  it('is that of every window looked at one by one', () => {
    const event = fc.record({ at: fc.integer({ min: 0, max: 40 }), connected: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 12 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1, max: 4 }),
        (events, length, atLeast) => {
          const windows = Array.from({ length: 60 }, (_, index) => index - 16).map((from) => {
            const held = events.filter(({ at }) => at >= from && at < from + length);
            return { asked: held.length, connected: held.filter(({ connected }) => connected).length };
          });
          const shares = windows.filter(({ asked }) => asked >= atLeast).map(({ asked, connected }) => connected / asked);
          const worst = worstConnection(events, length, atLeast);
          expect(worst === undefined ? undefined : worst.connected / worst.asked).toBe(
            shares.length === 0 ? undefined : Math.min(...shares),
          );
        },
      ),
    );
  });
});
