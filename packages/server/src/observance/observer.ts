import { endOfTime } from '@threerings/core/timeline/coverage';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { deadline, type Marks } from '@threerings/norms/monitor/engine';
import { type Program, programPart } from '@threerings/norms/program';
import type { Instant, Source, Verdict } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import { WakeUps } from '../runtime/wakeups.ts';
import type { AppendRequest, Origin } from '../store/append-request.ts';
import { CallWatch, type Judged, keyOf } from './call-watch.ts';
import { verdictRequest } from './verdict-request.ts';

export interface ObserverParts {
  /** what judges an interaction that begins now */
  program(): Program;
  readonly clock: Clock;
  /** everything up to this instant that the server itself observes is stored */
  horizon(): Instant;
  /** events of this interaction are stored but have not reached `take` yet */
  isReading(interaction: string): boolean;
  /** with what the norms want done because of these verdicts, all or nothing */
  append(request: AppendRequest, judged: Judged): Promise<unknown>;
  /**
   * After the commit of verdicts, and after every look at a call. Gives when what is shown of it changes next by time alone;
   * undefined = never.
   */
  changed(interaction: string, judged: Judged, watch: CallWatch): Instant | undefined;
  onError(interaction: string, error: unknown): void;
}

interface Watched {
  readonly watch: CallWatch;
  readonly origin: Origin;
  marks: Partial<Record<Source, Instant>>;
  storing: Promise<void>;
}

/** Cases outlive the call: the case book watches them. */
const withoutCases = (program: Program) => programPart(program, (scope) => scope !== 'case');

/**
 * After events a call is looked at so much later, together with what else came until then; and so often while a source lags behind, ms.
 * A verdict's instant is its deadline, whenever somebody looks.
 */
const soonMs = 30;
const lookMs = 250;
/** Sources that the server itself keeps. */
const own: readonly Source[] = ['desk', 'ledger', 'ticket', 'presence', 'quality', 'system', 'chat'];

/** Sources that a chat does not have: nothing of them holds up a judgement. */
const foreignToChats: Marks = Object.fromEntries(
  (['telephony', 'speech.agent', 'speech.customer', 'audio'] as const).map((source) => [source, endOfTime]),
);

function noteChat(watched: Watched, events: readonly TimelineEvent[]): void {
  if (events.some(({ type }) => type === 'chat.opened')) watched.marks = { ...watched.marks, ...foreignToChats };
}

/**
 * Judges every interaction while it goes on, and stores what settles. Calls from a medium are advanced by the server's
 * horizon and the medium's watermark; replays bring all watermarks themselves. An interaction is looked at after something
 * happened in it, when one of its deadlines has come, and when what the guide shows of it changes: one in which nothing is
 * due costs nothing, however many there are.
 */
export class Observer {
  readonly #parts: ObserverParts;
  readonly #watched = new Map<string, Watched>();
  readonly #wakeUps: WakeUps;

