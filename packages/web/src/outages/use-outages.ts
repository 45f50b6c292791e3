import { useQuery } from '@tanstack/react-query';
import { outageDetail, outageView } from '@threerings/core/wire/outages';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const outagesKey = ['outages'] as const;

export function useOutages() {
  const every = useListPush('outages', outagesKey);
  return useQuery({
    queryKey: [...outagesKey, 'list'],
    queryFn: ({ signal }) => request('/api/outages', z.array(outageView), { signal }),
    refetchInterval: every,
  });
}

export function useOutage(outage: string) {
  const every = useListPush('outages', outagesKey);
  return useQuery({
    queryKey: [...outagesKey, 'one', outage],
    queryFn: ({ signal }) => request(`/api/outages/${encodeURIComponent(outage)}`, outageDetail, { signal }),
    refetchInterval: every,
  });
}
