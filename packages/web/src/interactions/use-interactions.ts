import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { interactionDetail, interactionRow, peaks } from '@threerings/core/wire/interactions';
import { z } from 'zod';
import { request } from '../app/http.ts';

const page = z.object({ rows: z.array(interactionRow), next: z.union([z.string(), z.number()]).optional() });

export interface InteractionFilter {
  readonly agent?: string;
  readonly origin?: string;
  readonly value?: string;
}

/** Newest first, page by page. */
export function useInteractions(filter: InteractionFilter, limit: number) {
  return useInfiniteQuery({
    queryKey: ['interactions', filter, limit],
    initialPageParam: undefined as string | number | undefined,
    queryFn: ({ pageParam, signal }) => request(`/api/interactions?${searchOf(filter, limit, pageParam)}`, page, { signal }),
    getNextPageParam: (last) => last.next,
    staleTime: 5_000,
  });
}

/** The query string of a page; empty filters are left out. */
export function searchOf(filter: InteractionFilter, limit: number, before: string | number | undefined): string {
  const search = new URLSearchParams({ limit: String(limit) });
  if (before !== undefined) search.set('before', String(before));
  for (const [name, value] of Object.entries(filter)) if (value !== undefined && value !== '') search.set(name, value);
  return search.toString();
}

export function useInteraction(interaction: string, enabled = true) {
  return useQuery({
    queryKey: ['interaction', interaction],
    queryFn: ({ signal }) => request(`/api/interactions/${encodeURIComponent(interaction)}`, interactionDetail, { signal }),
    enabled,
  });
}

export function usePeaks(recording: string | undefined) {
  return useQuery({
    queryKey: ['peaks', recording],
    queryFn: ({ signal }) => request(`/api/recordings/${encodeURIComponent(recording ?? '')}/peaks`, peaks, { signal }),
    enabled: recording !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function audioUrl(recording: string): string {
  return `/api/recordings/${encodeURIComponent(recording)}/audio`;
}
