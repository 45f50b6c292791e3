import { describe, expect, it } from 'vitest';
import { Grace } from './grace.ts';

function kept({ graceMs = 30_000, busy = true } = {}) {
  const state = { now: 0, busy, accepting: true, ended: [] as string[] };
  const grace = new Grace(graceMs, {
    busy: () => state.busy,
    accept: (on) => {
      state.accepting = on;
    },
    end: (cause) => state.ended.push(cause),
    now: () => state.now,
  });
  const at = (ms: number) => {
    state.now = ms;
    grace.check();
    return state;
  };
  return { grace, state, at };
}

describe('the grace time', () => {
  it('keeps calls until it is over, and ends the process once', () => {
    const { grace, at } = kept();
    grace.controllersChanged(1);
    at(100_000);
    grace.controllersChanged(0);
    expect(at(129_999).ended).toEqual([]);
    expect(at(130_000).ended).toEqual(['controller-gone']);
    expect(at(140_000).ended).toHaveLength(1);
  });

  it('is called off by a controller that comes back', () => {
    const { grace, at } = kept();
    grace.controllersChanged(1);
    grace.controllersChanged(0);
    at(29_000);
    grace.controllersChanged(1);
    expect(at(200_000).ended).toEqual([]);
  });

  it('is not waited out where there is nothing to keep, nor after the last call ended', () => {
    const idle = kept({ busy: false });
    idle.grace.controllersChanged(1);
    idle.grace.controllersChanged(0);
    expect(idle.at(999).ended).toEqual([]);
    expect(idle.at(1000).ended).toHaveLength(1);

    const talking = kept();
    talking.grace.controllersChanged(1);
    talking.grace.controllersChanged(0);
    talking.at(5000);
    talking.state.busy = false;
    expect(talking.at(5200).ended).toHaveLength(1);
  });

  it('sends new calls to another route when the controller has been gone for ten seconds', () => {
    const { grace, at, state } = kept();
    grace.controllersChanged(1);
    grace.controllersChanged(0);
    expect(at(9999).accepting).toBe(true);
    expect(at(10_000).accepting).toBe(false);
    grace.controllersChanged(1);
    expect(state.accepting).toBe(true);
  });

  it('gives the first controller fifteen seconds to come', () => {
    const { at } = kept({ graceMs: 0, busy: false });
    expect(at(14_999).ended).toEqual([]);
    expect(at(15_000).ended).toHaveLength(1);
  });
});
