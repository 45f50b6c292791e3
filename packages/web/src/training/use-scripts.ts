import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lineKept, publishedScript, scriptCard, scriptDetail } from '@threerings/core/wire/training';
import { useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { trainingKey } from './use-training.ts';

export function useScripts() {
  return useQuery({
    queryKey: [...trainingKey, 'scripts'],
    queryFn: ({ signal }) => request('/api/training/scripts', z.array(scriptCard), { signal }),
  });
}

export function useScript(script: string | undefined) {
  return useQuery({
    queryKey: [...trainingKey, 'scripts', script],
    queryFn: ({ signal }) => request(`/api/training/scripts/${script}`, scriptDetail, { signal }),
    enabled: script !== undefined,
  });
}

/** Checks, publishes, and keeps recorded lines; a failure is said in a toast. */
export function useScriptActs() {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const asked = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    try {
      return await work();
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  const send = async (text: string, publish: boolean) => {
    const answer = await asked(() => request('/api/training/scripts', publishedScript, { method: 'POST', body: { text, publish }, csrf }));
    if (publish && answer?.faults.length === 0) await queries.invalidateQueries({ queryKey: trainingKey });
    return answer;
  };
  const keep = async (script: string, line: string, wav: Blob) => {
    const answer = await asked(() => request(`/api/training/recordings/${script}/${line}`, lineKept, { method: 'POST', bytes: wav, csrf }));
    if (answer !== undefined) await queries.invalidateQueries({ queryKey: trainingKey });
    return answer;
  };
  return { busy, send, keep };
}
