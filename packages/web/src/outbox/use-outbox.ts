import { useQuery } from '@tanstack/react-query';
import { outboxChannelList, outboxRow } from '@threerings/core/wire/outbox';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const outboxKey = ['outbox'] as const;
const every = 5_000;

export function useOutbox() {
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
