import { frameMs } from '@threerings/core/acoustics/frames';
import type { Recogniser, RecognitionSink, RecognitionStream, Utterance, Voice } from './recogniser.ts';

/** Tells what was written down before, at the instants at which it was said: for tests and demonstrations. */
export function replayRecogniser(transcriptOf: (voice: Voice) => readonly Utterance[]): Recogniser {
  return {
    engine: 'replay',
    open: (voice, sink) =>
      new ReplayStream(
        [...transcriptOf(voice)].sort((a, b) => a.from - b.from),
        sink,
      ),
    close: async () => {},
  };
}

class ReplayStream implements RecognitionStream {
  readonly #rest: Utterance[];
  readonly #sink: RecognitionSink;
  #now = 0;
  #closed = false;

  constructor(rest: Utterance[], sink: RecognitionSink) {
    this.#rest = rest;
    this.#sink = sink;
  }

  hear(): void {
    if (this.#closed) return;
    this.#now += frameMs;
    while ((this.#rest[0]?.to ?? Number.POSITIVE_INFINITY) <= this.#now) this.#sink.said(this.#rest.shift() as Utterance);
    this.#sink.settled(Math.min(this.#now, this.#rest[0]?.from ?? this.#now));
  }

  async end(): Promise<void> {
    this.#rest.length = 0;
    if (!this.#closed) this.#sink.settled(this.#now);
  }

  close(): void {
    this.#closed = true;
  }
}
