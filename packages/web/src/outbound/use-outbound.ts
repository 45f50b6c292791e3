import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type AskReason, deskAnswer } from '@threerings/core/wire/desk';
import { type OutboundRequest, outboundPreview } from '@threerings/core/wire/outbound';
import { useState } from 'react';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { promisesKey } from '../promises/use-promises.ts';

/** Whom to call. */
export type Whom = Pick<OutboundRequest, 'promise' | 'redials' | 'number'>;

/** What is known before the call. */
export function useOutboundPreview(whom: Whom, enabled: boolean) {
  const { csrf } = useMe();
  return useQuery({
    queryKey: ['outbound', whom],
    queryFn: ({ signal }) => request('/api/outbound/preview', outboundPreview, { method: 'POST', body: whom, csrf, signal }),
    enabled,
    gcTime: 0,
  });
}

export type Placed = 'placed' | 'refused' | AskReason;

/** Places a call; the same `interaction` again is the same call. A refusal is said in a toast. */
export function usePlaceCall(): { readonly busy: boolean; place(order: OutboundRequest): Promise<Placed> } {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const place = async (order: OutboundRequest): Promise<Placed> => {
    setBusy(true);
    try {
      const answer = await request('/api/outbound', deskAnswer, { method: 'POST', body: order, csrf });
      void queries.invalidateQueries({ queryKey: promisesKey });
      return 'ok' in answer ? 'placed' : answer;
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
      return 'refused';
    } finally {
      setBusy(false);
    }
  };
  return { busy, place };
}
