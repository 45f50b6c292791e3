import type { Clock } from '../clock.ts';

interface Count {
  readonly failures: number;
  readonly since: number;
  readonly lockedUntil: number;
}

/** Who is remembered at most; above it the longest untouched go first. */
const MAX_KEYS = 10_000;

/** Counts wrong passwords by address or account: so many within the window lock it for a while. All in ms. */
export class Lockout {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #lockMs: number;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock, { limit, windowMs, lockMs }: { readonly limit: number; readonly windowMs: number; readonly lockMs: number }) {
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#lockMs = lockMs;
  }

  /** ms until `key` may try again; 0 = it may. */
  remaining(key: string): number {
    return Math.max(0, (this.#counts.get(key)?.lockedUntil ?? 0) - this.#clock.now());
  }

  /** Counts a failure; true = this one locked `key`. */
  failed(key: string): boolean {
    const now = this.#clock.now();
    const before = this.#counts.get(key);
    const isNew = before === undefined || now - before.since > this.#windowMs;
    const failures = isNew ? 1 : before.failures + 1;
    const locks = failures >= this.#limit;
    // Deleted and set anew, so that the map is ordered by last use.
    this.#counts.delete(key);
    this.#counts.set(key, {
      failures: locks ? 0 : failures,
      since: isNew ? now : before.since,
      lockedUntil: locks ? now + this.#lockMs : (before?.lockedUntil ?? 0),
    });
    for (const [oldest] of this.#counts) {
      if (this.#counts.size <= MAX_KEYS) break;
      this.#counts.delete(oldest);
    }
    return locks;
  }

  succeeded(key: string): void {
    this.#counts.delete(key);
  }
}
