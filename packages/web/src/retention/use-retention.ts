import { useQuery } from '@tanstack/react-query';
import { erasureView, retentionPeriods } from '@threerings/core/wire/retention';
import { z } from 'zod';
import { request } from '../app/http.ts';

export const retentionKey = ['retention'] as const;

export function useHolds() {
  return useQuery({
    queryKey: [...retentionKey, 'holds'],
    queryFn: ({ signal }) => request('/api/retention', retentionPeriods, { signal }),
  });
}

export function useErasures() {
  return useQuery({
    queryKey: [...retentionKey, 'erasures'],
    queryFn: ({ signal }) => request('/api/erasures', z.array(erasureView), { signal }),
  });
}
