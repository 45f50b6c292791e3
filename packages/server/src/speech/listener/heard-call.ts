import { CallMeasures, type Measured } from '@threerings/core/acoustics/call-measures';
import type { Side } from '@threerings/core/acoustics/conversation';
import { frameMs } from '@threerings/core/acoustics/frames';
import { measuredEvent } from '@threerings/core/acoustics/measured-events';
import type { NewEvent } from '@threerings/core/timeline/event';
import type { Instant } from '@threerings/norms/trace';
import { InStep } from './in-step.ts';
import type { ListenerCommand, ListenerReport } from './protocol.ts';

/** What the voice process holds back to even out jitter, and what a socket takes: sound is so old when it comes, ms. */
const soundIsLateMs = 80;
/** How often what was heard is told, ms of sound. */
const tellMs = 240;

/** Names the rules by which it was measured; kept with every call. */
export const measuresEngine = 'acoustics/1';

type Listen = Extract<ListenerCommand, { kind: 'listen' }>;

/** One call as it is heard: frames in, events and watermarks out. */
export class HeardCall {
  readonly #listen: Listen;
  readonly #now: () => Instant;
  readonly #tell: (report: ListenerReport) => void;
  readonly #measures = new CallMeasures();
  readonly #inStep = new InStep();
  #origin: Instant | undefined;
  #events: NewEvent[] = [];
  #untold = 0;

  constructor(listen: Listen, now: () => Instant, tell: (report: ListenerReport) => void) {
    this.#listen = listen;
    this.#now = now;
    this.#tell = tell;
  }

  /** The agent's side is listened to from now on, or no longer. The caller's always is. */
  listenTo(side: Side, on: boolean): void {
    if (side === 'agent') this.#inStep.withAgent = on;
  }

  meet(on: boolean): void {
    this.#keep(on ? this.#measures.meet() : this.#measures.part());
  }

  hear(side: Side, frame: Int16Array): void {
    this.#begin();
    if (side === 'customer') this.#inStep.takeCustomer(frame);
    else this.#inStep.takeAgent(frame);
    for (let pair = this.#inStep.next(); pair !== undefined; pair = this.#inStep.next()) {
      this.#keep(this.#measures.hear(pair.customer, pair.agent));
      this.#untold += frameMs;
    }
    if (this.#untold >= tellMs) this.#flush();
  }

  end(): void {
    this.#keep(this.#measures.end());
    this.#flush();
    this.#tell({ kind: 'ended', call: this.#listen.call });
  }

  #begin(): void {
    if (this.#origin !== undefined) return;
    const { call, notBefore } = this.#listen;
    this.#origin = Math.max(notBefore, this.#now() - soundIsLateMs);
    this.#tell({ kind: 'hears', call, since: this.#origin, engines: { audio: measuresEngine } });
  }

  #keep(measured: readonly Measured[]): void {
    const { legs } = this.#listen;
    // Before the first frame nothing but the meeting itself can be told, and that says nothing.
    const origin = this.#origin;
    if (origin !== undefined) this.#events.push(...measured.map((one) => measuredEvent(one, { origin, legs })));
  }

  #flush(): void {
    if (this.#origin === undefined) return;
    this.#untold = 0;
    const events = this.#events;
    this.#events = [];
    this.#tell({ kind: 'heard', call: this.#listen.call, events, marks: { audio: this.#origin + this.#measures.settledUntil - 1 } });
  }
}
