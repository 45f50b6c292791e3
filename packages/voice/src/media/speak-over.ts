import { TICK_MS } from './clock.ts';
import { FRAME_SAMPLES } from './g711.ts';
import type { Inbound } from './inbound.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { saturate } from './mixer.ts';
import { rootMeanSquare } from './tone.ts';

/** −18 dB */
const DUCKED_GAIN = 0.126;
/** −45 dBFS: above the noise of a quiet headset, below soft speech. */
const SPEECH_RMS = 180;
/** Music stays down between words. */
const HANG_MS = 600;
/** Gain change per frame: down within 40 ms, up again over 400 ms. */
const FALL_PER_FRAME = (1 - DUCKED_GAIN) / 2;
const RISE_PER_FRAME = (1 - DUCKED_GAIN) / 20;

/** One leg's speech laid over the music that another one hears; the music drops by 18 dB while there is speech. */
export class SpeakOver {
  private readonly from: Inbound;
  private readonly buffer = new JitterBuffer();
  private readonly speech = new Int16Array(FRAME_SAMPLES);
  private gain = 1;
  private quietMs = HANG_MS;

  constructor(from: Inbound) {
    this.from = from;
    from.listen(this.buffer);
  }

  /** Writes the next frame into `out`: speech over `music[offset … offset + 160)`, or alone where there is no music. */
  mix(music: Int16Array | undefined, offset: number, out: Int16Array): void {
    const { speech } = this;
    this.buffer.pull(speech);
    this.quietMs = rootMeanSquare(speech) >= SPEECH_RMS ? 0 : this.quietMs + TICK_MS;
    const before = this.gain;
    this.gain = this.quietMs < HANG_MS ? Math.max(DUCKED_GAIN, before - FALL_PER_FRAME) : Math.min(1, before + RISE_PER_FRAME);
    const slope = (this.gain - before) / FRAME_SAMPLES;
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      const under = music === undefined ? 0 : (music[offset + i] as number) * (before + slope * i);
      out[i] = saturate(Math.round((speech[i] as number) + under));
    }
  }

  stop(): void {
    this.from.unlisten(this.buffer);
  }
}
