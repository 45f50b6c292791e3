import { useQuery } from '@tanstack/react-query';
import { appealRow } from '@threerings/core/wire/appeals';
import { proposalView } from '@threerings/core/wire/desk';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const appealsKey = ['appeals'] as const;

export function useAppeals(of: 'open' | 'decided') {
  const every = useListPush('appeals', appealsKey);
  return useQuery({
    queryKey: [...appealsKey, of],
    queryFn: ({ signal }) => request(`/api/appeals?of=${of}`, z.array(appealRow), { signal }),
    refetchInterval: every,
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
  const every = useListPush('appeals', appealsKey);
  return useQuery({
    queryKey: [...appealsKey, 'proposals'],
    queryFn: ({ signal }) => request('/api/proposals', z.array(proposalView), { signal }),
    refetchInterval: every,
  });
}
