import { describe, expect, it } from 'vitest';
import { SequenceTracker } from '../rtp/sequence.ts';
import { type LineChange, LineQuality } from './line-quality.ts';

/** Seconds of a stream, of which `lossEvery` names how many packets there are to one that is lost (0 = none). */
function listen(seconds: readonly number[]): (LineChange['kind'] | undefined)[] {
  const stream = new SequenceTracker();
  const quality = new LineQuality(stream);
  let n = 0;
  return seconds.map((lossEvery) => {
    for (let i = 0; i < 50; i++, n++) if (lossEvery === 0 || n % lossEvery !== 0) stream.receive(1, n & 0xffff, n * 160, n * 20);
    return quality.check()?.kind;
  });
}

describe('the quality of a line', () => {
  it('is degraded once when more than 5 % are lost over five seconds, and restored once below 2 %', () => {
    const changes = listen([0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0]);
    expect(changes.filter((change) => change !== undefined)).toEqual(['degraded', 'restored']);
    expect(changes.indexOf('degraded')).toBeGreaterThanOrEqual(7);
  });

  it('is not degraded by one lost packet in fifty', () => {
    expect(listen(new Array(20).fill(50)).every((change) => change === undefined)).toBe(true);
  });

  it('is what the far end reports where that is worse, for as long as it reports', () => {
    const quality = new LineQuality(new SequenceTracker());
    quality.reported({ lossRatio: 0.2, jitterMs: 30 });
    expect(quality.check()).toEqual({ kind: 'degraded', lossRatio: 0.2, jitterMs: 30 });
    for (let second = 0; second < 30; second++) expect(quality.check(), 'the report is old').toBeUndefined();
    quality.reported({ lossRatio: 0.01, jitterMs: 3 });
    expect(quality.check()).toEqual({ kind: 'restored' });
  });

  it('says nothing of a leg that sends nothing', () => {
    const quality = new LineQuality(new SequenceTracker());
    expect(Array.from({ length: 10 }, () => quality.check())).toEqual(new Array(10).fill(undefined));
  });
});
