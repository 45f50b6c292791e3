import type { Side } from '@threerings/core/acoustics/conversation';
import { evolveListening, type Listening, notListening } from '@threerings/core/acoustics/listening';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { sourceOf } from '@threerings/core/timeline/vocabulary';
import type { Instant } from '@threerings/norms/trace';
import type { HeardSource, ListenerCommand, ListenerReport, Marks } from './listener/protocol.ts';

export interface ListenedCallParts {
  now(): Instant;
  listenerUp(): boolean;
  send(command: ListenerCommand): void;
  /** taps the sound of one side to a socket; false = there is no such sound */
  tap(side: Side, agent: string, tap: string): Promise<boolean>;
  untap(tap: string): void;
  /** unique; also the path of a socket */
  newTap(): string;
  newListening(): string;
  tell(events: readonly NewEvent[], marks: Marks): void;
}

/** Declared lag of the sources: a silence is certain after a second, ms. */
export const lagMs = 1500;
/** Nothing is heard before the answer; its watermark follows the clock by so much, ms. */
const beforeAnswerMs = 500;
/** How long after a failure it is tried again, ms. */
const retryMs = 1000;
const endOfTime = Number.MAX_SAFE_INTEGER;

/** What is under way: an ear in the listening process, with the sides that it hears. */
interface Ear {
  readonly id: string;
  readonly agent: string;
  readonly taps: Map<Side, string>;
  together: boolean;
  heard: boolean;
}

/**
 * Listening to one call: follows its events, has the sound of its parties tapped while they talk, and turns what the
 * listener tells into events, watermarks and gaps. Whatever fails becomes a gap; the call never waits for it.
 */
export class ListenedCall {
  readonly #parts: ListenedCallParts;
  readonly #sources: readonly HeardSource[];
  readonly #interaction: string;
  #listening: Listening = notListening;
  #ear: Ear | undefined;
  /** an ear was told to end and has not answered yet */
  #ending = false;
  /** the sound of a side ended by itself: either the call is over, which is told in a moment, or this is a gap */
  #doubted = false;
  #retryAt: Instant = 0;
  #finished = false;
  readonly #marks = new Map<HeardSource, Instant>();
  readonly #lost = new Set<HeardSource>();
  readonly #started = new Set<HeardSource>();

  constructor(interaction: string, sources: readonly HeardSource[], parts: ListenedCallParts) {
    this.#interaction = interaction;
    this.#sources = sources;
    this.#parts = parts;
  }

  /** The interaction is closed: nothing more can be told of it. */
  get closed(): boolean {
    return this.#listening.closed;
  }

  get listeningId(): string | undefined {
    return this.#ear?.id;
  }

  /** Committed events of the call, in order. */
  take(events: readonly Pick<TimelineEvent, 'type' | 'by' | 'fields'>[]): void {
    this.#listening = events.reduce(evolveListening, this.#listening);
    this.#apply();
  }

  /** After a restart of the server: nobody has listened since the last event that was recorded. */
  restore(events: readonly TimelineEvent[], since: Instant): void {
    this.#listening = events.reduce(evolveListening, this.#listening);
    const { agent, over } = this.#listening;
    for (const source of this.#present()) {
      if (events.some(({ type, fields }) => type === 'source.started' && fields['source'] === source)) this.#started.add(source);
      this.#marks.set(source, since);
      if (agent !== undefined && !over) this.#lose(source, 'engine-down');
    }
    this.#apply();
  }

  report(report: ListenerReport): void {
    switch (report.kind) {
      case 'opened':
        this.#opened(report);
        break;
      case 'hears':
        this.#hears(report);
        break;
      case 'heard':
        this.#tell(
          report.events.filter((event) => this.#observes(sourceOf(event))),
          report.marks,
        );
        break;
      case 'lost':
        this.#lose(report.source, report.reason, report.at);
        break;
      case 'found':
        this.#find(report.source, report.at);
        break;
      case 'deaf':
        this.#doubt();
        break;
      case 'ended':
        break;
    }
  }

  /** An ear that was told to end has told everything. */
  ended(): void {
    this.#finishWhenOver();
  }

