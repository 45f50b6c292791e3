import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Side } from '@threerings/core/acoustics/conversation';
import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import type { Instant } from '@threerings/norms/trace';
import type { Voice } from '@threerings/voice/port';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../clock.ts';
import { ListenedCall } from './listened-call.ts';
import type { HeardSource, ListenerReport, Marks } from './listener/protocol.ts';
import type { Listener, ListenerEvents } from './listener-process.ts';
import type { RecogniserSettings } from './recognisers/make-recogniser.ts';
import { ToldEvents } from './told-events.ts';

export interface SpeechServiceParts {
  readonly clock: Clock;
  readonly voice: Pick<Voice, 'send'>;
  /** sources that somebody observes here; the others are absent from the arrival on */
  readonly sources: readonly HeardSource[];
  /** who writes down what is said; absent = nobody */
  readonly recogniser?: RecogniserSettings | undefined;
  readonly log: { warn(facts: object, message: string): void };
  makeListener(events: ListenerEvents): Listener & { start(): void; stop(): Promise<void> };
  /** the legs of a call in the voice process */
  legOf(side: Side, interaction: string, agent: string): string;
  isLive(interaction: string): boolean;
  append(interaction: string, events: readonly NewEvent[]): Promise<void>;
  watermark(interaction: string, marks: Marks): void;
}

interface Followed {
  readonly call: ListenedCall;
  readonly told: ToldEvents;
}

const tickMs = 250;

/** Listens to the calls of this server. What it cannot hear becomes a gap in the call's timeline. */
export class SpeechService {
  readonly #parts: SpeechServiceParts;
  readonly #listener: Listener & { start(): void; stop(): Promise<void> };
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-ear-'));
  readonly #calls = new Map<string, Followed>();
  /** whose ear it is: also of one that is just ending */
  readonly #ears = new Map<string, string>();
  #serial = 0;
  #cancelTick: () => void = () => {};

  constructor(parts: SpeechServiceParts) {
    this.#parts = parts;
    this.#listener = parts.makeListener({
      report: (report) => this.#report(report),
      up: () => {
        this.#listener.send({ kind: 'configure', recogniser: parts.recogniser });
        this.#listenerChanged();
      },
      down: (facts) => {
        parts.log.warn(facts, 'the listening process ended; it is started again, the time between is a gap');
        this.#ears.clear();
        this.#listenerChanged();
      },
    });
  }

  start(): void {
    this.#listener.start();
    this.#planTick();
  }

  /** A subscriber of the dispatch. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const event of events) {
      const { interaction, stream } = event;
      if (interaction === undefined || !stream.startsWith('interaction-')) continue;
      if (event.n === 1 && this.#parts.isLive(interaction)) this.#follow(interaction);
      const followed = this.#calls.get(interaction);
      // Its own events change nothing of what is to be listened to.
      if (followed === undefined || event.source === 'audio') continue;
      followed.call.take([event]);
      if (followed.call.closed) this.#calls.delete(interaction);
    }
  };

  /** A call that a restarted server found going on. @param since its last recorded instant */
  restore(interaction: string, events: readonly TimelineEvent[], since: Instant): void {
    this.#follow(interaction).call.restore(events, since);
  }

  async stop(): Promise<void> {
    this.#cancelTick();
    await this.#listener.stop();
    for (const { told } of this.#calls.values()) told.stop();
    await Promise.all([...this.#calls.values()].map(({ told }) => told.settled()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #follow(interaction: string): Followed {
    const known = this.#calls.get(interaction);
    if (known !== undefined) return known;
    const { clock, voice, sources, append, watermark, log } = this.#parts;
    const told = new ToldEvents({
      clock,
      newId: uuidv7,
      append: (events) => append(interaction, events),
      watermark: (marks) => watermark(interaction, marks),
      overflow: (from) => {
        log.warn({ interaction }, 'what was heard of a call was dropped: the database does not keep up');
        call.overflowed(from);
      },
    });
    const call: ListenedCall = new ListenedCall(interaction, sources, {
      now: clock.now,
      listenerUp: () => this.#listener.up,
      send: (command) => this.#listener.send(command),
      tap: async (side, agent, tap) => {
        const leg = this.#parts.legOf(side, interaction, agent);
        const answer = await voice.send({ kind: 'tap', tap, leg, socket: tap });
        if (!answer.ok) log.warn({ interaction, side, refused: answer.refused }, 'a side of a call cannot be heard');
        return answer.ok;
      },
      untap: (tap) => void voice.send({ kind: 'untap', tap }),
      newTap: () => path.join(this.#folder, String(++this.#serial)),
      newListening: () => {
        const id = `${interaction}#${++this.#serial}`;
        this.#ears.set(id, interaction);
        return id;
      },
      tell: (events, marks) => told.tell(events, marks),
    });
    const followed = { call, told };
    this.#calls.set(interaction, followed);
    return followed;
  }

  #report(report: ListenerReport): void {
    const interaction = this.#ears.get(report.call);
    const call = interaction === undefined ? undefined : this.#calls.get(interaction)?.call;
    if (report.kind === 'ended') {
      this.#ears.delete(report.call);
      call?.ended();
    } else if (call?.listeningId === report.call || report.kind === 'heard' || report.kind === 'lost') {
      // An ear that is just ending still tells what it heard, and what it could not.
      call?.report(report);
    }
  }

  #listenerChanged(): void {
    for (const { call } of this.#calls.values()) call.listenerChanged();
  }

  #planTick(): void {
    const { clock } = this.#parts;
    this.#cancelTick = clock.at(clock.now() + tickMs, () => {
      for (const { call } of this.#calls.values()) call.tick();
      this.#planTick();
    });
  }
}
