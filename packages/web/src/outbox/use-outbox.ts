import { useQuery } from '@tanstack/react-query';
import { outboxChannelList, outboxRow } from '@threerings/core/wire/outbox';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const outboxKey = ['outbox'] as const;

export function useOutbox() {
  const every = useListPush('outbox', outboxKey);
  return useQuery({
    queryKey: [...outboxKey, 'list'],
    queryFn: ({ signal }) => request('/api/outbox', z.array(outboxRow), { signal }),
    refetchInterval: every,
  });
}

export function useOutboxChannels() {
  return useQuery({
    queryKey: [...outboxKey, 'channels'],
    queryFn: ({ signal }) => request('/api/outbox/channels', outboxChannelList, { signal }),
    staleTime: 60_000,
  });
}
