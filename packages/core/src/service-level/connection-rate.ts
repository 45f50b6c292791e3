import type { Instant } from '@threerings/norms/trace';

/** Length of the window that GB/T 33358-2016 speaks of, ms: any continuous 24 hours (clause S33358-02 of the catalogue). */
export const connectionWindowMs = 24 * 3_600_000;

/** A caller who asked for a person, and what became of that. */
export interface ConnectionEvent {
  /** the caller began to wait */
  readonly at: Instant;
  /** a person answered; false: given up, lost, or refused */
  readonly connected: boolean;
}

export interface ConnectionRate {
  /** beginning of the window, which is `[from, from + length)` */
  readonly from: Instant;
  readonly asked: number;
  readonly connected: number;
}

/**
 * The worst continuous window: the lowest share of connected callers over every window of `lengthMs` that holds at least `atLeast` of
 * them (1 by default: fewer say little, but the standard names no number). Of equal shares the earliest. Undefined where no window
 * holds so many. Events in any order; O(n log n). `within`: only windows that lie in it as a whole, if any fits.
 *
 * What a window holds changes only where an event leaves it at its beginning or enters it at its end, so those windows alone are looked at.
 */
export function worstConnection(
  events: readonly ConnectionEvent[],
  lengthMs = connectionWindowMs,
  atLeast = 1,
  within?: { readonly from: Instant; readonly to: Instant },
): ConnectionRate | undefined {
  const sorted = [...events].sort((a, b) => a.at - b.at);
  const ends = within === undefined ? [] : [within.from, within.to - lengthMs];
  const begins = [...new Set([...ends, ...sorted.flatMap(({ at }) => [at - lengthMs + 1, at, at + 1])])]
    .filter((from) => within === undefined || (from >= within.from && from + lengthMs <= within.to))
    .sort((a, b) => a - b);
  let worst: ConnectionRate | undefined;
  let first = 0;
  let next = 0;
  let connected = 0;
  const counts = (event: ConnectionEvent | undefined) => (event?.connected === true ? 1 : 0);
  for (const from of begins) {
    for (; next < sorted.length && (sorted[next]?.at ?? 0) < from + lengthMs; next += 1) connected += counts(sorted[next]);
    for (; first < next && (sorted[first]?.at ?? 0) < from; first += 1) connected -= counts(sorted[first]);
    const rate = { from, asked: next - first, connected };
    if (rate.asked >= Math.max(1, atLeast) && (worst === undefined || isWorse(rate, worst))) worst = rate;
  }
  return worst;
}

/** In whole numbers: no share is ever rounded into another. */
function isWorse(a: ConnectionRate, b: ConnectionRate): boolean {
  return a.connected * b.asked < b.connected * a.asked;
}

/** Whether the share is at least `perCent`; a window that nobody asked in reaches it. */
export function reaches({ asked, connected }: Pick<ConnectionRate, 'asked' | 'connected'>, perCent: number): boolean {
  return connected * 100 >= perCent * asked;
}
