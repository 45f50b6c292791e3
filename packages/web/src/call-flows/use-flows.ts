import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FlowHouse } from '@threerings/core/call-flow/check';
import { flowDetail, flowHouse, flowRow, promptRow } from '@threerings/core/wire/call-flows';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';

export const flowsKey = ['call-flows'] as const;
export const promptsKey = ['prompts'] as const;

export function useFlows() {
  return useQuery({ queryKey: [...flowsKey, 'list'], queryFn: ({ signal }) => request('/api/call-flows', z.array(flowRow), { signal }) });
}

/** Under a writer’s hands it is not asked for again. */
export function useFlow(flow: string | undefined, version: number | undefined) {
  return useQuery({
    queryKey: [...flowsKey, 'one', flow, version],
    queryFn: ({ signal }) => request(`/api/call-flows/${encodeURIComponent(flow ?? '')}/${version}`, flowDetail, { signal }),
    enabled: flow !== undefined && version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useFlowHouse() {
  return useQuery({
    queryKey: [...flowsKey, 'house'],
    queryFn: async ({ signal }): Promise<FlowHouse> => {
      const { prompts, ...house } = await request('/api/call-flow-house', flowHouse, { signal });
      return { ...house, prompts: new Set(prompts) };
    },
  });
}

export function usePrompts() {
  return useQuery({ queryKey: [...promptsKey, 'list'], queryFn: ({ signal }) => request('/api/prompts', z.array(promptRow), { signal }) });
}

export interface FlowActs {
  readonly busy: boolean;
  /** the answer, or undefined when the server said no, which a toast tells */
  ask<S extends z.ZodType>(path: string, schema: S, options: { method: 'POST' | 'PUT'; body?: object }): Promise<z.infer<S> | undefined>;
}

export function useFlowActs(): FlowActs {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const ask = useCallback<FlowActs['ask']>(
    async (path, schema, options) => {
      setBusy(true);
      try {
        const answer = await request(path, schema, { ...options, csrf });
        await queries.invalidateQueries({ queryKey: [...flowsKey, 'list'] });
        return answer;
      } catch (error) {
        if (error instanceof HttpFailure) toast.showFailure(error);
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [csrf, toast, queries],
  );
  return { busy, ask };
}
