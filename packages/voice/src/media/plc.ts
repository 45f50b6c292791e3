import { FRAME_SAMPLES } from './g711.ts';

/**
 * Hides a lost frame from the ear (after ITU-T G.711 Appendix I, simplified): the last pitch period is repeated, fading
 * to silence within 60 ms, and the first good samples afterwards are blended in over 4 ms.
 */

const HISTORY = 400;
const SHORTEST_PERIOD = 40;
const LONGEST_PERIOD = 120;
const COMPARED = 160;
const FADE_SAMPLES = 480;
const BLEND_SAMPLES = 32;

export class LossConcealment {
  private readonly history = new Int16Array(HISTORY);
  private period = LONGEST_PERIOD;
  private concealed = 0;

  /** Call with every good frame; the first one after a loss is blended in place. */
  good(frame: Int16Array): void {
    if (this.concealed > 0) {
      for (let i = 0; i < BLEND_SAMPLES; i++) {
        const share = i / BLEND_SAMPLES;
        frame[i] = Math.round((frame[i] as number) * share + this.synthetic(i) * (1 - share));
      }
      this.concealed = 0;
    }
    this.remember(frame);
  }

  /** Fills `frame` with what may have been said. */
  conceal(frame: Int16Array): void {
    if (this.concealed === 0) this.period = this.pitch();
    for (let i = 0; i < frame.length; i++) frame[i] = this.synthetic(i);
    this.concealed += frame.length;
  }

  // While concealing, the history stands still at the last good sample, and the fade depends on how long that is ago.
  private synthetic(i: number): number {
    const since = this.concealed + i;
    const gain = since < FRAME_SAMPLES / 2 ? 1 : 1 - (since - FRAME_SAMPLES / 2) / FADE_SAMPLES;
    if (gain <= 0) return 0;
    return Math.round((this.history[HISTORY - this.period + (since % this.period)] as number) * gain);
  }

  private pitch(): number {
    let best = LONGEST_PERIOD;
    let bestScore = 0;
    for (let period = SHORTEST_PERIOD; period <= LONGEST_PERIOD; period++) {
      let product = 0;
      let energy = 1;
      for (let i = HISTORY - COMPARED; i < HISTORY; i++) {
        const earlier = this.history[i - period] as number;
        product += (this.history[i] as number) * earlier;
        energy += earlier * earlier;
      }
      const score = product <= 0 ? 0 : (product * product) / energy;
      if (score > bestScore) {
        bestScore = score;
        best = period;
      }
    }
    return best;
  }

  private remember(frame: Int16Array): void {
    this.history.copyWithin(0, frame.length);
    this.history.set(frame, HISTORY - frame.length);
  }
}
