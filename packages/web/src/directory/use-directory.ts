import { useQuery } from '@tanstack/react-query';
import { directoryEntry } from '@threerings/core/wire/directory';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const directoryKey = ['directory'] as const;
export type Side = 'all' | 'own' | 'outside';

/** What is found while one types; without words everything. `wanted`: false = nothing is asked. */
export function useDirectory(words: string, side: Side, wanted = true) {
  const search = new URLSearchParams({ q: words, ...(side === 'all' ? {} : { outside: side === 'outside' ? 'yes' : 'no' }) });
  return useQuery({
    queryKey: [...directoryKey, words, side],
    queryFn: ({ signal }) => request(`/api/directory?${search}`, z.array(directoryEntry), { signal }),
    enabled: wanted,
    placeholderData: (before) => before,
    staleTime: 5_000,
  });
}
