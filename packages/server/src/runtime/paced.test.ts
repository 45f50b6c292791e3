import { SimClock } from '@threerings/testkit/sim-clock';
import { expect, test } from 'vitest';
import { Paced } from './paced.ts';

test('a view that many changes touch is made soon, then at most once in its time, and once more after the last change', async () => {
  const clock = new SimClock(1000);
  const made: string[] = [];
  const paced = new Paced(clock, 100, (key) => made.push(`${key} ${clock.now()}`));
  for (let n = 0; n < 20; n += 1) {
    paced.ask('a');
    if (n === 3) paced.ask('b');
    await clock.advance(10);
  }
  await clock.advance(1000);
  expect(made).toEqual(['a 1005', 'b 1035', 'a 1105', 'a 1205']);
  expect(clock.pending).toBe(0);
});

test('nothing is made after the stop', async () => {
  const clock = new SimClock(0);
  const made: string[] = [];
  const paced = new Paced(clock, 100, (key) => made.push(key));
  paced.ask('a');
  paced.stop();
  await clock.advance(1000);
  expect(made).toEqual([]);
});
