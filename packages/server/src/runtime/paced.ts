import type { Instant } from '@threerings/norms/trace';
import type { Clock } from '../clock.ts';
import { WakeUps } from './wakeups.ts';

/** What is asked for in one turn of the process, and just after it, is done once; so long it waits at least, ms. */
const soonMs = 5;

/** Does something for each key that was asked for, soon and at most once in so many ms: views that many changes touch are made once. */
export class Paced {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #last = new Map<string, Instant>();
  readonly #wakeUps: WakeUps;

  /** @param run must not throw */
  constructor(clock: Clock, everyMs: number, run: (key: string) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#wakeUps = new WakeUps(clock, (key) => {
      this.#last.set(key, clock.now());
      run(key);
    });
  }

  ask(key: string): void {
    const now = this.#clock.now();
    const last = this.#last.get(key);
    this.#wakeUps.setBy(key, Math.max(now + soonMs, last === undefined ? 0 : Math.min(last, now) + this.#everyMs));
  }

  stop(): void {
    this.#wakeUps.stop();
  }
}
