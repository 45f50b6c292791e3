import { stepSamples } from './frames.ts';

/** Every second sample: 4 000 a second are enough for a pitch. */
const history = 160;
/** 400 Hz … 67 Hz at 4 000 samples a second. */
const shortestLag = 10;
const longestLag = 60;
const compared = history - longestLag;

/**
 * How much the last 40 ms repeat themselves at the pitch of a voice: normalised autocorrelation, 0 (hiss, clicks, breath) …
 * 1 (a vowel, a hum). Constant memory.
 */
export class Voicing {
  readonly #last = new Float64Array(history);

  /** @param step 80 samples, high-passed */
  take(step: Float64Array): void {
    const half = stepSamples / 2;
    this.#last.copyWithin(0, half);
    for (let i = 0; i < half; i++) {
      this.#last[history - half + i] = ((step[2 * i] as number) + (step[2 * i + 1] as number)) / 2;
    }
  }

  strength(): number {
    const x = this.#last;
    let own = 0;
    for (let i = longestLag; i < history; i++) own += (x[i] as number) ** 2;
    if (own <= 0) return 0;
    let best = 0;
    let shifted = 0;
    for (let i = 0; i < compared; i++) shifted += (x[i + longestLag - shortestLag] as number) ** 2;
    for (let lag = shortestLag; lag <= longestLag; lag++) {
      let product = 0;
      for (let i = longestLag; i < history; i++) product += (x[i] as number) * (x[i - lag] as number);
      if (shifted > 0) best = Math.max(best, product / Math.sqrt(own * shifted));
      shifted += (x[longestLag - lag - 1] ?? 0) ** 2 - (x[history - lag - 1] as number) ** 2;
    }
    return Math.min(1, best);
  }
}
