import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from './http.ts';
import { useMe } from './session.ts';
import { useToast } from './toast.tsx';

const done = z.object({ ok: z.literal(true) }).loose();

export interface Act {
  /** true when the server took it; a refusal is said in a toast */
  run(path: string, body?: object, method?: 'POST' | 'PATCH' | 'DELETE'): Promise<boolean>;
  readonly busy: boolean;
}

/** Something that changes what is stored, and the lists that are asked for again after it. */
export function useAct(...stale: readonly QueryKey[]): Act {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const keys = JSON.stringify(stale);
  const run = useCallback(
    async (path: string, body: object = {}, method: 'POST' | 'PATCH' | 'DELETE' = 'POST') => {
      setBusy(true);
      try {
        await request(path, done, { method, body, csrf });
        for (const queryKey of JSON.parse(keys) as QueryKey[]) void queries.invalidateQueries({ queryKey });
        return true;
      } catch (error) {
        if (error instanceof HttpFailure) toast.showFailure(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [csrf, toast, queries, keys],
  );
  return { run, busy };
}
