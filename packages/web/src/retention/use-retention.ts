import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { erasureView, retentionPeriods } from '@threerings/core/wire/retention';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const retentionKey = ['retention'] as const;

/** `searched`: words, an id, a person or a number; empty = all. */
export function useHolds(searched: string) {
  const query = searched === '' ? '' : `?q=${encodeURIComponent(searched)}`;
  return useQuery({
    queryKey: [...retentionKey, 'holds', searched],
    queryFn: ({ signal }) => request(`/api/retention${query}`, retentionPeriods, { signal }),
    placeholderData: keepPreviousData,
  });
}

export function useErasures() {
  return useQuery({
    queryKey: [...retentionKey, 'erasures'],
    queryFn: ({ signal }) => request('/api/erasures', z.array(erasureView), { signal }),
  });
}
