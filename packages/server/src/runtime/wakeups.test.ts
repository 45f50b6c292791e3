import { SimClock } from '@threerings/testkit/sim-clock';
import { expect, test } from 'vitest';
import { WakeUps } from './wakeups.ts';

function wakeUpsAt(now: number) {
  const clock = new SimClock(now);
  const woken: [string, number][] = [];
  const wakeUps = new WakeUps(clock, (key) => woken.push([key, clock.now()]));
  return { clock, wakeUps, woken };
}

test('wakes each key once at its instant', async () => {
  const { clock, wakeUps, woken } = wakeUpsAt(1_000);
  wakeUps.set('call-2', 21_000);
  wakeUps.set('call-1', 16_000);
  await clock.advance(60_000);
  expect(woken).toEqual([
    ['call-1', 16_000],
    ['call-2', 21_000],
  ]);
  expect([wakeUps.size, clock.pending]).toEqual([0, 0]);
});

test('a later instant replaces the earlier one, and none takes it back', async () => {
  const { clock, wakeUps, woken } = wakeUpsAt(0);
  wakeUps.set('call', 5_000);
  wakeUps.set('call', 9_000);
  wakeUps.set('other', 7_000);
  wakeUps.set('other', undefined);
  expect(wakeUps.next('call')).toBe(9_000);
  await clock.advance(20_000);
  expect(woken).toEqual([['call', 9_000]]);
});

test('an instant that has passed wakes at once, but not before the caller goes on', async () => {
  const { clock, wakeUps, woken } = wakeUpsAt(1_000);
  wakeUps.set('call', 500);
  expect(woken).toEqual([]);
  await clock.advance(0);
  expect(woken).toEqual([['call', 1_000]]);
});

test('who is woken may set the same key again', async () => {
  const clock = new SimClock(0);
  const woken: number[] = [];
  const wakeUps: WakeUps = new WakeUps(clock, (key, due) => {
    woken.push(due);
    if (due < 3_000) wakeUps.set(key, due + 1_000);
  });
  wakeUps.set('re-prompt', 1_000);
  await clock.advance(10_000);
  expect(woken).toEqual([1_000, 2_000, 3_000]);
});

test('nobody is woken after the stop', async () => {
  const { clock, wakeUps, woken } = wakeUpsAt(0);
  wakeUps.set('call', 1_000);
  wakeUps.stop();
  await clock.advance(5_000);
  expect([woken, clock.pending]).toEqual([[], 0]);
});
