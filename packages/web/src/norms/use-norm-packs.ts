import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  clauseRow,
  labelReport,
  newDraftAnswer,
  type PackText,
  packVersionDetail,
  packVersionRow,
  savePackAnswer,
  whatIfView,
} from '@threerings/core/wire/norm-packs';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useMe } from '../app/session.ts';

const done = z.object({ ok: z.literal(true) });
const addressOf = (pack: string, version: number, more = '') =>
  `/api/norm-packs/${encodeURIComponent(pack)}/${version}${more === '' ? '' : `/${more}`}`;
const everything = ['norm-packs'] as const;

/** How often it is looked whether an approved version has gone live, ms. */
const liveMs = 3000;

export function usePackVersions() {
  return useQuery({
    queryKey: [...everything, 'list'],
    queryFn: ({ signal }) => request('/api/norm-packs', z.array(packVersionRow), { signal }),
    refetchInterval: ({ state }) => (state.data?.some((row) => row.state === 'approved' && !row.shipped) === true ? liveMs : false),
  });
}

export function usePackVersion(pack: string | undefined, version: number | undefined) {
  return useQuery({
    queryKey: [...everything, pack, version],
    queryFn: ({ signal }) => request(addressOf(pack ?? '', version ?? 0), packVersionDetail, { signal }),
    enabled: pack !== undefined && version !== undefined,
    // What is being written must not be exchanged under the writer’s hands.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

export function fetchPackVersion(pack: string, version: number) {
  return request(addressOf(pack, version), packVersionDetail);
}

export function useClauses() {
  return useQuery({
    queryKey: ['clauses'],
    queryFn: ({ signal }) => request('/api/clauses', z.array(clauseRow), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const calendarTable = z.object({
  zone: z.array(z.object({ from: z.number(), offsetMs: z.number() })),
  week: z.array(z.array(z.tuple([z.number(), z.number()]))),
  days: z.record(z.string(), z.union([z.literal('holiday'), z.literal('workday'), z.array(z.tuple([z.number(), z.number()]))])),
  night: z.tuple([z.number(), z.number()]),
});

export function useCalendar(enabled: boolean) {
  return useQuery({
    queryKey: ['calendar'],
    queryFn: ({ signal }) => request('/api/calendar', calendarTable, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  });
}

export function useNewDraft() {
  const { csrf } = useMe();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ pack, from }: { pack: string; from: number }) =>
      request(`/api/norm-packs/${encodeURIComponent(pack)}/drafts`, newDraftAnswer, { method: 'POST', body: { from }, csrf }),
    onSuccess: () => queries.invalidateQueries({ queryKey: everything }),
  });
}

export function useSavePack(pack: string, version: number) {
  const { csrf } = useMe();
  return useMutation({
    mutationFn: ({ revision, files }: { revision: number; files: readonly PackText[] }) =>
      request(addressOf(pack, version), savePackAnswer, { method: 'PUT', body: { revision, files }, csrf }),
  });
}

export type Step = 'submit' | 'review' | 'approve' | 'return' | 'withdraw';

export function useStep(pack: string, version: number) {
  const { csrf } = useMe();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body = {} }: { step: Step; body?: object }) =>
      request(addressOf(pack, version, step), done, { method: 'POST', body, csrf }),
    onSuccess: () => queries.invalidateQueries({ queryKey: everything }),
  });
}

/** How the saved text fares on its labelled conversations. `revision`: another one is judged anew. */
export function useLabelReport(pack: string, version: number, revision: number) {
  return useQuery({
    queryKey: [...everything, pack, version, 'labelled', revision],
    queryFn: ({ signal }) => request(addressOf(pack, version, 'labelled'), labelReport, { signal }),
    refetchOnWindowFocus: false,
  });
}

export function useWhatIf(pack: string, version: number) {
  const { csrf } = useMe();
  const queries = useQueryClient();
  const queryKey = [...everything, pack, version, 'what-if'];
  const path = addressOf(pack, version, 'what-if');
  const view = useQuery({
    queryKey,
    queryFn: ({ signal }) => request(path, whatIfView, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1000 : false),
  });
  const change = useMutation({
    mutationFn: (how: { do: 'start'; since: number | undefined } | { do: 'stop' }) =>
      how.do === 'stop'
        ? request(path, whatIfView, { method: 'DELETE', csrf })
        : request(path, whatIfView, { method: 'POST', body: how.since === undefined ? {} : { since: how.since }, csrf }),
    onSuccess: (data) => queries.setQueryData(queryKey, data),
  });
  return { view, change };
}
