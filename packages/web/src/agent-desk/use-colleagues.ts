import { useQuery } from '@tanstack/react-query';
import { colleagues } from '@threerings/core/wire/colleagues';
import { request } from '../app/http.ts';

/** Who is free changes by the second while somebody chooses, ms. */
const everyMs = 3000;

/** Colleagues and queues that a caller can be transferred to, kept fresh while it is looked at. */
export function useColleagues() {
  return useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => request('/api/desk/colleagues', colleagues, { signal }),
    refetchInterval: everyMs,
    staleTime: everyMs,
  });
}

/** The name behind a 工号, or the 工号. */
export function useNameOf(): (agent: string) => string {
  const { data } = useColleagues();
  return (agent) => data?.people.find((one) => one.agent === agent)?.name ?? agent;
}