  /** The listening process died, or has come back. */
  listenerChanged(): void {
    if (!this.#parts.listenerUp()) this.#failed('engine-down');
    this.#retryAt = 0;
    this.#apply();
  }

  /** Events from this instant on could not be kept. */
  overflowed(from: Instant): void {
    for (const source of this.#present()) this.#marks.set(source, from - 1);
    this.#lost.clear();
    this.#failed('engine-down');
  }

  /** Now and then: watermarks follow the clock while nobody listens, and what failed is tried again. */
  tick(): void {
    if (this.#ear === undefined && !this.#finished && !this.#doubted) {
      const now = this.#parts.now();
      const marks = this.#present().map((source) => [source, now - (this.#lost.has(source) ? lagMs : beforeAnswerMs)] as const);
      this.#tell([], Object.fromEntries(marks));
    }
    this.#apply();
  }

  #apply(): void {
    const { agent, over, paused, agentHeard, together } = this.#listening;
    const wanted = agent !== undefined && !over && !paused && this.#parts.listenerUp() && this.#present().length > 0;
    if (this.#ear !== undefined && (!wanted || this.#ear.agent !== agent)) {
      // Until the next ear hears something, nobody does.
      this.#doubted = wanted;
      this.#end(this.#ear);
    }
    if (!wanted) {
      // What the last ear still has to tell comes before the gap.
      if (paused && !over && this.#ear === undefined && !this.#ending) for (const source of this.#present()) this.#lose(source, 'paused');
      if (this.#ear === undefined && over && !this.#ending) this.#finishWhenOver();
      return;
    }
    if (this.#ear === undefined && this.#parts.now() >= this.#retryAt && !this.#ending) {
      if (this.#doubted) for (const source of this.#present()) this.#lose(source, 'no-audio');
      this.#doubted = false;
      this.#begin(agent);
    }
    const ear = this.#ear;
    if (ear === undefined) return;
    if (ear.taps.has('agent') !== agentHeard) this.#hear(ear, 'agent', agentHeard);
    if (ear.together !== together) {
      ear.together = together;
      this.#parts.send({ kind: 'meet', call: ear.id, on: together });
    }
  }
  #begin(agent: string): void {
    const id = this.#parts.newListening();
    this.#ear = { id, agent, taps: new Map(), together: false, heard: false };
    this.#parts.send({
      kind: 'listen',
      call: id,
      notBefore: Math.max(0, ...this.#present().map((source) => this.#marks.get(source) ?? 0)) + 1,
      legs: { agent: this.#listening.leg ?? agent, customer: 'caller' },
      subjects: { agent: `staff-${agent}`, customer: `customer-${this.#interaction}` },
      transcribe: this.#listening.informed,
    });
    this.#hear(this.#ear, 'customer', true);
  }

  #hear(ear: Ear, side: Side, on: boolean): void {
    const before = ear.taps.get(side);
    if (before !== undefined) this.#parts.untap(before);
    ear.taps.delete(side);
    if (!on) {
      this.#parts.send({ kind: 'close', call: ear.id, side });
      return;
    }
    const tap = this.#parts.newTap();
    ear.taps.set(side, tap);
    this.#parts.send({ kind: 'open', call: ear.id, side, socket: tap });
  }

  #opened({ call, side, socket, ok }: Extract<ListenerReport, { kind: 'opened' }>): void {
    const ear = this.#ear;
    if (ear?.id !== call || ear.taps.get(side) !== socket) return;
    if (!ok) this.#failed('engine-down');
    else
      void this.#parts.tap(side, ear.agent, socket).then((tapped) => {
        if (!tapped && this.#ear === ear && ear.taps.get(side) === socket) this.#failed('no-audio');
      });
  }

  #hears({ since, engines }: Extract<ListenerReport, { kind: 'hears' }>): void {
    if (this.#ear) this.#ear.heard = true;
    for (const source of this.#present()) {
      const engine = engines[source];
      if (engine === undefined) {
        this.#lose(source, 'no-audio', since);
        continue;
      }
      this.#find(source, since);
      if (this.#started.has(source)) continue;
      this.#started.add(source);
      this.#tell([{ ...fact('source.started', since, { source, engine, lag: lagMs }), source }], {});
    }
  }

  /** The call is over, or changed hands: the ear tells what it still has to tell. */
  #end(ear: Ear): void {
    for (const tap of ear.taps.values()) this.#parts.untap(tap);
    this.#ear = undefined;
    if (!this.#parts.listenerUp()) return;
    this.#ending = true;
    this.#parts.send({ kind: 'end', call: ear.id });
  }

  #doubt(): void {
    if (this.#ear === undefined) return;
    this.#end(this.#ear);
    this.#doubted = true;
    this.#retryAt = this.#parts.now() + retryMs;
  }

  #failed(reason: 'engine-down' | 'no-audio'): void {
    const { agent, over } = this.#listening;
    const missed = agent !== undefined && (!over || this.#ending);
    const ear = this.#ear;
    this.#ending = false;
    this.#doubted = false;
    this.#ear = undefined;
    if (ear !== undefined) {
      for (const tap of ear.taps.values()) this.#parts.untap(tap);
      this.#parts.send({ kind: 'end', call: ear.id });
    }
    this.#retryAt = this.#parts.now() + retryMs;
    if (missed) for (const source of this.#present()) this.#lose(source, reason);
    this.#finishWhenOver();
  }

  #lose(source: HeardSource, reason: 'engine-down' | 'no-audio' | 'paused', at?: Instant): void {
    if (this.#lost.has(source)) return;
    this.#lost.add(source);
    const from = Math.max((this.#marks.get(source) ?? this.#parts.now()) + 1, at ?? 0);
    this.#tell([{ ...fact('source.gap-started', from, { source, reason }), source }], { [source]: from });
  }

  #find(source: HeardSource, at: Instant): void {
    if (!this.#lost.delete(source)) return;
    const when = Math.max(at, (this.#marks.get(source) ?? 0) + 1);
    this.#tell([{ ...fact('source.gap-ended', when, { source }), source }], {});
  }

  #finishWhenOver(): void {
    this.#ending = false;
    if (!this.#listening.over || this.#finished) return;
    this.#finished = true;
    const ended = this.#listening.closed ? [] : [...this.#started];
    const at = this.#parts.now();
    this.#tell(
      ended.map((source) => ({ ...fact('source.ended', at, { source }), source })),
      Object.fromEntries(this.#present().map((source) => [source, endOfTime])),
    );
  }

  #present(): readonly HeardSource[] {
    return this.#sources.filter((source) => !this.#listening.absent.includes(source));
  }

  #observes(source: string | undefined): boolean {
    return this.#present().some((each) => each === source);
  }

  /** INVARIANT (watermarks never go back). */
  #tell(events: readonly NewEvent[], marks: Marks): void {
    const raised = Object.entries(marks).filter(
      ([source, mark]) => this.#observes(source) && mark > (this.#marks.get(source as HeardSource) ?? -1),
    );
    for (const [source, mark] of raised) this.#marks.set(source as HeardSource, mark);
    if (events.length > 0 || raised.length > 0) this.#parts.tell(events, Object.fromEntries(raised));
  }
}
