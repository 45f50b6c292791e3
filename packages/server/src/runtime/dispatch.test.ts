import type { TimelineEvent } from '@threerings/core/timeline/event';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Dispatch } from './dispatch.ts';

const event = (stream: string, n: number): TimelineEvent => ({
  id: `${stream}-${n}`,
  type: 'alert.acknowledged',
  v: 1,
  stream,
  n,
  source: 'system',
  occurredAt: n,
  recordedAt: n,
  seq: n,
  fields: {},
  hash: '',
});

function dispatchOver(stored: readonly TimelineEvent[]) {
  const errors: string[] = [];
  const dispatch = new Dispatch({
    load: async (stream, after) => stored.filter((each) => each.stream === stream && each.n > after),
    onError: (who) => errors.push(who),
  });
  const told: string[] = [];
  dispatch.subscribe('test', (events) => void told.push(...events.map((each) => each.id)));
  return { dispatch, told, errors };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('tells each event once, whether it comes from here, from the feed, or both', () => {
  const { dispatch, told } = dispatchOver([]);
  dispatch.publish([event('a', 1), event('a', 2)]);
  dispatch.publish([event('a', 2), event('a', 3), event('b', 1)]);
  dispatch.publish([event('a', 1)]);
  expect(told).toEqual(['a-1', 'a-2', 'a-3', 'b-1']);
});

test('reads what another node appended in between before it tells what follows', async () => {
  const stored = [1, 2, 3, 4].map((n) => event('a', n));
  const { dispatch, told } = dispatchOver(stored);
  dispatch.publish([event('a', 1)]);
  dispatch.publish([event('a', 3)]);
  dispatch.publish([event('a', 4)]);
  expect(told).toEqual(['a-1']);
  await settle();
  expect(told).toEqual(['a-1', 'a-2', 'a-3', 'a-4']);
  dispatch.publish([event('a', 2)]);
  expect(told).toHaveLength(4);
});

test('a subscriber that throws is named, and the others are told', () => {
  const { dispatch, told, errors } = dispatchOver([]);
  dispatch.subscribe('broken', () => {
    throw new Error('on purpose');
  });
  const late: string[] = [];
  dispatch.subscribe('late', (events) => void late.push(...events.map((each) => each.id)));
  dispatch.publish([event('a', 1)]);
  expect([told, late, errors]).toEqual([['a-1'], ['a-1'], ['broken']]);
});

test('who has left is told nothing, and a name is taken once', () => {
  const { dispatch } = dispatchOver([]);
  const heard: string[] = [];
  const leave = dispatch.subscribe('leaver', (events) => void heard.push(...events.map((each) => each.id)));
  expect(() => dispatch.subscribe('leaver', () => {})).toThrow('already');
  leave();
  dispatch.publish([event('a', 1)]);
  expect(heard).toEqual([]);
});

test('in whatever portions, twice and with gaps the events arrive, each stream is told in order and once', async () => {
  const portion = fc.record({
    from: fc.integer({ min: 1, max: 12 }),
    length: fc.integer({ min: 1, max: 4 }),
    stream: fc.constantFrom('a', 'b'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(portion, { minLength: 1, maxLength: 20 }), async (portions) => {
      const stored = ['a', 'b'].flatMap((stream) => Array.from({ length: 16 }, (_, at) => event(stream, at + 1)));
      const { dispatch, told } = dispatchOver(stored);
      dispatch.publish([event('a', 1), event('b', 1)]);
      for (const { from, length, stream } of portions) {
        dispatch.publish(Array.from({ length }, (_, at) => event(stream, from + at)));
        if (from % 3 === 0) await settle();
      }
      await settle();
      for (const stream of ['a', 'b']) {
        const positions = told.filter((id) => id.startsWith(stream)).map((id) => Number(id.split('-')[1]));
        expect(positions).toEqual(positions.map((_, at) => at + 1));
        const furthest = Math.max(1, ...portions.filter((each) => each.stream === stream).map((each) => each.from + each.length - 1));
        expect(positions.length).toBeGreaterThanOrEqual(furthest);
      }
    }),
    { numRuns: 200 },
  );
});
