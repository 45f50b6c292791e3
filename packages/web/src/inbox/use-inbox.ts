import { useQuery } from '@tanstack/react-query';
import { inboxItem } from '@threerings/core/wire/registers';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const inboxKey = ['inbox'] as const;

export function useInbox() {
  const every = useListPush('inbox', inboxKey);
  return useQuery({
    queryKey: inboxKey,
    queryFn: ({ signal }) => request('/api/inbox', z.array(inboxItem), { signal }),
    refetchInterval: every,
  });
}
