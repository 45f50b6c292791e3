import { silentDb } from './frames.ts';

/** Half width of the smoothing, in steps of 10 ms. */
const reach = 8;
const sigma = 3;
/** A nucleus rises above the dips on both sides by so much, dB, and stands so many steps from the one before. */
const prominenceDb = 0.3;
const leastApart = 8;
/** Below the loudest recent level by more than this it is no syllable, dB; the loudest falls by `fallDb` a step. */
const rangeDb = 25;
const fallDb = 0.03;

const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
const total = weights.reduce((sum, weight) => sum + weight, 0);

/**
 * Counts syllable nuclei: the tops of the smoothed loudness of one voice between 300 and 2500 Hz (after P. Mermelstein 1975,
 * and N. H. de Jong and T. Wempe 2009 without their look at the pitch). A syllable of Mandarin is a character. Constant
 * memory; a nucleus is counted when the level falls behind it.
 */
export class Syllables {
  readonly #levels = new Float64Array(2 * reach + 1).fill(silentDb);
  #count = 0;
  #step = 0;
  #loudest = silentDb;
  #dip = Number.POSITIVE_INFINITY;
  #top: number | undefined;
  #topAt = 0;
  #countedAt = Number.NEGATIVE_INFINITY;

  /** Nuclei counted so far. */
  get count(): number {
    return this.#count;
  }

  /** @param db level of a step of 10 ms within the band, dBFS */
  take(db: number): void {
    const level = this.#smoothed(db);
    this.#step += 1;
    this.#loudest = Math.max(level, this.#loudest - fallDb);
    if (level < this.#loudest - rangeDb) {
      this.#settle(Number.POSITIVE_INFINITY);
    } else if (this.#top === undefined) {
      this.#dip = Math.min(this.#dip, level);
      if (level - this.#dip >= prominenceDb) this.#rise(level);
    } else if (level > this.#top) this.#rise(level);
    else if (this.#top - level >= prominenceDb) this.#settle(level);
  }

  #smoothed(db: number): number {
    this.#levels.copyWithin(0, 1);
    this.#levels[2 * reach] = db;
    let level = 0;
    for (let i = 0; i <= 2 * reach; i++) level += (weights[i] as number) * (this.#levels[i] as number);
    return level / total;
  }

  #rise(level: number): void {
    this.#top = level;
    this.#topAt = this.#step;
  }

  /** The top is behind us. */
  #settle(dip: number): void {
    if (this.#top !== undefined && this.#topAt - this.#countedAt >= leastApart) {
      this.#count += 1;
      this.#countedAt = this.#topAt;
    }
    this.#top = undefined;
    this.#dip = dip;
  }
}
