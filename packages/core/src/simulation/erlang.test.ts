import { describe, expect, it } from 'vitest';
import { erlangA, erlangB, erlangC, erlangCServiceLevel, erlangCWaitMs } from './erlang.ts';

const minute = 60_000;

// Reference values of the tests of pyworkforce (MIT) and of Herzog's Erlang C calculator.
describe('Erlang C', () => {
  it.each([
    [14, 0.174],
    [15, 0.102],
  ])('with %i agents for ten erlangs lets %f of the callers wait', (agents, wanted) => {
    expect(Math.abs(erlangC(10, agents) - wanted)).toBeLessThanOrEqual(0.0005);
  });

  it.each([
    [14, 0.888],
    [15, 0.941],
  ])('with %i agents for ten erlangs answers %f within 19.8 s', (agents, wanted) => {
    expect(Math.abs(erlangCServiceLevel(10, agents, 19_800, 3 * minute) - wanted)).toBeLessThanOrEqual(0.0005);
  });

  it('lets callers wait 26.56 s on average with 13 agents for ten and a half erlangs', () => {
    expect(Math.abs(erlangCWaitMs(10.5, 13, 3 * minute) / 1000 - 26.56)).toBeLessThanOrEqual(0.01);
  });

  it('knows no answer where the agents cannot keep up', () => {
    expect([erlangC(10, 10), erlangCServiceLevel(10, 10, 1000, minute), erlangCWaitMs(10, 9, minute)]).toEqual([
      1,
      0,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('Erlang B', () => {
  it.each([
    [1, 1, 0.5],
    [1, 2, 0.2],
  ])('blocks with %f erlangs and %i lines', (load, lines, wanted) => {
    expect(erlangB(load, lines)).toBeCloseTo(wanted, 6);
  });

  it('wants 17 lines for ten erlangs and at most two per cent lost', () => {
    expect(erlangB(10, 16)).toBeGreaterThan(0.02);
    expect(erlangB(10, 17)).toBeLessThanOrEqual(0.02);
  });

  it('stays a share for thousands of lines', () => {
    const blocked = erlangB(9900, 10_000);
    expect(blocked).toBeGreaterThan(0);
    expect(blocked).toBeLessThan(0.01);
  });
});

describe('Erlang A', () => {
  it('comes to Erlang C where nobody gives up, and to Erlang B where nobody waits', () => {
    const patient = erlangA(10, 14, 3 * minute, 1e12);
    expect(patient.waits).toBeCloseTo(erlangC(10, 14), 4);
    expect(patient.waitMs / erlangCWaitMs(10, 14, 3 * minute)).toBeCloseTo(1, 3);
    expect(patient.abandoned).toBeLessThan(1e-6);
    expect(erlangA(10, 14, 3 * minute, 0.001).abandoned).toBeCloseTo(erlangB(10, 14), 4);
  });

  it('says of more work than the agents can do that at least the rest gives up', () => {
    expect(erlangA(20, 15, 3 * minute, 2 * minute).abandoned).toBeGreaterThanOrEqual(0.25);
  });
});