  constructor(parts: ObserverParts) {
    this.#parts = parts;
    this.#wakeUps = new WakeUps(parts.clock, (interaction) => {
      const watched = this.#watched.get(interaction);
      if (watched !== undefined) this.#look(interaction, watched);
    });
  }

  watchOf(interaction: string): CallWatch | undefined {
    return this.#watched.get(interaction)?.watch;
  }

  /** How far each source of an interaction is known; undefined when it is not watched (any more). */
  marksOf(interaction: string): Marks | undefined {
    const watched = this.#watched.get(interaction);
    return watched && this.#marksOf(watched);
  }

  /** Begins to watch an interaction. */
  open(interaction: string, origin: Origin): void {
    if (this.#watched.has(interaction)) return;
    this.#watched.set(interaction, {
      watch: new CallWatch(withoutCases(this.#parts.program())),
      origin,
      marks: {},
      storing: Promise.resolve(),
    });
    this.#lookWithin(interaction, soonMs);
  }

  /** Continues where another process stopped: `stored` are the verdicts that it wrote. Only what is new is written. */
  restore(interaction: string, origin: Origin, events: readonly TimelineEvent[], stored: readonly Verdict[]): void {
    this.open(interaction, origin);
    const watched = this.#watched.get(interaction);
    if (!watched) return;
    noteChat(watched, events);
    watched.watch.take(events);
    const known = new Map(stored.map((verdict) => [keyOf(verdict), JSON.stringify(verdict)]));
    const { settled } = watched.watch.advance(this.#marksOf(watched));
    this.#keep(interaction, watched, {
      settled: settled.filter((verdict) => known.get(keyOf(verdict)) !== JSON.stringify(verdict)),
      revised: [],
    });
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    const watched = this.#watched.get(interaction);
    if (watched === undefined) return;
    noteChat(watched, events);
    const judged = watched.watch.take(events);
    if (judged.settled.length + judged.revised.length > 0) this.#keep(interaction, watched, judged);
    this.#lookWithin(interaction, soonMs);
  };

  /** A medium's watermark. */
  watermark(interaction: string, marks: Marks): void {
    const watched = this.#watched.get(interaction);
    if (!watched) return;
    for (const [source, mark] of Object.entries(marks) as [Source, Instant][]) {
      watched.marks[source] = Math.max(mark, watched.marks[source] ?? mark);
    }
    if (watched.origin === 'replay') this.#look(interaction, watched);
  }

  /** Looks at every call now. */
  look(): void {
    for (const [interaction, watched] of this.#watched) this.#look(interaction, watched);
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#watched.values()].map((watched) => watched.storing));
  }

  async stop(): Promise<void> {
    this.#wakeUps.stop();
    await this.settled();
  }

  #lookWithin(interaction: string, ms: number): void {
    this.#wakeUps.setBy(interaction, this.#parts.clock.now() + ms);
  }

  #look(interaction: string, watched: Watched): void {
    if (this.#parts.isReading(interaction)) {
      this.#lookWithin(interaction, soonMs);
      return;
    }
    this.#keep(interaction, watched, watched.watch.advance(this.#marksOf(watched)));
    if (watched.watch.closed) {
      // What comes after the closing (a decided appeal, a text recognised later) re-judges from the store.
      this.#watched.delete(interaction);
      this.#wakeUps.set(interaction, undefined);
    } else this.#lookWhenDue(interaction, watched.watch);
  }

  /** Something that waits for a source, or a deadline that a source has not reached yet, is looked at again and again. */
  #lookWhenDue(interaction: string, { program, state }: CallWatch): void {
    const now = this.#parts.clock.now();
    const due = deadline(program, state);
    if (state.buffer.length > 0 || (due !== undefined && due < now)) this.#lookWithin(interaction, lookMs);
    // The horizon stands before now: at its very instant a deadline is not over yet.
    else if (due !== undefined) this.#wakeUps.setBy(interaction, due + 1);
  }

  #marksOf(watched: Watched): Marks {
    if (watched.origin === 'replay') return watched.marks;
    const horizon = this.#parts.horizon();
    const isChat = watched.marks.telephony === endOfTime;
    const telephony = isChat ? endOfTime : Math.min(horizon, watched.marks.telephony ?? Number.NEGATIVE_INFINITY);
    return { ...watched.marks, ...Object.fromEntries(own.map((source) => [source, horizon])), telephony };
  }

  #keep(interaction: string, watched: Watched, judged: Judged): void {
    if (judged.settled.length === 0 && judged.revised.length === 0) {
      this.#show(interaction, judged, watched.watch);
      return;
    }
    const store = () => this.#parts.append(verdictRequest(interaction, watched.origin, judged), judged);
    watched.storing = watched.storing
      .then(store)
      .then(() => this.#show(interaction, judged, watched.watch))
      .catch((error: unknown) => this.#parts.onError(interaction, error));
  }

  #show(interaction: string, judged: Judged, watch: CallWatch): void {
    const next = this.#parts.changed(interaction, judged, watch);
    if (next !== undefined && this.#watched.has(interaction)) this.#wakeUps.setBy(interaction, next);
  }
}
