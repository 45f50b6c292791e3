import { frameMs, frameSamples, stepMs, stepSamples } from './frames.ts';
import { VoiceOfSide } from './voice.ts';

/** One utterance of a voice with its sound. Times in ms of the sound that was heard. */
export interface CutUtterance {
  readonly from: number;
  readonly to: number;
  readonly samples: Int16Array;
}

/** So much before the voice is handed over too, ms: recognisers like to hear a word begin. */
const leadMs = 200;
/** A pause of this length ends an utterance, ms. */
const pauseMs = 400;
/** The longest utterance, ms: so long a duty to say something may wait for its words. */
const longestMs = 8000;
/** Less is no utterance, ms. */
const leastMs = 100;
const leadFrames = leadMs / frameMs;

/** Cuts one voice into utterances: at pauses of 400 ms, and at 8 s at the latest. Streaming; holds one utterance at most. */
export class UtteranceCutter {
  readonly #voice = new VoiceOfSide();
  #now = 0;
  /** end of the last frame, ms: within a frame, `#now` is behind it */
  #heard = 0;
  /** frames of the utterance that is going on, or the last few before the next one */
  #frames: Int16Array[] = [];
  #from: number | undefined;
  #voiceEnded: number | undefined;
  /** end of the sound that has been cut: the lead of the next utterance may not reach into it */
  #cutUntil = 0;

  get now(): number {
    return this.#now;
  }

  /** True while somebody speaks, or has just spoken. */
  get speaking(): boolean {
    return this.#from !== undefined;
  }

  /** No utterance that begins before this instant will be cut any more, ms; never goes back. */
  get settledUntil(): number {
    return this.#from ?? Math.max(this.#cutUntil, this.#voice.activity.settledUntil(this.#now) - leadMs);
  }

  /** where the sound that is held begins, ms */
  get #heldFrom(): number {
    return this.#heard - this.#frames.length * frameMs;
  }

  hear(frame: Int16Array): readonly CutUtterance[] {
    this.#frames.push(frame.slice(0, frameSamples));
    this.#heard += frameMs;
    for (let from = 0; from < frameSamples; from += stepSamples) this.#step(frame, from);
    if (this.#from === undefined) {
      // An utterance that is about to be one began some steps ago.
      const keep = leadFrames + Math.ceil((this.#now - this.#voice.activity.settledUntil(this.#now)) / frameMs);
      while (this.#frames.length > keep) this.#frames.shift();
      return [];
    }
    const paused = this.#voiceEnded !== undefined && this.#now - this.#voiceEnded >= pauseMs;
    if (paused) return this.#cut();
    return this.#now - this.#from >= longestMs ? this.#cut(this.#now) : [];
  }

  /** The sound is over: what was being said is an utterance. */
  end(): readonly CutUtterance[] {
    return this.#from === undefined ? [] : this.#cut();
  }

  #step(frame: Int16Array, from: number): void {
    this.#voice.hear(frame, from);
    const edge = this.#voice.activity.take({ db: this.#voice.db, voicing: () => this.#voice.voicing(), echo: false }, this.#now);
    this.#now += stepMs;
    if (edge?.kind === 'began') {
      this.#from ??= Math.max(this.#heldFrom, edge.at - leadMs, this.#cutUntil);
      this.#voiceEnded = undefined;
    } else if (edge?.kind === 'ended') this.#voiceEnded = edge.at;
  }

  /** @param goesOn the utterance is cut in the middle: the next one begins here */
  #cut(goesOn?: number): readonly CutUtterance[] {
    const from = this.#from ?? 0;
    const to = goesOn ?? Math.min(this.#now, (this.#voiceEnded ?? this.#now) + leadMs / 2);
    const begin = this.#heldFrom;
    const samples = joined(this.#frames).slice(((from - begin) * stepSamples) / stepMs, ((to - begin) * stepSamples) / stepMs);
    this.#frames = goesOn === undefined ? this.#frames.slice(-leadFrames) : [];
    this.#from = goesOn !== undefined && this.#voiceEnded === undefined ? goesOn : undefined;
    this.#voiceEnded = undefined;
    this.#cutUntil = Math.max(this.#cutUntil, to);
    // After a cut at the longest there may be nothing but the end of the hang-over.
    return to - from < leastMs ? [] : [{ from, to, samples }];
  }
}

function joined(frames: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(frames.length * frameSamples);
  frames.forEach((frame, at) => {
    all.set(frame, at * frameSamples);
  });
  return all;
}
