import { describe, expect, it } from 'vitest';
import { monoOf, trimmed, wavOf } from './wav.ts';

describe('a recorded prompt', () => {
  it('is a WAV file of 8 kHz, 16 bit, one channel', () => {
    const view = new DataView(wavOf(new Float32Array([0, 1, -2])));
    expect([view.byteLength, view.getUint32(24, true), view.getUint16(34, true), view.getUint16(22, true)]).toEqual([50, 8000, 16, 1]);
    expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([0, 32_767, -32_767]);
  });

  it('begins soon, and ends soon after the last sound', () => {
    const samples = new Float32Array(5 * 8000);
    samples.fill(0.5, 2 * 8000, 3 * 8000);
    expect(trimmed(samples).length / 8000).toBeCloseTo(1.4, 2);
    expect(trimmed(new Float32Array(100)).length).toBe(100);
  });

  it('is mixed of all channels', () => {
    expect([...monoOf([new Float32Array([1, 0]), new Float32Array([0, 0.5])])]).toEqual([0.5, 0.25]);
  });
});
