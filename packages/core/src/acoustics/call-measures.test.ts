import { noise, pcmOf as pcm, spoken as voice } from '@threerings/testkit/spoken';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallMeasures, type Measured } from './call-measures.ts';
import { frameSamples, sampleRate } from './frames.ts';
import { measuredEvent } from './measured-events.ts';

function measure(customer: Float64Array, agent: Float64Array, during?: (measures: CallMeasures, ms: number) => readonly Measured[]) {
  const [left, right] = [pcm(customer), pcm(agent)];
  const measures = new CallMeasures();
  const told: { readonly what: Measured; readonly settledBefore: number }[] = [];
  const tell = (before: number, all: readonly Measured[]) => told.push(...all.map((what) => ({ what, settledBefore: before })));
  tell(0, measures.meet());
  for (let at = 0; at + frameSamples <= left.length; at += frameSamples) {
    const before = measures.settledUntil;
    tell(before, measures.hear(left.subarray(at, at + frameSamples), right.subarray(at, at + frameSamples)));
    if (during) tell(before, during(measures, (at * 1000) / sampleRate));
  }
  tell(measures.settledUntil, measures.end());
  return told;
}

const of = (kind: Measured['kind'], told: readonly { readonly what: Measured }[]) =>
  told.map(({ what }) => what).filter((what) => what.kind === kind);
const near = (at: number, ms = 60) => ({
  asymmetricMatch: (found: unknown) => Math.abs(Number(found) - at) <= ms,
  toString: () => `within ${ms} ms of ${at}`,
});

test('each side begins and stops to speak where its sound does', () => {
  const told = measure(voice(8, [{ from: 1, to: 2.5 }]), voice(8, [{ from: 3, to: 5 }]));
  expect(of('speaking-began', told)).toMatchObject([
    { side: 'customer', at: near(1000) },
    { side: 'agent', at: near(3000) },
  ]);
  expect(of('speaking-ended', told)).toMatchObject([
    { side: 'customer', at: near(2500) },
    { side: 'agent', at: near(5000) },
  ]);
  expect(of('overlap-began', told)).toEqual([]);
});

test('nobody speaks for a second: a silence, from the last word to the next', () => {
  const told = measure(voice(12, [{ from: 1, to: 2 }]), voice(12, [{ from: 7, to: 9 }]));
  expect(of('silence-ended', told)).toMatchObject([
    { at: near(1000), silence: near(1000) },
    { at: near(7000), silence: near(5000) },
    { at: near(12_000), silence: near(3000) },
  ]);
});

test('pauses within a sentence are no silence and do not end it', () => {
  const words = [
    { from: 1, to: 1.6 },
    { from: 1.75, to: 2.4 },
    { from: 2.55, to: 3.2 },
  ];
  const told = measure(voice(5, words), voice(5, []));
  expect(of('speaking-began', told)).toHaveLength(1);
  expect(of('speaking-ended', told)).toMatchObject([{ at: near(3200), speech: near(2200) }]);
});

test('who breaks in while the other has the floor interrupts; a short word does not', () => {
  const breaksIn = measure(voice(8, [{ from: 1, to: 4 }]), voice(8, [{ from: 3, to: 6 }]));
  expect(of('interrupted', breaksIn)).toMatchObject([{ by: 'agent', victim: 'customer', overlap: near(1000) }]);
  const nods = measure(voice(8, [{ from: 1, to: 5 }]), voice(8, [{ from: 3, to: 3.45 }]));
  expect(of('overlap-ended', nods)).toMatchObject([{ overlap: near(450) }]);
  expect(of('interrupted', nods)).toEqual([]);
});

test('an echo of the caller in the agent’s headset is nobody’s speech', () => {
  const customer = voice(
    20,
    Array.from({ length: 6 }, (_, i) => ({ from: 1 + 3 * i, to: 3 + 3 * i })),
  );
  const hiss = voice(20, []);
  const agent = hiss.map((x, i) => x + 0.05 * (customer[i - 800] ?? 0));
  const told = measure(customer, agent);
  expect(of('speaking-began', told).filter((what) => 'side' in what && what.side === 'agent')).toEqual([]);
  expect(of('speaking-began', told)).toHaveLength(6);
});

