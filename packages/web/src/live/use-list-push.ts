import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { ListName } from '@threerings/core/wire/lists';
import { useEffect, useRef } from 'react';
import { useLive, useLiveState } from './use-live.ts';

/** A list whose changes are told is asked for this seldom by itself, ms: a change that was not heard of shows all the same. */
const seldomMs = 60_000;
/** While the socket is away nothing is told. */
const oftenMs = 10_000;

/** Asks for everything under the key again when the server says that the list changed. Returns how often to ask without being told, ms. */
export function useListPush(list: ListName, queryKey: QueryKey): number {
  const live = useLive();
  const queries = useQueryClient();
  const link = useLiveState((state) => state.link.kind);
  const missed = useRef(false);
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    const leave = live.wantList(list);
    const stop = live.onPush((push) => {
      if (push.kind === 'lists' && push.changed.includes(list)) void queries.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
    });
    return () => {
      stop();
      leave();
    };
  }, [live, queries, list, key]);
  useEffect(() => {
    if (link === 'lost') missed.current = true;
    if (link !== 'open' || !missed.current) return;
    // Nobody told what changed meanwhile.
    missed.current = false;
    void queries.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
  }, [link, queries, key]);
  return link === 'open' ? seldomMs : oftenMs;
}
