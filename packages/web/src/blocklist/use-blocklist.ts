import { useQuery } from '@tanstack/react-query';
import { blocklistView } from '@threerings/core/wire/blocklist';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export const blocklistKey = ['blocklist'] as const;

export function useBlocklist() {
  const every = useListPush('blocklist', blocklistKey);
  return useQuery({
    refetchInterval: every,
    queryKey: blocklistKey,
    queryFn: ({ signal }) => request('/api/blocklist', blocklistView, { signal }),
  });
}
