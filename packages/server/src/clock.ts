import type { Instant } from '@threerings/norms/trace';

/** Time as everything in the server sees it; tests and replays bring their own. */
export interface Clock {
  /** ms since the epoch, UTC */
  now(): Instant;
  /** Runs once when `now()` has reached `instant`, never at once. Returns how to call it off. */
  at(instant: Instant, run: () => void): () => void;
}

/**
 * A wait is cut and the clock asked again: setTimeout knows nothing of a clock that was set forward, which would make every deadline
 * late by that much, and a wait beyond 2^31 − 1 ms would fire at once.
 */
const longestWait = 500;

export const systemClock: Clock = {
  now: () => Date.now(),
  at(instant, run) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = instant - Date.now();
      timer = setTimeout(() => (instant > Date.now() ? wait() : run()), Math.min(Math.max(left, 0), longestWait));
    };
    wait();
    return () => clearTimeout(timer);
  },
};
