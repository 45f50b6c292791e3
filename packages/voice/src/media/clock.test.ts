import { describe, expect, it } from 'vitest';
import { MediaClock } from './clock.ts';

function ticking() {
  let now = 1000;
  const clock = new MediaClock(() => now);
  const ticks: number[] = [];
  clock.add({ tick: (at) => ticks.push(at) });
  clock.start();
  clock.stop();
  return {
    ticks,
    pass(ms: number) {
      now += ms;
      clock.catchUp();
    },
  };
}

describe('the media clock', () => {
  it('ticks every 20 ms however irregularly it is woken', () => {
    const { ticks, pass } = ticking();
    for (const ms of [5, 5, 13, 30, 0, 7, 60]) pass(ms);
    expect(ticks).toEqual([1020, 1040, 1060, 1080, 1100, 1120]);
  });

  it('catches up a short stall and skips the rest of a long one', () => {
    const { ticks, pass } = ticking();
    pass(100);
    expect(ticks).toHaveLength(5);
    pass(60_000);
    expect(ticks).toHaveLength(15);
    expect(ticks.at(-1)).toBe(61_100);
  });
});
