import { useQuery } from '@tanstack/react-query';
import { blocklistView } from '@threerings/core/wire/blocklist';
import { request } from '../app/http.ts';

export const blocklistKey = ['blocklist'] as const;

export function useBlocklist() {
  return useQuery({
    queryKey: blocklistKey,
    queryFn: ({ signal }) => request('/api/blocklist', blocklistView, { signal }),
  });
}
