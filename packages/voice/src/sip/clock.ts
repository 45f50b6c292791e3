/** Time as the protocol machines see it: monotonic, in ms. Given from outside so that tests own it. */

export interface Clock {
  now(): number;
  /** Runs `act` once, `ms` from now, unless the returned function is called before. */
  after(ms: number, act: () => void): () => void;
}

/** Real time from the performance clock; timers do not keep the process alive. */
export const performanceClock: Clock = {
  now: () => performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** `length` random bytes in hex. Tags and branches must not be guessable (RFC 3261 §19.3). */
export type Randomness = (length: number) => string;
