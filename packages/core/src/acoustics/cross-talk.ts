import { silentDb } from './frames.ts';

/** An echo of what the other side said comes back within so many steps of 10 ms. */
const reach = 30;
/** How far below the other side its echo is taken to lie before anything was learnt, dB. */
const startLossDb = -20;
/** So much louder than the usual echo, and it is a voice of this side, dB. */
const marginDb = 8;
/** Beyond these the learnt loss is not trusted, dB. */
const leastLossDb = -45;
const mostLossDb = -14;
/** The estimate moves so far in a step in which the other side speaks: some 5 dB a second, dB. */
const learningDb = 0.05;

/**
 * Tells the echo of the other side (a loud handset, a two-wire line, a neighbour's headset) from a voice. While the other
 * side speaks, this side mostly says nothing: the median of the difference of the two levels is what the echo lies below
 * it. Constant memory.
 */
export class CrossTalk {
  readonly #recent = new Float64Array(reach).fill(silentDb);
  #at = 0;
  #lossDb = startLossDb;

  /** True when a step of this side is no louder than an echo of the other side would be. Levels in dBFS. */
  isEcho(ownDb: number, otherDb: number, otherSpeaks: boolean): boolean {
    this.#recent[this.#at] = otherDb;
    this.#at = (this.#at + 1) % reach;
    let loudest = silentDb;
    for (const db of this.#recent) loudest = Math.max(loudest, db);
    if (otherSpeaks && ownDb > silentDb) {
      const moved = this.#lossDb + (ownDb - loudest > this.#lossDb ? learningDb : -learningDb);
      this.#lossDb = Math.min(mostLossDb, Math.max(leastLossDb, moved));
    }
    return ownDb < loudest + this.#lossDb + marginDb;
  }
}
