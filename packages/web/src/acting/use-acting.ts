import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ActingAct, actingDone, actingRecord, actingView } from '@threerings/core/wire/acting';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';
import { backoffMs } from '../live/backoff.ts';

const keyOf = (interaction: string) => ['acting', interaction] as const;
/** What happens elsewhere – a handover, an identity confirmed on another page – is seen after this at the latest, ms. */
const freshMs = 5000;
const attempts = 4;

export function useActing(interaction: string) {
  return useQuery({
    queryKey: keyOf(interaction),
    queryFn: ({ signal }) => request(`/api/acting/${encodeURIComponent(interaction)}`, actingView, { signal }),
    refetchInterval: freshMs,
    retry: (count, error) => error instanceof HttpFailure && error.kind === 'network' && count < attempts,
  });
}

export interface Acts {
  /** true when the server took it; a refusal is said in a toast */
  act(act: ActingAct): Promise<boolean>;
  readonly busy: boolean;
}

/** Does something for the customer, once: a lost answer is asked for again under the same id. */
export function useActs(interaction: string): Acts {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const act = useCallback(
    async (asked: ActingAct) => {
      setBusy(true);
      try {
        const answer = await sent({ command: uuid(), interaction, do: asked }, csrf);
        if (answer.view !== undefined) queries.setQueryData(keyOf(interaction), answer.view);
        return true;
      } catch (error) {
        if (error instanceof HttpFailure) toast.showFailure(error);
        void queries.invalidateQueries({ queryKey: keyOf(interaction) });
        return false;
      } finally {
        setBusy(false);
      }
    },
    [csrf, interaction, queries, toast],
  );
  return { act, busy };
}

async function sent(body: object, csrf: string): Promise<z.infer<typeof actingDone>> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request('/api/acting', actingDone, { method: 'POST', body, csrf });
    } catch (error) {
      const worthRepeating = error instanceof HttpFailure && (error.kind === 'network' || error.kind === 'server');
      if (!worthRepeating || attempt + 1 >= attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt, Math.random())));
    }
  }
}

/** What was done for the customer: of one interaction, or of one customer over all of them. */
export function useActingRecords(of: 'interactions' | 'customers', id: string) {
  return useQuery({
    queryKey: ['acting-records', of, id],
    queryFn: ({ signal }) => request(`/api/${of}/${encodeURIComponent(id)}/acting`, z.array(actingRecord), { signal }),
    retry: false,
  });
}
