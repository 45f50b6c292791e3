import { useQuery } from '@tanstack/react-query';
import { unitRow } from '@threerings/core/wire/people';
import { ticketDetail, ticketRow } from '@threerings/core/wire/tickets';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useListPush } from '../live/use-list-push.ts';

export type TicketView = 'mine' | 'unit' | 'overdue' | 'exceptions' | 'closed';
export const ticketsKey = ['tickets'] as const;

export function useTickets(view: TicketView, kind: string) {
  const every = useListPush('tickets', ticketsKey);
  const search = new URLSearchParams({ view, ...(kind === '' ? {} : { kind }) });
  return useQuery({
    queryKey: [...ticketsKey, 'list', view, kind],
    queryFn: ({ signal }) => request(`/api/tickets?${search}`, z.array(ticketRow), { signal }),
    refetchInterval: every,
  });
}

export function useTicket(ticket: string) {
  const every = useListPush('tickets', ticketsKey);
  return useQuery({
    queryKey: [...ticketsKey, 'one', ticket],
    queryFn: ({ signal }) => request(`/api/tickets/${encodeURIComponent(ticket)}`, ticketDetail, { signal }),
    refetchInterval: every,
  });
}

export function useUnits() {
  return useQuery({ queryKey: ['units'], queryFn: ({ signal }) => request('/api/units', z.array(unitRow), { signal }), staleTime: 60_000 });
}
