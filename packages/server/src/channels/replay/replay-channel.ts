import type { MediumEffect } from '@threerings/core/hotline/effects';
import type { Instant, Source, TraceEvent } from '@threerings/norms/trace';
import { sources } from '@threerings/norms/trace';
import type { Clock } from '../../clock.ts';
import type { Channel, ChannelAnswer, ChannelSink } from '../channel.ts';
import { type Replayed, shifted } from './shift.ts';

export interface Replay {
  readonly interaction: string;
  /** resolves when the last event is committed, or the replay was stopped */
  readonly done: Promise<void>;
  stop(): void;
}

/** How often a replay publishes its watermark while nothing happens, ms of the wall clock. */
const heartbeatMs = 500;

/**
 * Feeds recorded timelines through the live path, in real or scaled time. Everything that reads the timeline (observance,
 * board, pages) treats it as a call; only the mark 回放 tells the difference. It has no medium: effects are refused.
 */
export class ReplayChannel implements Channel {
  readonly name = 'replay';
  readonly #clock: Clock;
  readonly #newId: () => string;
  readonly #running = new Map<string, Replay>();
  #sink: ChannelSink | undefined;

  constructor(clock: Clock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  async start(sink: ChannelSink): Promise<void> {
    this.#sink = sink;
  }

  /** @param speed see `shifted`; ≥ 1 */
  play(recorded: readonly TraceEvent[], speed = 1): Replay {
    const sink = this.#sink;
    if (!sink) throw new Error('the replay channel has not been started');
    const interaction = this.#newId();
    const rest = shifted(recorded, this.#clock.now(), speed, interaction);
    let stopped = false;
    let wake: (() => void) | undefined;
    const run = async () => {
      while (!stopped && rest.length > 0) {
        const now = this.#clock.now();
        const due = takeDue(rest, now);
        if (due.length > 0)
          await sink.report(
            interaction,
            due.map(({ event }) => event),
          );
        const mark = markBefore(rest, due, now, speed);
        if (mark !== undefined) sink.watermark(interaction, allSources(mark));
        if (rest.length > 0 && !stopped) await this.#sleep(Math.min(rest[0]?.due ?? now, now + heartbeatMs), (cancel) => (wake = cancel));
      }
      if (!stopped) sink.watermark(interaction, allSources(Number.MAX_SAFE_INTEGER));
    };
    const done = run().finally(() => this.#running.delete(interaction));
    const replay: Replay = {
      interaction,
      done,
      stop: () => {
        stopped = true;
        wake?.();
      },
    };
    this.#running.set(interaction, replay);
    return replay;
  }

  async perform(effect: MediumEffect): Promise<ChannelAnswer> {
    return {
      ok: false,
      refused: 'channel.no-medium',
      message: `${effect.kind}: a replayed call has no medium / 回放的通话没有线路，不能操作`,
    };
  }

  async running(): Promise<readonly string[]> {
    return [...this.#running.keys()];
  }

  async stop(): Promise<void> {
    const replays = [...this.#running.values()];
    for (const replay of replays) replay.stop();
    await Promise.all(replays.map((replay) => replay.done));
  }

  #sleep(until: Instant, onCancel: (cancel: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.at(until, resolve);
      onCancel(() => {
        cancel();
        resolve();
      });
    });
  }
}

/** Removes and returns the events that are due, all of one instant together. */
function takeDue(rest: Replayed[], now: Instant): Replayed[] {
  let count = 0;
  while (count < rest.length && (rest[count]?.due ?? 0) <= now) count += 1;
  return rest.splice(0, count);
}

/** The replayed time that is surely over: nothing that is still to come lies at or before it. */
function markBefore(rest: readonly Replayed[], reported: readonly Replayed[], now: Instant, speed: number): Instant | undefined {
  const next = rest[0];
  const last = reported.at(-1)?.event.occurredAt;
  if (!next) return last;
  const replayedNow = next.event.occurredAt - Math.ceil((next.due - now) * speed);
  return Math.min(next.event.occurredAt - 1, Math.max(replayedNow, last ?? Number.NEGATIVE_INFINITY));
}

function allSources(mark: Instant): Readonly<Partial<Record<Source, Instant>>> {
  return Object.fromEntries(sources.map((source) => [source, mark]));
}
