import type { Instant } from '@threerings/norms/trace';

/** Time as everything in the server sees it; tests and replays bring their own. */
export interface Clock {
  /** ms since the epoch, UTC */
  now(): Instant;
  /** Runs once when `now()` has reached `instant`, never at once. Returns how to call it off. */
  at(instant: Instant, run: () => void): () => void;
}

/** Longest wait that setTimeout keeps (2^31 − 1 ms); a longer one fires at once, so it is cut and asked again. */
const longestWait = 2_147_483_647;

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
