import type { NewEvent } from '@threerings/core/timeline/event';
import type { Instant } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import type { Marks } from './listener/protocol.ts';

/** Most events of a call that may wait for the database: some ten minutes of talk. */
const mostWaiting = 1000;
const retryMs = 1000;

export interface ToldEventsParts {
  readonly clock: Clock;
  newId(): string;
  /** resolves when they are committed; rejects when it is not known. Events bear ids: twice is harmless */
  append(events: readonly NewEvent[]): Promise<void>;
  watermark(marks: Marks): void;
  /** events had to be dropped, the first of them of this instant */
  overflow(from: Instant): void;
}

/**
 * Events of one call on their way to the timeline, and the watermarks behind them. INVARIANT: a watermark is published only
 * when every event before it is committed. What comes while a commit is under way shares the next one.
 */
export class ToldEvents {
  readonly #parts: ToldEventsParts;
  #events: NewEvent[] = [];
  #marks: Marks = {};
  #writing: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: ToldEventsParts) {
    this.#parts = parts;
  }

  tell(events: readonly NewEvent[], marks: Marks): void {
    if (this.#events.length + events.length > mostWaiting) {
      const from = Math.min(...[...this.#events, ...events].map(({ occurredAt }) => occurredAt));
      this.#events = [];
      this.#marks = {};
      this.#parts.overflow(from);
      return;
    }
    this.#events.push(...events.map((event) => ({ ...event, id: event.id ?? this.#parts.newId() })));
    this.#marks = { ...this.#marks, ...marks };
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async settled(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  stop(): void {
    this.#stopped = true;
  }

  async #write(): Promise<void> {
    // What belongs together is told together.
    await Promise.resolve();
    while (!this.#stopped && (this.#events.length > 0 || Object.keys(this.#marks).length > 0)) {
      const [events, marks] = [this.#events, this.#marks];
      this.#events = [];
      this.#marks = {};
      if (events.length > 0 && !(await this.#append(events))) {
        this.#events = [...events, ...this.#events];
        this.#marks = { ...marks, ...this.#marks };
        await new Promise<void>((resolve) => this.#parts.clock.at(this.#parts.clock.now() + retryMs, resolve));
      } else this.#parts.watermark(marks);
    }
  }

  async #append(events: readonly NewEvent[]): Promise<boolean> {
    try {
      await this.#parts.append(events);
      return true;
    } catch {
      return false;
    }
  }
}
