/**
 * The one 20 ms clock of the process. A timer per call drifts and wakes the loop once per call; this one wakes every few
 * milliseconds, looks at a monotonic clock and catches up what is due, so that sent audio keeps the true rate.
 */

export const TICK_MS = 20;
const WAKE_MS = 5;
/** After a longer stall (a suspended machine) the missed audio is skipped: nobody wants it in a burst. */
const MAX_CATCH_UP_TICKS = 10;

export interface Ticking {
  /** Called once per 20 ms of audio; `now` is the instant for which the tick was due, ms of `performance.now()`. */
  tick(now: number): void;
}

export class MediaClock {
  private readonly subscribers = new Set<Ticking>();
  private readonly read: () => number;
  private timer: NodeJS.Timeout | undefined;
  private dueAt = 0;

  constructor(read: () => number = () => performance.now()) {
    this.read = read;
  }

  add(subscriber: Ticking): void {
    this.subscribers.add(subscriber);
  }

  remove(subscriber: Ticking): void {
    this.subscribers.delete(subscriber);
  }

  start(): void {
    if (this.timer !== undefined) return;
    this.dueAt = this.read();
    this.timer = setInterval(() => this.catchUp(), WAKE_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Runs every tick that has become due. */
  catchUp(): void {
    const now = this.read();
    const earliest = now - MAX_CATCH_UP_TICKS * TICK_MS;
    if (this.dueAt < earliest) this.dueAt = earliest;
    while (this.dueAt + TICK_MS <= now) {
      this.dueAt += TICK_MS;
      for (const subscriber of this.subscribers) subscriber.tick(this.dueAt);
    }
  }
}
