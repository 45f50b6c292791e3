import { frameMs } from '@threerings/core/acoustics/frames';
import { UtteranceCutter } from '@threerings/core/acoustics/utterance-cutter';
import { WebSocket } from 'ws';
import type { Clock } from '../../clock.ts';
import { type Recogniser, type RecognitionSink, type RecognitionStream, untoldConfidence } from './recogniser.ts';

/** A server of the FunASR runtime in two-pass mode (its runtime/docs/websocket_protocol.md). */
export interface FunAsrSettings {
  /** ws:// or wss:// */
  readonly url: string;
  /** words to listen for, with a weight from 1 on */
  readonly hotwords: Readonly<Record<string, number>>;
}

/** 600 ms at a time, with 300 ms before and behind: the usual setting of that server. */
const chunkSize = [5, 10, 5];
/** Sound goes out in pieces of this length, ms. */
const pieceMs = 60;
/** Unsent sound of more than 5 s: the server does not keep up. Below a second it does again. */
const mostUnsentBytes = 80_000;
const fewUnsentBytes = 16_000;
/** Words of an utterance come within this time after it, or there were none, ms of sound. */
const wordsWithinMs = 5000;
const drainMs = 5000;
/** So far apart may the server and we see the end of the same utterance, ms. */
const cutsApartMs = 400;
/** A connection that does not stand after so many frames (1 s) is no connection. */
const mostEarly = 50;
const firstRetryMs = 500;
const longestRetryMs = 30_000;

interface Spoken {
  readonly from: number;
  readonly to: number;
}

/** One connection a voice. The words of the second pass are told; those of the first are nobody's evidence. */
export function funAsrRecogniser(settings: FunAsrSettings, clock: Clock): Recogniser {
  return {
    engine: 'funasr',
    open: ({ call, side }, sink) => new FunAsrStream(settings, clock, `${call} ${side}`, sink),
    close: async () => {},
  };
}

class FunAsrStream implements RecognitionStream {
  readonly #settings: FunAsrSettings;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #sink: RecognitionSink;
  /** where somebody spoke: the server's own times are those of the piece that it was given, in some versions */
  readonly #cutter = new UtteranceCutter();
  readonly #spoken: Spoken[] = [];
  #socket: WebSocket | undefined;
  /** sound since this instant went to this connection */
  #connectedAt = 0;
  #piece: Buffer[] = [];
  /** sound from before the first connection stood */
  #early: Buffer[] = [];
  /** words have come for everything before */
  #coveredUntil = 0;
  #settledUntil = 0;
  #lost = false;
  #retryMs = firstRetryMs;
  #cancelRetry: () => void = () => {};
  #over = false;
  #drained: (() => void) | undefined;

  constructor(settings: FunAsrSettings, clock: Clock, name: string, sink: RecognitionSink) {
    this.#settings = settings;
    this.#clock = clock;
    this.#name = name;
    this.#sink = sink;
    this.#connect();
  }

