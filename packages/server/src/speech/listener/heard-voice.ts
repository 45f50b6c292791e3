import type { Side } from '@threerings/core/acoustics/conversation';
import type { Recogniser, RecognitionStream, Utterance } from '../recognisers/recogniser.ts';

/** What a voice tells, in ms of the call's sound. */
export interface VoiceSink {
  said(utterance: Utterance): void;
  lost(at: number): void;
  found(at: number): void;
}

interface OpenStream {
  readonly stream: RecognitionStream;
  /** where in the call's sound it began, ms */
  readonly base: number;
  settled: number;
}

/** A recogniser that has not told everything by then is not waited for, ms. */
const drainMs = 8000;

/** The words of one side of a call, through holds: each stretch in which it is listened to is a stream of its own. */
export class HeardVoice {
  readonly #recogniser: Recogniser;
  readonly #voice: { readonly call: string; readonly side: Side };
  readonly #sink: VoiceSink;
  readonly #streams = new Set<OpenStream>();
  #current: OpenStream | undefined;
  #lost = false;

  constructor(recogniser: Recogniser, voice: { readonly call: string; readonly side: Side }, sink: VoiceSink) {
    this.#recogniser = recogniser;
    this.#voice = voice;
    this.#sink = sink;
  }

  /** No words that begin before this instant will be told any more. @param now ms of the call's sound */
  settledUntil(now: number): number {
    let until = now;
    for (const { base, settled } of this.#streams) until = Math.min(until, base + settled);
    return until;
  }

  /** @param now ms of the call's sound at the beginning of the frame */
  hear(frame: Int16Array, now: number): void {
    this.#current ??= this.#open(now);
    this.#current.stream.hear(frame);
  }

  /** Nothing more of this side for now; what was said so far is still told. */
  pause(): void {
    const open = this.#current;
    this.#current = undefined;
    if (open !== undefined) void this.#drain(open);
  }

  async end(): Promise<void> {
    this.#current = undefined;
    await Promise.all([...this.#streams].map((open) => this.#drain(open)));
  }

  #open(base: number): OpenStream {
    if (this.#lost) this.#sink.found(base);
    this.#lost = false;
    // A stream may tell that it is lost while it is being opened.
    const open = { base, settled: 0 } as { stream: RecognitionStream; readonly base: number; settled: number };
    open.stream = this.#recogniser.open(this.#voice, {
      said: (utterance) => this.#sink.said({ ...utterance, from: base + utterance.from, to: base + utterance.to }),
      settled: (until) => {
        open.settled = Math.max(open.settled, until);
      },
      lost: (from) => {
        this.#lost = true;
        this.#sink.lost(base + from);
      },
      found: (at) => {
        this.#lost = false;
        this.#sink.found(base + at);
      },
    });
    this.#streams.add(open);
    return open;
  }

  async #drain(open: OpenStream): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), drainMs);
    });
    const how = await Promise.race([open.stream.end(), tooLate]);
    clearTimeout(timer);
    open.stream.close();
    if (how === 'late' && !this.#lost) {
      this.#lost = true;
      this.#sink.lost(open.base + open.settled);
    }
    this.#streams.delete(open);
  }
}
