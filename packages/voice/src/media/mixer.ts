import { FRAME_SAMPLES } from './g711.ts';
import type { Inbound } from './inbound.ts';
import { JitterBuffer } from './jitter-buffer.ts';

/** One party of a mixer: what it says is buffered, what it hears stands in `hears` after each tick. */
export class MixerParty {
  readonly hears = new Int16Array(FRAME_SAMPLES);
  readonly says = new Int16Array(FRAME_SAMPLES);
  /** who hears this party; absent = everybody */
  readonly heardBy: readonly MixerParty[] | undefined;
  private readonly buffer = new JitterBuffer();
  private readonly inbound: Inbound;

  constructor(inbound: Inbound, heardBy?: readonly MixerParty[]) {
    this.inbound = inbound;
    this.heardBy = heardBy;
    inbound.listen(this.buffer);
  }

  pull(): void {
    this.buffer.pull(this.says);
  }

  leave(): void {
    this.inbound.unlisten(this.buffer);
  }
}

/** Everybody hears the sum of the others (three parties and more), but for those who are heard by a few alone. Must tick before the ears that play its frames. */
export class Mixer {
  private readonly sum = new Int32Array(FRAME_SAMPLES);
  private parties: readonly MixerParty[] = [];

  setParties(parties: readonly MixerParty[]): void {
    this.parties = parties;
  }

  tick(): void {
    const { sum } = this;
    sum.fill(0);
    for (const party of this.parties) {
      party.pull();
      if (party.heardBy !== undefined) continue;
      for (let i = 0; i < FRAME_SAMPLES; i++) sum[i] = (sum[i] as number) + (party.says[i] as number);
    }
    for (const party of this.parties) {
      const own = party.heardBy === undefined ? 1 : 0;
      for (let i = 0; i < FRAME_SAMPLES; i++) party.hears[i] = saturate((sum[i] as number) - own * (party.says[i] as number));
    }
    for (const { heardBy = [], says } of this.parties)
      for (const { hears } of heardBy)
        for (let i = 0; i < FRAME_SAMPLES; i++) hears[i] = saturate((hears[i] as number) + (says[i] as number));
  }
}

/** Sums beyond 16 bit are clipped, not wrapped. */
export function saturate(sample: number): number {
  if (sample > 32767) return 32767;
  return sample < -32768 ? -32768 : sample;
}
