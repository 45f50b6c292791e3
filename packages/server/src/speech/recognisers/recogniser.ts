import type { Side } from '@threerings/core/acoustics/conversation';

/** What a voice said, as a recogniser settled it. Times in ms of the sound that its stream heard. */
export interface Utterance {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** 0–1; `untoldConfidence` where the engine does not tell */
  readonly confidence: number;
}

/** An engine that tells no confidence is neither doubted nor trusted blindly. */
export const untoldConfidence = 0.8;

/** What a stream tells. All times in ms of the sound of this stream. */
export interface RecognitionSink {
  /** final words; interim ones are nobody's evidence. `from` is not before what was settled. */
  said(utterance: Utterance): void;
  /** no utterance that begins before this instant will be told any more; never goes back */
  settled(until: number): void;
  /** from this instant on nothing can be recognised; what is lost stays lost */
  lost(from: number): void;
  /** from this instant on it can again */
  found(at: number): void;
}

/** One voice of one call. INVARIANT: `hear` never waits and keeps a bounded amount; what is too much is lost, and told so. */
export interface RecognitionStream {
  /** the next 20 ms: 160 samples, 16 bit, 8 kHz */
  hear(frame: Int16Array): void;
  /** the sound is over; resolves when everything is told or lost */
  end(): Promise<void>;
  /** gives up at once; nothing is told any more */
  close(): void;
}

/** Whose voice it is. */
export interface Voice {
  readonly call: string;
  readonly side: Side;
}

/**
 * The port of speech recognition. Implementations: speech/sherpa, funasr, batch-http, replay; all pass `recogniser-contract.ts`.
 */
export interface Recogniser {
  /** stands in every event that it leads to */
  readonly engine: string;
  open(voice: Voice, sink: RecognitionSink): RecognitionStream;
  close(): Promise<void>;
}
