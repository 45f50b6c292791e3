import { type CutUtterance, UtteranceCutter } from '@threerings/core/acoustics/utterance-cutter';
import type { RecognitionSink, RecognitionStream } from './recogniser.ts';

/** What an engine makes of the sound of one utterance. Rejects when it cannot tell. An empty text = nothing was said. */
export type Transcribe = (samples: Int16Array, abort: AbortSignal) => Promise<{ readonly text: string; readonly confidence: number }>;

/** Utterances of one voice that wait for the engine: a minute of talk at the most. */
export const mostWaiting = 8;

/**
 * A stream for engines that are given whole utterances: cuts, asks for one after the other, and lets go what the engine does
 * not keep up with.
 */
export class ByUtterance implements RecognitionStream {
  readonly #sink: RecognitionSink;
  readonly #transcribe: Transcribe;
  readonly #cutter = new UtteranceCutter();
  readonly #waiting: CutUtterance[] = [];
  readonly #abort = new AbortController();
  #asking: CutUtterance | undefined;
  #running: Promise<void> | undefined;
  #lost = false;

  constructor(sink: RecognitionSink, transcribe: Transcribe) {
    this.#sink = sink;
    this.#transcribe = transcribe;
  }

  hear(frame: Int16Array): void {
    if (this.#abort.signal.aborted) return;
    for (const utterance of this.#cutter.hear(frame)) this.#take(utterance);
    this.#settle();
  }

  async end(): Promise<void> {
    for (const utterance of this.#cutter.end()) this.#take(utterance);
    while (this.#running !== undefined) await this.#running;
    if (!this.#abort.signal.aborted) this.#sink.settled(this.#cutter.now);
  }

  close(): void {
    this.#abort.abort();
    this.#waiting.length = 0;
  }

  #take(utterance: CutUtterance): void {
    if (this.#waiting.length >= mostWaiting) {
      this.#lose(utterance);
      return;
    }
    this.#waiting.push(utterance);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#asking = next;
      try {
        const { text, confidence } = await this.#transcribe(next.samples, this.#abort.signal);
        if (this.#abort.signal.aborted) return;
        if (this.#lost) this.#sink.found(next.from);
        this.#lost = false;
        if (text.trim() !== '') this.#sink.said({ from: next.from, to: next.to, text: text.trim(), confidence });
      } catch {
        if (this.#abort.signal.aborted) return;
        this.#lose(next);
      }
      this.#asking = undefined;
      this.#settle();
    }
  }

  #lose({ from }: CutUtterance): void {
    if (!this.#lost) this.#sink.lost(from);
    this.#lost = true;
  }

  #settle(): void {
    this.#sink.settled(this.#asking?.from ?? this.#waiting[0]?.from ?? this.#cutter.settledUntil);
  }
}
