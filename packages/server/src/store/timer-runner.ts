import type { Instant } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { type ClaimedTimer, claimTimers, finishTimers, nextTimerAt, putBackTimer } from './timers.ts';

/**
 * Does what a timer is for. At least once: after a crash, or when the work outlasts the lease, it is called again with the
 * same `key` and `dueAt`, so it must recognise work that is done. A rejection puts the timer back.
 */
export type TimerHandler = (timer: ClaimedTimer) => Promise<void>;

export interface TimerRunnerOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly handlers: Readonly<Record<string, TimerHandler>>;
  readonly onError: (error: unknown, timer?: ClaimedTimer) => void;
  readonly leaseMs?: number;
}

/** Timers that another node sets are found at the latest after this. */
const longestSleepMs = 60_000;
const defaultLeaseMs = 60_000;
const atOnce = 256;
/** 1 s, 2 s, 4 s … between tries of a timer whose handler fails, at most ten minutes. */
const firstRetryMs = 1_000;
const longestRetryMs = 600_000;

/** Sleeps until the next timer is due, takes what is due, and has it done. */
export class TimerRunner {
  readonly #options: TimerRunnerOptions;
  readonly #kinds: readonly string[];
  #cancel: (() => void) | undefined;
  #sleepsUntil: Instant | undefined;
  /** set while a round was under way, which may have looked before */
  #askedFor: Instant | undefined;
  #round: Promise<void> | undefined;
  #stopped = false;

  constructor(options: TimerRunnerOptions) {
    this.#options = options;
    this.#kinds = Object.keys(options.handlers);
  }

  start(): void {
    this.#run();
  }

  /** A timer was committed in this process: wake no later than this. */
  set(dueAt: Instant): void {
    if (this.#round) this.#askedFor = Math.min(dueAt, this.#askedFor ?? dueAt);
    else if (!this.#stopped && (this.#sleepsUntil === undefined || dueAt < this.#sleepsUntil)) this.#sleepUntil(dueAt);
  }

  /** Settles when nothing is being taken or done. */
  async settled(): Promise<void> {
    while (this.#round) await this.#round;
  }

  /** Takes nothing more and waits for what is being done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#round;
  }

  #sleepUntil(at: Instant): void {
    this.#cancel?.();
    this.#sleepsUntil = at;
    this.#cancel = this.#options.clock.at(at, () => this.#run());
  }

  #run(): void {
    if (this.#stopped || this.#round) return;
    this.#cancel?.();
    this.#sleepsUntil = undefined;
    this.#round = this.#takeDue().then(
      (next) => this.#rest(next),
      (error) => {
        this.#options.onError(error);
        this.#rest(this.#options.clock.now() + firstRetryMs);
      },
    );
  }

  #rest(next: Instant | undefined): void {
    this.#round = undefined;
    if (this.#stopped) return;
    const longest = this.#options.clock.now() + longestSleepMs;
    this.#sleepUntil(Math.min(next ?? longest, this.#askedFor ?? longest, longest));
    this.#askedFor = undefined;
  }

  async #takeDue(): Promise<Instant | undefined> {
    const { db, clock, leaseMs = defaultLeaseMs } = this.#options;
    for (;;) {
      const claimed = await claimTimers(db, this.#kinds, clock.now(), leaseMs, atOnce);
      const done = await Promise.all(claimed.map((timer) => this.#do(timer)));
      await finishTimers(
        db,
        claimed.filter((_, at) => done[at]),
      );
      if (claimed.length < atOnce || this.#stopped) return nextTimerAt(db, this.#kinds);
    }
  }

  /** True when its work is done. */
  async #do(timer: ClaimedTimer): Promise<boolean> {
    const { db, clock, handlers, onError } = this.#options;
    try {
      await handlers[timer.kind]?.(timer);
      return true;
    } catch (error) {
      onError(error, timer);
      const wait = Math.min(firstRetryMs * 2 ** (timer.attempt - 1), longestRetryMs);
      const why = error instanceof Error ? error.name : 'unknown';
      await putBackTimer(db, timer, clock.now() + wait, why).catch(onError);
      return false;
    }
  }
}
