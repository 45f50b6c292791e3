import { CallMeasures, type Measured } from '@threerings/core/acoustics/call-measures';
import type { Side } from '@threerings/core/acoustics/conversation';
import { frameMs, frameSamples } from '@threerings/core/acoustics/frames';
import { measuredEvent } from '@threerings/core/acoustics/measured-events';
import type { NewEvent } from '@threerings/core/timeline/event';
import { ideographs } from '@threerings/core/timeline/ideographs';
import type { Instant } from '@threerings/norms/trace';
import type { Recogniser, Utterance } from '../recognisers/recogniser.ts';
import { HeardVoice } from './heard-voice.ts';
import { InStep, type Pair } from './in-step.ts';
import type { HeardSource, ListenerCommand, ListenerReport } from './protocol.ts';

/** What the voice process holds back to even out jitter, and what a socket takes: sound is so old when it comes, ms. */
const soundIsLateMs = 80;
/** How often what was heard is told, ms of sound. */
const tellMs = 240;
/** Longest utterance that is kept, characters; 8 s of speech have some fifty. */
const longestText = 2000;

/** Names the rules by which it was measured; kept with every call. */
export const measuresEngine = 'acoustics/1';

type Listen = Extract<ListenerCommand, { kind: 'listen' }>;
const nothing = new Int16Array(frameSamples);
const sides: readonly Side[] = ['agent', 'customer'];
const sourceOfWords = (side: Side): HeardSource => (side === 'agent' ? 'speech.agent' : 'speech.customer');

/** One call as it is heard: frames in, events and watermarks out. */
export class HeardCall {
  readonly #listen: Listen;
  readonly #now: () => Instant;
  readonly #tell: (report: ListenerReport) => void;
  readonly #measures = new CallMeasures();
  readonly #inStep = new InStep();
  /** the words of each side; empty where nobody writes them down */
  readonly #voices = new Map<Side, HeardVoice>();
  readonly #engine: string | undefined;
  #origin: Instant | undefined;
  #events: NewEvent[] = [];
  #untold = 0;

  constructor(listen: Listen, recogniser: Recogniser | undefined, now: () => Instant, tell: (report: ListenerReport) => void) {
    this.#listen = listen;
    this.#now = now;
    this.#tell = tell;
    if (!listen.transcribe || recogniser === undefined) return;
    this.#engine = recogniser.engine;
    for (const side of sides) this.#voices.set(side, this.#voiceOf(side, recogniser));
  }

  /** The agent's side is listened to from now on, or no longer. The caller's always is. */
  listenTo(side: Side, on: boolean): void {
    if (side === 'agent') this.#inStep.withAgent = on;
    if (!on) this.#voices.get(side)?.pause();
  }

  meet(on: boolean): void {
    this.#keep(on ? this.#measures.meet() : this.#measures.part());
  }

  hear(side: Side, frame: Int16Array): void {
    this.#begin();
    if (side === 'customer') this.#inStep.takeCustomer(frame);
    else this.#inStep.takeAgent(frame);
    for (let pair = this.#inStep.next(); pair !== undefined; pair = this.#inStep.next()) this.#hearPair(pair);
    if (this.#untold >= tellMs) this.#flush();
  }

  async end(): Promise<void> {
    this.#keep(this.#measures.end());
    this.#flush();
    await Promise.all([...this.#voices.values()].map((voice) => voice.end()));
    this.#flush();
    this.#tell({ kind: 'ended', call: this.#listen.call });
  }

  #hearPair(pair: Pair): void {
    const at = this.#measures.now;
    this.#keep(this.#measures.hear(pair.customer, pair.agent));
    for (const side of sides) {
      const frame = pair[side];
      // An echo is the other side's words.
      if (frame !== undefined) this.#voices.get(side)?.hear(this.#measures.isEcho(side) ? nothing : frame, at);
    }
    this.#untold += frameMs;
  }

  #begin(): void {
    if (this.#origin !== undefined) return;
    const { call, notBefore } = this.#listen;
    this.#origin = Math.max(notBefore, this.#now() - soundIsLateMs);
    const words = this.#engine === undefined ? {} : { 'speech.agent': this.#engine, 'speech.customer': this.#engine };
    this.#tell({ kind: 'hears', call, since: this.#origin, engines: { audio: measuresEngine, ...words } });
  }

  #voiceOf(side: Side, recogniser: Recogniser): HeardVoice {
    const { call } = this.#listen;
    const source = sourceOfWords(side);
    const at = (ms: number) => Math.round((this.#origin ?? 0) + ms);
    return new HeardVoice(
      recogniser,
      { call, side },
      {
        said: (utterance) => void this.#events.push(this.#saying(side, utterance, at)),
        lost: (ms) => {
          // What was told before it stands before it.
          this.#flush();
          this.#tell({ kind: 'lost', call, source, at: at(ms), reason: 'engine-down' });
        },
        found: (ms) => this.#tell({ kind: 'found', call, source, at: at(ms) }),
      },
    );
  }

  #saying(side: Side, { from, to, text, confidence }: Utterance, at: (ms: number) => Instant): NewEvent {
    const value = text.slice(0, longestText);
    return {
      type: 'speech.said',
      by: side,
      occurredAt: at(from),
      fields: { chars: ideographs(value), start: at(from), end: at(to), confidence, engine: this.#engine ?? '' },
      personal: { text: { subject: this.#listen.subjects[side], value } },
    };
  }

  #keep(measured: readonly Measured[]): void {
    const { legs } = this.#listen;
    // Before the first frame nothing but the meeting itself can be told, and that says nothing.
    const origin = this.#origin;
    if (origin !== undefined) this.#events.push(...measured.map((one) => measuredEvent(one, { origin, legs })));
  }

  #flush(): void {
    const origin = this.#origin;
    if (origin === undefined) return;
    this.#untold = 0;
    const events = this.#events;
    this.#events = [];
    const { now, settledUntil } = this.#measures;
    const words = sides.map((side) => [sourceOfWords(side), origin + (this.#voices.get(side)?.settledUntil(now) ?? now) - 1] as const);
    this.#tell({
      kind: 'heard',
      call: this.#listen.call,
      events,
      marks: { audio: origin + settledUntil - 1, ...Object.fromEntries(words) },
    });
  }
}
