import { useQuery } from '@tanstack/react-query';
import { inboxItem } from '@threerings/core/wire/registers';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const inboxKey = ['inbox'] as const;

export function useInbox() {
  return useQuery({
    queryKey: inboxKey,
    queryFn: ({ signal }) => request('/api/inbox', z.array(inboxItem), { signal }),
    refetchInterval: 5_000,
  });
}
