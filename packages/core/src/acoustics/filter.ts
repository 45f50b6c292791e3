import { sampleRate } from './frames.ts';

/** A second-order filter (Robert Bristow-Johnson, Audio EQ Cookbook, Q = 1/√2), direct form I. */
export class Biquad {
  readonly #b0: number;
  readonly #b1: number;
  readonly #b2: number;
  readonly #a1: number;
  readonly #a2: number;
  #x1 = 0;
  #x2 = 0;
  #y1 = 0;
  #y2 = 0;

  /** @param hz where it has fallen by 3 dB, below half the sample rate */
  constructor(kind: 'high-pass' | 'low-pass', hz: number) {
    const w = (2 * Math.PI * hz) / sampleRate;
    const cos = Math.cos(w);
    const alpha = Math.sin(w) / Math.SQRT2;
    const a0 = 1 + alpha;
    const edge = kind === 'high-pass' ? 1 + cos : 1 - cos;
    this.#b0 = edge / 2 / a0;
    this.#b1 = (kind === 'high-pass' ? -edge : edge) / a0;
    this.#b2 = this.#b0;
    this.#a1 = (-2 * cos) / a0;
    this.#a2 = (1 - alpha) / a0;
  }

  pass(x: number): number {
    const y = this.#b0 * x + this.#b1 * this.#x1 + this.#b2 * this.#x2 - this.#a1 * this.#y1 - this.#a2 * this.#y2;
    this.#x2 = this.#x1;
    this.#x1 = x;
    this.#y2 = this.#y1;
    this.#y1 = y;
    return y;
  }
}
