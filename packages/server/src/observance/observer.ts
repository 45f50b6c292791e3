import { endOfTime } from '@threerings/core/timeline/coverage';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Marks } from '@threerings/norms/monitor/engine';
import { type Program, programPart } from '@threerings/norms/program';
import type { Instant, Source, Verdict } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
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
  /** after the commit of verdicts, and after every look at a call */
  changed(interaction: string, judged: Judged, watch: CallWatch): void;
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

/** How often calls that are going on are looked at, ms. A verdict's instant is its deadline, whenever somebody looks. */
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
 * horizon and the medium's watermark; replays bring all watermarks themselves.
 */
export class Observer {
  readonly #parts: ObserverParts;
  readonly #watched = new Map<string, Watched>();
  #cancelLook: () => void;

  constructor(parts: ObserverParts) {
    this.#parts = parts;
    this.#cancelLook = this.#planLook();
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
    this.#keep(interaction, watched, watched.watch.take(events));
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
    this.#cancelLook();
    await this.settled();
  }

  #planLook(): () => void {
    const { clock } = this.#parts;
    return clock.at(clock.now() + lookMs, () => {
      this.look();
      this.#cancelLook = this.#planLook();
    });
  }

  #look(interaction: string, watched: Watched): void {
    if (this.#parts.isReading(interaction)) return;
    this.#keep(interaction, watched, watched.watch.advance(this.#marksOf(watched)));
    if (watched.watch.closed) {
      // What comes after the closing (a decided appeal, a text recognised later) re-judges from the store.
      this.#watched.delete(interaction);
    }
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
      this.#parts.changed(interaction, judged, watched.watch);
      return;
    }
    const store = () => this.#parts.append(verdictRequest(interaction, watched.origin, judged), judged);
    watched.storing = watched.storing
      .then(store)
      .then(() => this.#parts.changed(interaction, judged, watched.watch))
      .catch((error: unknown) => this.#parts.onError(interaction, error));
  }
}
