import { SimClock, settlePromises } from '@threerings/testkit/sim-clock';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { type TimerHandler, TimerRunner } from './timer-runner.ts';
import { cancelTimer, claimTimers, finishTimer, nextTimerAt, putBackTimer, setTimer } from './timers.ts';

const { db } = await testDatabase();
const runners: TimerRunner[] = [];

beforeEach(async () => {
  await db.deleteFrom('timers').execute();
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
});

const due = (key: string, dueAt: number) => ({ key, kind: 'promise.due', dueAt, payload: { promise: key } });

/** Lets the runner's statements come back before the simulated time goes on. */
async function settle(): Promise<void> {
  for (const runner of runners) await runner.settled();
  await settlePromises();
}

function runnerAt(clock: Clock, handler: TimerHandler) {
  const errors: unknown[] = [];
  const runner = new TimerRunner({ db, clock, handlers: { 'promise.due': handler }, onError: (error) => errors.push(error) });
  runners.push(runner);
  runner.start();
  return { runner, errors };
}

test('a timer is done at its instant and then is gone; one that was taken back is not', async () => {
  const clock = new SimClock(1_000);
  const done: [string, number][] = [];
  await setTimer(db, due('p1', 31_000));
  await setTimer(db, due('p2', 20_000));
  await cancelTimer(db, 'p2');
  runnerAt(clock, async (timer) => void done.push([timer.key, clock.now()]));
  await clock.advance(29_999, settle);
  expect(done).toEqual([]);
  await clock.advance(2, settle);
  expect(done).toEqual([['p1', 31_000]]);
  expect(await nextTimerAt(db, ['promise.due'])).toBeUndefined();
});

test('a timer that is set while the runner sleeps is done in time', async () => {
  const clock = new SimClock(0);
  const done: number[] = [];
  const { runner } = runnerAt(clock, async () => void done.push(clock.now()));
  await settle();
  await setTimer(db, due('p1', 7_000));
  runner.set(7_000);
  await clock.advance(8_000, settle);
  expect(done).toEqual([7_000]);
});

test('a timer half a year ahead is found by looking, not by one long sleep', async () => {
  const clock = new SimClock(0);
  let furthest = 0;
  const at: Clock['at'] = (instant, run) => {
    furthest = Math.max(furthest, instant - clock.now());
    return clock.at(instant, run);
  };
  await setTimer(db, due('far', 183 * 86_400_000));
  runnerAt({ now: clock.now, at }, async () => {});
  await clock.advance(180_000, settle);
  expect(furthest).toBeGreaterThan(0);
  expect(furthest).toBeLessThan(24 * 86_400_000);
});

test('a handler that fails is tried again later, with the same key, until it succeeds', async () => {
  const clock = new SimClock(0);
  const tries: [number, number][] = [];
  await setTimer(db, due('p1', 1_000));
  const { errors } = runnerAt(clock, async (timer) => {
    tries.push([timer.attempt, clock.now()]);
    if (timer.attempt < 3) throw new Error('not yet');
  });
  await clock.advance(10_000, settle);
  expect(tries).toEqual([
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
  ]);
  expect(errors).toHaveLength(2);
  expect(await db.selectFrom('timers').select('key').execute()).toEqual([]);
});

test('two nodes never take the same timer, and what a dead node had taken comes back when its lease ends', async () => {
  for (let index = 0; index < 40; index += 1) await setTimer(db, due(`p${index}`, index));
  const [one, other] = await Promise.all([1, 2].map(() => claimTimers(db, ['promise.due'], 1_000, 5_000, 30)));
  const keys = [...(one ?? []), ...(other ?? [])].map((timer) => timer.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(40);
  expect(await claimTimers(db, ['promise.due'], 5_999, 5_000, 99)).toEqual([]);
  const again = await claimTimers(db, ['promise.due'], 6_000, 5_000, 99);
  expect(again).toHaveLength(40);
  expect(again[0]).toMatchObject({ key: 'p0', attempt: 2, payload: { promise: 'p0' } });
});

test('a timer that was moved while it was being done stays', async () => {
  await setTimer(db, due('p1', 100));
  const [claimed] = await claimTimers(db, ['promise.due'], 200, 5_000, 1);
  await setTimer(db, due('p1', 9_000));
  if (claimed) {
    await finishTimer(db, claimed);
    await putBackTimer(db, claimed, 500, 'late');
  }
  expect(await nextTimerAt(db, ['promise.due'])).toBe(9_000);
});