  hear(frame: Int16Array): void {
    if (this.#over) return;
    this.#expect(this.#cutter.hear(frame));
    this.#send(frame);
    while ((this.#spoken[0]?.to ?? this.#cutter.now) + wordsWithinMs < this.#cutter.now) this.#spoken.shift();
    this.#settle();
  }

  async end(): Promise<void> {
    if (this.#over) return;
    this.#expect(this.#cutter.end());
    this.#flush();
    if (this.#open && this.#spoken.length > 0) {
      await new Promise<void>((resolve) => {
        const cancel = this.#clock.at(this.#clock.now() + drainMs, resolve);
        this.#drained = () => {
          cancel();
          resolve();
        };
        this.#socket?.send(JSON.stringify({ is_speaking: false }));
      });
    }
    const missing = this.#spoken[0];
    if (missing !== undefined && !this.#over) this.#lose(missing.from);
    const told = !this.#over;
    this.close();
    if (told) this.#sink.settled(this.#cutter.now);
  }

  close(): void {
    this.#over = true;
    this.#cancelRetry();
    this.#drained?.();
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  get #open(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #connect(): void {
    const socket = new WebSocket(this.#settings.url, ['binary'], { maxPayload: 1_000_000, handshakeTimeout: 5000 });
    this.#socket = socket;
    socket.on('open', () => this.#connected(socket));
    socket.on('message', (data, binary) => {
      if (!binary && this.#socket === socket) this.#heard(String(data));
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      if (this.#socket === socket) this.#disconnected();
    });
  }

  #connected(socket: WebSocket): void {
    this.#retryMs = firstRetryMs;
    const { hotwords } = this.#settings;
    const words = Object.keys(hotwords).length === 0 ? {} : { hotwords: JSON.stringify(hotwords) };
    socket.send(
      JSON.stringify({
        mode: '2pass',
        wav_name: this.#name,
        wav_format: 'pcm',
        audio_fs: 8000,
        is_speaking: true,
        chunk_size: chunkSize,
        itn: true,
        ...words,
      }),
    );
    this.#connectedAt = this.#cutter.now - this.#early.length * frameMs;
    this.#piece = this.#early;
    this.#early = [];
    this.#flush();
    this.#find();
  }

  #disconnected(): void {
    this.#socket = undefined;
    this.#drained?.();
    if (this.#over) return;
    this.#lose(this.#spoken[0]?.from ?? this.#cutter.settledUntil);
    this.#cancelRetry = this.#clock.at(this.#clock.now() + this.#retryMs, () => this.#connect());
    this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
  }

  #send(frame: Int16Array): void {
    // The frame is its sender's again after this call.
    const bytes = Buffer.from(frame.slice().buffer);
    if (!this.#open) {
      if (!this.#lost && this.#early.length < mostEarly) this.#early.push(bytes);
      else this.#lose(this.#early.length > 0 ? 0 : this.#cutter.settledUntil);
      return;
    }
    const unsent = this.#socket?.bufferedAmount ?? 0;
    if (unsent > mostUnsentBytes) this.#lose(this.#cutter.settledUntil);
    if (this.#lost && unsent > fewUnsentBytes) return;
    if (this.#lost) this.#find();
    this.#piece.push(bytes);
    if (this.#piece.length * frameMs >= pieceMs) this.#flush();
  }

  #flush(): void {
    if (this.#open && this.#piece.length > 0) this.#socket?.send(Buffer.concat(this.#piece));
    this.#piece = [];
  }

  #heard(message: string): void {
    const { mode, text, timestamp } = fieldsOf(message);
    if (mode !== '2pass-offline' || typeof text !== 'string') return;
    const place = placeOf(timestamp, this.#connectedAt, this.#settledUntil, this.#cutter.now) ?? this.#spoken[0] ?? this.#goingOn();
    if (text.trim() !== '')
      this.#sink.said({ from: place.from, to: Math.max(place.to, place.from), text: text.trim(), confidence: untoldConfidence });
    this.#coveredUntil = Math.max(this.#coveredUntil, place.to);
    while (this.#spoken[0] !== undefined && this.#isCovered(this.#spoken[0])) this.#spoken.shift();
    this.#settle();
    if (this.#spoken.length === 0) this.#drained?.();
  }

  /** The server cuts elsewhere than we do: what ends about where its words end has them. */
  #isCovered({ to }: Spoken): boolean {
    return to <= this.#coveredUntil + cutsApartMs;
  }

  /** Utterances whose words are to come. */
  #expect(cut: readonly Spoken[]): void {
    for (const { from, to } of cut) if (!this.#lost && !this.#isCovered({ from, to })) this.#spoken.push({ from, to });
  }

  /** The server cut where we heard no pause yet: what is being said. */
  #goingOn(): Spoken {
    return { from: this.#cutter.settledUntil, to: this.#cutter.now };
  }

  #settle(): void {
    this.#settledUntil = Math.max(
      this.#settledUntil,
      Math.min(this.#spoken[0]?.from ?? Number.POSITIVE_INFINITY, this.#cutter.settledUntil),
    );
    this.#sink.settled(this.#settledUntil);
  }

  #lose(from: number): void {
    this.#spoken.length = 0;
    this.#early = [];
    if (!this.#lost) this.#sink.lost(from);
    this.#lost = true;
  }

  #find(): void {
    if (this.#lost) this.#sink.found(this.#cutter.now);
    this.#lost = false;
  }
}

function fieldsOf(message: string): { readonly mode?: unknown; readonly text?: unknown; readonly timestamp?: unknown } {
  try {
    const read: unknown = JSON.parse(message);
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

/** The server's times, where they can be times of this connection: not before what was said, not after what was heard. */
function placeOf(timestamp: unknown, base: number, earliest: number, now: number): Spoken | undefined {
  if (typeof timestamp !== 'string') return undefined;
  try {
    const pairs = JSON.parse(timestamp) as unknown;
    if (!Array.isArray(pairs)) return undefined;
    const times = pairs.flat(1).map(Number);
    const from = base + Math.min(...times);
    const to = base + Math.max(...times);
    return Number.isFinite(from) && from >= earliest && to >= from && to <= now
      ? { from: Math.round(from), to: Math.round(to) }
      : undefined;
  } catch {
    return undefined;
  }
}
