import { useQuery } from '@tanstack/react-query';
import { seatOwner } from '@threerings/core/experts/seats';
import { colleagues } from '@threerings/core/wire/colleagues';
import { request } from '../app/http.ts';
import { useTongue } from '../app/i18n/use-words.ts';

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

/** The name behind a 工号, an expert seat or an item of self-service; else what was given. */
export function useNameOf(): (agent: string) => string {
  const { data } = useColleagues();
  const say = useTongue();
  return (agent) => {
    const item = data?.selfService.items.find((one) => one.item === agent)?.name;
    const seat = data?.seats.find((one) => one.seat === agent)?.name ?? item;
    return data?.people.find((one) => one.agent === agent)?.name ?? (seat === undefined ? agent : say(seat));
  };
}

/** How a seat owns promises, and its name. */
export function useSeatOwner(): (seat: string | undefined) => { readonly owner: string; readonly name: string } | undefined {
  const { data } = useColleagues();
  const say = useTongue();
  return (seat) => {
    if (seat === undefined) return undefined;
    const named = data?.seats.find((one) => one.seat === seat)?.name;
    return { owner: seatOwner(seat), name: named === undefined ? seat : say(named) };
  };
}
