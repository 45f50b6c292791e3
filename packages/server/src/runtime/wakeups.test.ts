import { SimClock } from '@threerings/testkit/sim-clock';
import fc from 'fast-check';
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

test('wakes in the order of instants, whatever is set anew, moved up or taken back', async () => {
  const step = fc.record({ does: fc.constantFrom('set', 'set', 'setBy', 'clear', 'wait'), key: fc.nat(5), in: fc.nat(40) });
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = new SimClock(1000);
      const woken: [key: string, planned: number, at: number][] = [];
      const wakeUps = new WakeUps(clock, (key, planned) => woken.push([key, planned, clock.now()]));
      const naive = new Map<string, { at: number; order: number }>();
      const expected: [key: string, planned: number, at: number][] = [];
      let order = 0;
      for (const { does, key: k, in: ms } of steps) {
        const [key, at] = [`k${k}`, clock.now() + 1 + ms];
        const known = naive.get(key);
        if (does === 'wait') {
          const until = clock.now() + ms;
          const due = [...naive].filter(([, one]) => one.at <= until).sort(([, a], [, b]) => a.at - b.at || a.order - b.order);
          for (const [each, one] of due) {
            expected.push([each, one.at, one.at]);
            naive.delete(each);
          }
          await clock.advance(ms, async () => {});
        } else if (does === 'clear') {
          naive.delete(key);
          wakeUps.set(key, undefined);
        } else if (does === 'set' || known === undefined || at < known.at) {
          if (known !== undefined && known.at !== at) moved += 1;
          if (known?.at !== at) naive.set(key, { at, order: order++ });
          if (does === 'set') wakeUps.set(key, at);
          else wakeUps.setBy(key, at);
        } else wakeUps.setBy(key, at);
      }
      expect(woken).toEqual(expected);
    }),
  );
  expect(moved).toBeGreaterThan(20);
});

test('there is one timer for all, and none when it was stopped', () => {
  const { clock, wakeUps } = wakeUpsAt(0);
  for (let n = 0; n < 1000; n += 1) wakeUps.set(`call-${n}`, 10_000 - n);
  expect(clock.pending).toBe(1);
  wakeUps.stop();
  wakeUps.set('late', 5);
  expect(clock.pending).toBe(0);
});

test('who is woken may take back another who is due at the same instant', async () => {
  const clock = new SimClock(0);
  const woken: string[] = [];
  const wakeUps: WakeUps = new WakeUps(clock, (key) => {
    woken.push(key);
    wakeUps.set('second', undefined);
  });
  wakeUps.set('first', 10);
  wakeUps.set('second', 10);
  await clock.advance(100);
  expect(woken).toEqual(['first']);
});
