import { describe, expect, it } from 'vitest';
import { SequenceTracker } from './sequence.ts';

const receive = (tracker: SequenceTracker, numbers: readonly number[], ssrc = 1) =>
  numbers.map((sequence, i) => tracker.receive(ssrc, sequence, i * 160, i * 20));

describe('the sequence of a stream', () => {
  it('goes on past 65535', () => {
    const [before, , after] = receive(new SequenceTracker(), [65_534, 65_535, 0, 1]);
    expect((after as number) - (before as number)).toBe(2);
  });

  it('counts what is missing, and forgives what only came late', () => {
    const tracker = new SequenceTracker();
    receive(tracker, [10, 11, 14, 13, 17]);
    expect([tracker.expected, tracker.received, tracker.lost]).toEqual([8, 5, 3]);
  });

  it('does not count a restarted sender as loss', () => {
    const tracker = new SequenceTracker();
    receive(tracker, [10, 11]);
    receive(tracker, [40_000, 40_001], 2);
    receive(tracker, [3, 4], 2);
    expect(tracker.lost).toBe(0);
    expect(tracker.expected).toBe(6);
  });

  it('measures no jitter on a steady stream and some on an unsteady one', () => {
    const steady = new SequenceTracker();
    const unsteady = new SequenceTracker();
    for (let i = 0; i < 200; i++) {
      steady.receive(1, i, i * 160, i * 20);
      unsteady.receive(1, i, i * 160, i * 20 + (i % 2) * 10);
    }
    expect(steady.jitterMs).toBe(0);
    expect(unsteady.jitterMs).toBeGreaterThan(9);
    expect(unsteady.jitterMs).toBeLessThan(10.1);
  });
});
