import { useQuery } from '@tanstack/react-query';
import type { PromiseKind } from '@threerings/core/promises/state';
import { promiseView } from '@threerings/core/wire/desk';
import { promiseDetail, promiseFigures } from '@threerings/core/wire/ledger';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export type LedgerView = 'mine' | 'taken' | 'team' | 'overdue' | 'settled';

/** Everything that is shown of promises is asked for again after a change of one. */
export const promisesKey = ['promises'] as const;

/** `kind`: only promises of it. */
export function usePromises(view: LedgerView, kind?: PromiseKind) {
  const every = useListPush('promises', promisesKey);
  return useQuery({
    queryKey: [...promisesKey, 'list', view, kind],
    queryFn: ({ signal }) =>
      request(`/api/promises?view=${view}${kind === undefined ? '' : `&kind=${kind}`}`, z.array(promiseView), { signal }),
    refetchInterval: every,
  });
}

export function usePromiseFigures(of: 'mine' | 'team') {
  const every = useListPush('promises', promisesKey);
  return useQuery({
    queryKey: [...promisesKey, 'figures', of],
    queryFn: ({ signal }) => request(`/api/promises/figures?of=${of}`, promiseFigures, { signal }),
    refetchInterval: every,
  });
}

export function usePromise(promise: string) {
  const every = useListPush('promises', promisesKey);
  return useQuery({
    queryKey: [...promisesKey, 'one', promise],
    queryFn: ({ signal }) => request(`/api/promises/${encodeURIComponent(promise)}`, promiseDetail, { signal }),
    refetchInterval: every,
  });
}
