import { pcmOf, type Said, spoken } from '@threerings/testkit/spoken';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frameSamples } from './frames.ts';
import { UtteranceCutter } from './utterance-cutter.ts';

function cut(seconds: number, said: readonly Said[]) {
  const samples = pcmOf(spoken(seconds, said));
  const cutter = new UtteranceCutter();
  const found: { readonly from: number; readonly to: number; readonly samples: number; readonly settledBefore: number }[] = [];
  const keep = (settledBefore: number, all: ReturnType<UtteranceCutter['hear']>) =>
    found.push(...all.map((one) => ({ from: one.from, to: one.to, samples: one.samples.length, settledBefore })));
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples) {
    const before = cutter.settledUntil;
    keep(before, cutter.hear(samples.subarray(at, at + frameSamples)));
    expect(cutter.settledUntil).toBeGreaterThanOrEqual(before);
  }
  keep(cutter.settledUntil, cutter.end());
  return found;
}

test('an utterance ends at a pause of 400 ms, with a little before and behind it', () => {
  const [one, two, ...rest] = cut(6, [
    { from: 1, to: 1.8 },
    { from: 2, to: 2.6 },
    { from: 3.5, to: 4.5 },
  ]);
  expect(rest).toEqual([]);
  expect(one?.from).toBeGreaterThan(700);
  expect(one?.from).toBeLessThan(900);
  expect(one?.to).toBeGreaterThan(2600);
  expect(one?.to).toBeLessThan(2800);
  expect(two?.from).toBeGreaterThan(3200);
  expect(two?.to).toBeLessThan(4700);
  for (const each of [one, two]) expect(each?.samples).toBe(((each?.to ?? 0) - (each?.from ?? 0)) * 8);
});

test('who does not pause is cut after eight seconds, and nothing between is left out', () => {
  const found = cut(22, [{ from: 1, to: 20 }]);
  expect(found.map(({ from, to }) => Math.round((to - from) / 1000))).toEqual([8, 8, 3]);
  expect(found[1]?.from).toBe(found[0]?.to);
  expect(found[2]?.from).toBe(found[1]?.to);
});

test('whatever is said: utterances lie in order, hold their sound, and none begins before what was settled', () => {
  let cuts = 0;
  const talk = fc.array(fc.record({ from: fc.integer({ min: 0, max: 130 }), length: fc.integer({ min: 1, max: 100 }) }), { maxLength: 8 });
  fc.assert(
    fc.property(talk, (given) => {
      let last = 0;
      for (const { from, to, samples, settledBefore } of cut(
        16,
        given.map((one) => ({ from: one.from / 10, to: Math.min(15.5, (one.from + one.length) / 10) })),
      )) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(from).toBeGreaterThanOrEqual(settledBefore);
        expect(samples).toBe((to - from) * 8);
        expect(to - from).toBeLessThanOrEqual(8100);
        last = to;
        cuts += 1;
      }
    }),
    {
      numRuns: 20,
      examples: [
        [
          [
            { from: 58, length: 1 },
            { from: 61, length: 47 },
            { from: 109, length: 29 },
            { from: 83, length: 52 },
          ],
        ],
        [
          [
            { from: 88, length: 41 },
            { from: 127, length: 2 },
            { from: 61, length: 62 },
          ],
        ],
      ],
    },
  );
  expect(cuts).toBeGreaterThan(10);
});
