import { useQuery } from '@tanstack/react-query';
import { bulletinDetail, bulletinView } from '@threerings/core/wire/bulletins';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const bulletinsKey = ['bulletins'] as const;

export function useBulletins(view: 'current' | 'all') {
  const every = useListPush('bulletins', bulletinsKey);
  return useQuery({
    queryKey: [...bulletinsKey, view],
    queryFn: ({ signal }) => request(`/api/bulletins?view=${view}`, z.array(bulletinView), { signal }),
    refetchInterval: every,
  });
}

export function useBulletin(bulletin: string) {
  const every = useListPush('bulletins', bulletinsKey);
  return useQuery({
    queryKey: [...bulletinsKey, 'one', bulletin],
    queryFn: ({ signal }) => request(`/api/bulletins/${encodeURIComponent(bulletin)}`, bulletinDetail, { signal }),
    refetchInterval: every,
  });
}
