import { Biquad } from './filter.ts';
import { decibels, silentDb, stepMs, stepSamples } from './frames.ts';
import { Syllables } from './syllables.ts';
import { VoiceActivity } from './voice-activity.ts';
import { Voicing } from './voicing.ts';

/** Rumble and mains hum lie below; the level of a voice is measured above. */
const lowestHz = 150;
const syllableBand = { from: 300, to: 2500 } as const;
/** Level over three steps: no edge at every pitch period. */
const levelSteps = 3;
const fullScale = 32_768;

/** Sums over the steps in which a voice sounded. */
export interface Sounded {
  readonly ms: number;
  /** of all samples, full scale = 1 */
  readonly meanSquare: number;
  /** loudest sample, full scale = 1 */
  readonly peak: number;
  readonly syllables: number;
}

/** The sound of one side, measured in steps of 10 ms. */
export class VoiceOfSide {
  readonly activity = new VoiceActivity();
  readonly #highPass = new Biquad('high-pass', lowestHz);
  readonly #bandFrom = new Biquad('high-pass', syllableBand.from);
  readonly #bandTo = new Biquad('low-pass', syllableBand.to);
  readonly #voicing = new Voicing();
  readonly #syllables = new Syllables();
  readonly #step = new Float64Array(stepSamples);
  readonly #energies = new Float64Array(levelSteps);
  #db = silentDb;
  #energy = 0;
  #peak = 0;
  #ms = 0;
  #sum = 0;
  #highest = 0;
  #nuclei = 0;

  /** Level of the last 30 ms, dBFS. */
  get db(): number {
    return this.#db;
  }

  voicing(): number {
    return this.#voicing.strength();
  }

  /** Takes 80 samples from `from` on; nothing of the array is kept. */
  hear(samples: Int16Array, from: number): void {
    let sum = 0;
    let band = 0;
    let peak = 0;
    for (let i = 0; i < stepSamples; i++) {
      const x = (samples[from + i] ?? 0) / fullScale;
      const y = this.#highPass.pass(x);
      const z = this.#bandTo.pass(this.#bandFrom.pass(x));
      this.#step[i] = y;
      sum += y * y;
      band += z * z;
      peak = Math.max(peak, Math.abs(x));
    }
    this.#energy = sum / stepSamples;
    this.#peak = peak;
    this.#energies.copyWithin(0, 1);
    this.#energies[levelSteps - 1] = this.#energy;
    this.#db = decibels(this.#energies.reduce((all, one) => all + one, 0) / levelSteps);
    this.#voicing.take(this.#step);
    const nuclei = this.#syllables.count;
    this.#syllables.take(decibels(band / stepSamples));
    // Between utterances the tops are those of the noise.
    if (this.activity.speaking) this.#nuclei += this.#syllables.count - nuclei;
  }

  /** Counts the step that was heard last towards the loudness of this voice. */
  count(): void {
    this.#ms += stepMs;
    this.#sum += this.#energy;
    this.#highest = Math.max(this.#highest, this.#peak);
  }

  /** What sounded since the last reading. */
  get sounded(): Sounded {
    const steps = this.#ms / stepMs;
    return { ms: this.#ms, meanSquare: steps === 0 ? 0 : this.#sum / steps, peak: this.#highest, syllables: this.#nuclei };
  }

  startReading(): void {
    this.#ms = 0;
    this.#sum = 0;
    this.#highest = 0;
    this.#nuclei = 0;
  }
}
