import { silentDb } from './frames.ts';

/** Sub-windows of half a second; the floor is the least level of the last six. Nobody speaks 3 s without a pause for breath. */
const stepsOfWindow = 50;
const windows = 6;
/** The least of many readings lies below their mean. */
const biasDb = 2;
const startDb = -60;

/**
 * How loud one side is when it says nothing: the least smoothed level of the last three seconds (minimum statistics after
 * R. Martin, IEEE Trans. Speech and Audio Processing 9(5), 2001, without its optimal smoothing). What is steady for longer –
 * a fan, hum, a tone – becomes part of the floor. Constant memory.
 */
export class NoiseFloor {
  readonly #least: number[] = [];
  #current = Number.POSITIVE_INFINITY;
  #steps = 0;
  #smoothed = Number.NaN;
  #db = startDb;

  /** dBFS */
  get db(): number {
    return this.#db;
  }

  /** @param db level of one step. A step without any sound (muted, nothing received) tells nothing of the noise. */
  take(db: number): void {
    if (db <= silentDb) return;
    this.#smoothed = Number.isNaN(this.#smoothed) ? db : this.#smoothed + 0.2 * (db - this.#smoothed);
    this.#current = Math.min(this.#current, this.#smoothed);
    if (++this.#steps >= stepsOfWindow) {
      this.#least.push(this.#current);
      if (this.#least.length > windows) this.#least.shift();
      this.#current = Number.POSITIVE_INFINITY;
      this.#steps = 0;
      this.#db = Math.min(...this.#least) + biasDb;
    } else if (this.#current + biasDb < this.#db) this.#db = this.#current + biasDb;
  }
}
