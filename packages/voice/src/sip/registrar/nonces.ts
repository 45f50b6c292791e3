import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock, Randomness } from '../clock.ts';

/** After that a phone is asked again, without a word to its user (`stale`). */
const YOUNG_MS = 300_000;

/**
 * Nonces of our challenges. They carry their own instant under a key of this process, so that asking costs no memory; only a
 * nonce that a right password came with is remembered, with the count of its last use (RFC 7616 §3.4: no replay).
 */
export class Nonces {
  readonly #clock: Clock;
  readonly #random: Randomness;
  readonly #key: string;
  readonly #used = new Map<string, { readonly count: number; readonly at: number }>();

  constructor(clock: Clock, random: Randomness) {
    this.#clock = clock;
    this.#random = random;
    this.#key = random(32);
  }

  make(): string {
    const body = `${Math.floor(this.#clock.now()).toString(36)}-${this.#random(8)}`;
    return `${body}-${this.#seal(body)}`;
  }

  state(nonce: string): 'fresh' | 'stale' | 'unknown' {
    const end = nonce.lastIndexOf('-');
    const body = nonce.slice(0, Math.max(end, 0));
    const [given, right] = [Buffer.from(nonce.slice(end + 1)), Buffer.from(this.#seal(body))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return 'unknown';
    return this.#clock.now() - Number.parseInt(body, 36) > YOUNG_MS ? 'stale' : 'fresh';
  }

  /** Counts a use under its `nc`, eight hex digits; false = that use was seen already. A nonce without a count is used once. */
  spend(nonce: string, nc: string | undefined): boolean {
    const now = this.#clock.now();
    for (const [known, { at }] of this.#used) {
      if (now - at <= YOUNG_MS) break;
      this.#used.delete(known);
    }
    const count = nc === undefined ? 1 : Number.parseInt(nc, 16);
    const before = this.#used.get(nonce);
    if (!(count > (before?.count ?? 0))) return false;
    this.#used.set(nonce, { count, at: before?.at ?? now });
    return true;
  }

  #seal(body: string): string {
    return createHmac('sha256', this.#key).update(body).digest('hex').slice(0, 32);
  }
}
