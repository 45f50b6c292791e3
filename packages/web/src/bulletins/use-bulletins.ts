import { useQuery } from '@tanstack/react-query';
import { bulletinDetail, bulletinView } from '@threerings/core/wire/bulletins';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const bulletinsKey = ['bulletins'] as const;

export function useBulletins(view: 'current' | 'all') {
  return useQuery({
    queryKey: [...bulletinsKey, view],
    queryFn: ({ signal }) => request(`/api/bulletins?view=${view}`, z.array(bulletinView), { signal }),
    refetchInterval: 15_000,
  });
}

export function useBulletin(bulletin: string) {
  return useQuery({
    queryKey: [...bulletinsKey, 'one', bulletin],
    queryFn: ({ signal }) => request(`/api/bulletins/${encodeURIComponent(bulletin)}`, bulletinDetail, { signal }),
    refetchInterval: 15_000,
  });
}
