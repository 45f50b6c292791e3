import { useQuery } from '@tanstack/react-query';
import { outageDetail, outageView } from '@threerings/core/wire/outages';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const outagesKey = ['outages'] as const;

export function useOutages() {
  return useQuery({
    queryKey: [...outagesKey, 'list'],
    queryFn: ({ signal }) => request('/api/outages', z.array(outageView), { signal }),
    refetchInterval: 10_000,
  });
}

export function useOutage(outage: string) {
  return useQuery({
    queryKey: [...outagesKey, 'one', outage],
    queryFn: ({ signal }) => request(`/api/outages/${encodeURIComponent(outage)}`, outageDetail, { signal }),
    refetchInterval: 10_000,
  });
}
