import { useQuery } from '@tanstack/react-query';
import { promiseView } from '@threerings/core/wire/desk';
import { promiseDetail, promiseFigures } from '@threerings/core/wire/ledger';
import { z } from 'zod';
import { request } from '../app/http.ts';

export type LedgerView = 'mine' | 'team' | 'overdue' | 'settled';

/** Everything that is shown of promises is asked for again after a change of one. */
export const promisesKey = ['promises'] as const;

const every = 5_000;

export function usePromises(view: LedgerView) {
  return useQuery({
    queryKey: [...promisesKey, 'list', view],
    queryFn: ({ signal }) => request(`/api/promises?view=${view}`, z.array(promiseView), { signal }),
    refetchInterval: every,
  });
}

export function usePromiseFigures(of: 'mine' | 'team') {
  return useQuery({
    queryKey: [...promisesKey, 'figures', of],
    queryFn: ({ signal }) => request(`/api/promises/figures?of=${of}`, promiseFigures, { signal }),
    refetchInterval: 6 * every,
  });
}

export function usePromise(promise: string) {
  return useQuery({
    queryKey: [...promisesKey, 'one', promise],
    queryFn: ({ signal }) => request(`/api/promises/${encodeURIComponent(promise)}`, promiseDetail, { signal }),
    refetchInterval: 2 * every,
  });
}
