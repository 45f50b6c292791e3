import { useCallback, useSyncExternalStore } from 'react';
import { useLive, useLiveState } from './use-live.ts';

const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let tick = Date.now();

/** One timer for all clocks of the page; a quarter of a second, so that a shown second is never late by more. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    tick = Date.now();
    for (const each of listeners) each();
  }, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** This computer's clock, stepping at whole multiples of `stepMs` so that a page redraws no more often than that. */
export function useOwnNow(stepMs = 1000): number {
  return useSyncExternalStore(subscribe, () => {
    if (listeners.size === 0) tick = Date.now();
    return Math.floor(tick / stepMs) * stepMs;
  });
}

/** The server's clock, ms: the only one that deadlines are compared with. Steps every `stepMs`. */
export function useNow(stepMs = 1000): number {
  const offset = useLiveState((state) => state.clockOffset);
  return useOwnNow(stepMs) + offset;
}

/** Reads the server's clock at the moment of an act, without drawing anything anew. */
export function useServerClock(): () => number {
  const live = useLive();
  return useCallback(() => Date.now() + live.getState().clockOffset, [live]);
}
