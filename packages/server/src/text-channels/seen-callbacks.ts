import { createHash } from 'node:crypto';
import type { Instant } from '@threerings/norms/trace';

/** A vendor that heard no answer sends the same again within this time, ms; later it is somebody else. */
const retryMs = 60_000;
const rememberedMs = 660_000;
const mostRemembered = 50_000;

/**
 * Callbacks that were taken, by what is signed in them, for longer than their time stamps are believed. A callback that could not be
 * stored is not remembered: its repetition is the first.
 */
export class SeenCallbacks {
  readonly #seen = new Map<string, Instant>();

  /** `again`: just taken, the answer was lost; `replay`: somebody recorded it. */
  look(once: string, now: Instant): 'new' | 'again' | 'replay' {
    const at = this.#seen.get(keyOf(once));
    if (at === undefined || now - at > rememberedMs) return 'new';
    return now - at <= retryMs ? 'again' : 'replay';
  }

  remember(once: string, now: Instant): void {
    const key = keyOf(once);
    if (!this.#seen.has(key)) this.#seen.set(key, now);
    for (const [oldest, at] of this.#seen) {
      if (now - at <= rememberedMs && this.#seen.size <= mostRemembered) break;
      this.#seen.delete(oldest);
    }
  }
}

function keyOf(once: string): string {
  return createHash('sha256').update(once).digest('base64');
}
