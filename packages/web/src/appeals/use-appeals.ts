import { useQuery } from '@tanstack/react-query';
import { appealRow } from '@threerings/core/wire/appeals';
import { proposalView } from '@threerings/core/wire/desk';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const appealsKey = ['appeals'] as const;

export function useAppeals(of: 'open' | 'decided') {
  return useQuery({
    queryKey: [...appealsKey, of],
    queryFn: ({ signal }) => request(`/api/appeals?of=${of}`, z.array(appealRow), { signal }),
    refetchInterval: 10_000,
  });
}

/** What was said to the verdicts of one call. */
export function useAppealsOf(interaction: string, enabled: boolean) {
  return useQuery({
    queryKey: [...appealsKey, 'call', interaction],
    queryFn: ({ signal }) => request(`/api/appeals?${new URLSearchParams({ interaction })}`, z.array(appealRow), { signal }),
    enabled,
    retry: false,
  });
}

export function useProposals() {
  return useQuery({
    queryKey: [...appealsKey, 'proposals'],
    queryFn: ({ signal }) => request('/api/proposals', z.array(proposalView), { signal }),
    refetchInterval: 10_000,
  });
}
