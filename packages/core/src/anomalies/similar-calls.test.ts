import { expect, it } from 'vitest';
import { type SimilarCalls, withTopic } from './similar-calls.ts';

const rule = { similarCalls: 3, similarCallsMs: 600_000 };
const minute = 60_000;

function many(...calls: readonly (readonly [topic: string, interaction: string, at: number])[]): (number | undefined)[] {
  let known: SimilarCalls = {};
  return calls.map(([topic, interaction, at]) => {
    const next = withTopic(known, { topic, interaction, at }, rule);
    known = next.known;
    return next.many;
  });
}

it('says once that many call about one thing, and not for one caller who asks often', () => {
  expect(many(['gas', 'a', 0], ['gas', 'a', 1], ['gas', 'b', 2], ['water', 'c', 3], ['gas', 'd', 4], ['gas', 'e', 5])).toEqual([
    ...[undefined, undefined, undefined, undefined, 3, undefined],
  ]);
});

it('forgets what is older than the stretch, and says it again after one', () => {
  expect(many(['gas', 'a', 0], ['gas', 'b', 1], ['gas', 'c', 10 * minute + 1])).toEqual([undefined, undefined, undefined]);
  expect(
    many(
      ['gas', 'a', 0],
      ['gas', 'b', 1],
      ['gas', 'c', 2],
      ['gas', 'd', 20 * minute],
      ['gas', 'e', 20 * minute],
      ['gas', 'f', 21 * minute],
    ),
  ).toEqual([undefined, undefined, 3, undefined, undefined, 3]);
});

it('watches nothing where the hotline does not want it', () => {
  expect(withTopic({}, { topic: 'gas', interaction: 'a', at: 0 }, { similarCalls: 0, similarCallsMs: 1 })).toEqual({
    known: {},
    many: undefined,
  });
});