test('clicks, steady noise and digital silence are nobody’s speech', () => {
  const hiss = noise();
  const clicks = voice(10, []).map((x, i) => (i % 4000 < 100 ? 0.4 * hiss() : x));
  const fan = voice(10, []).map((x) => x + 0.02 * hiss());
  expect(of('speaking-began', measure(clicks, fan))).toEqual([]);
  expect(of('speaking-began', measure(new Float64Array(80_000), new Float64Array(80_000)))).toEqual([]);
});

test('while the parties are apart there is neither silence nor overlap', () => {
  const during = (measures: CallMeasures, ms: number) => (ms === 3000 ? measures.part() : ms === 9000 ? measures.meet() : []);
  const told = measure(voice(12, [{ from: 0.5, to: 1.5 }]), voice(12, []), during);
  expect(of('silence-began', told)).toMatchObject([{ at: near(1500) }, { at: near(9000) }]);
  expect(of('silence-ended', told)).toMatchObject([{ at: near(3000) }, { at: near(12_000) }]);
});

test('a reading of loudness and rate comes for every ten seconds of a voice', () => {
  const said = Array.from({ length: 12 }, (_, i) => ({ from: 0.5 + 3 * i, to: 2.5 + 3 * i }));
  const told = measure(voice(40, said), voice(40, []));
  const levels = of('level', told);
  expect(levels).toHaveLength(3);
  expect(levels[0]).toMatchObject({ side: 'customer', window: near(10_000, 20) });
  const softer = of('level', measure(voice(40, said, 0.1), voice(40, [])));
  const difference = ((levels[0] as { level: number }).level ?? 0) - ((softer[0] as { level: number }).level ?? 0);
  expect(difference).toBeCloseTo(6, 0);
  for (const reading of of('rate', told)) expect((reading as { rate: number }).rate).toBeGreaterThan(180);
  for (const reading of of('rate', told)) expect((reading as { rate: number }).rate).toBeLessThan(280);
});

test('whatever is said: nothing comes at or before what was called settled, and what opens closes once', () => {
  const talk = fc.array(fc.record({ from: fc.integer({ min: 0, max: 170 }), length: fc.integer({ min: 1, max: 40 }) }), { maxLength: 12 });
  let exchanges = 0;
  fc.assert(
    fc.property(talk, talk, (customer, agent) => {
      const said = (all: typeof customer) => all.map(({ from, length }) => ({ from: from / 10, to: (from + length) / 10 }));
      const told = measure(voice(20, said(customer), 0.03), voice(20, said(agent), 0.03));
      for (const { what, settledBefore } of told) expect(what.at).toBeGreaterThanOrEqual(settledBefore);
      for (const kind of ['silence', 'overlap', 'speaking'] as const) {
        const edges = told.map(({ what }) => what).filter(({ kind: found }) => found.startsWith(`${kind}-`));
        const open = new Set<string>();
        for (const edge of edges) {
          const key = 'side' in edge ? edge.side : '';
          expect(open.has(key)).toBe(edge.kind.endsWith('-ended'));
          if (edge.kind.endsWith('-began')) open.add(key);
          else open.delete(key);
        }
        expect([...open]).toEqual([]);
      }
      exchanges += told.length;
    }),
    { numRuns: 25 },
  );
  expect(exchanges).toBeGreaterThan(100);
});

test('what was measured becomes events of the call', () => {
  const placed = { origin: 1_000_000, legs: { agent: 'agent-0217', customer: 'caller' } };
  expect(measuredEvent({ kind: 'speaking-ended', side: 'agent', at: 1500, speech: 900 }, placed)).toEqual({
    type: 'speech.activity-ended',
    by: 'agent',
    occurredAt: 1_001_500,
    fields: { leg: 'agent-0217', speech: 900 },
  });
  expect(measuredEvent({ kind: 'interrupted', by: 'agent', victim: 'customer', at: 10, overlap: 400 }, placed)).toMatchObject({
    by: 'agent',
    fields: { victim: 'customer', overlap: 400 },
  });
});
