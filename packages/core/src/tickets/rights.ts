import { permits } from '../people/permissions.ts';
import type { RoleName } from '../wire/session.ts';
import type { TicketAct } from '../wire/tickets.ts';
import { mostPauses } from './clock.ts';
import type { Ticket } from './state.ts';

/** How a person stands to a ticket. */
export interface TicketStanding {
  readonly agent: string;
  readonly roles: readonly RoleName[];
  /** the person's unit is the department, or lies below it */
  readonly inDepartment: boolean;
  /** the owner works in the person's unit or below it */
  readonly overOwner: boolean;
}

const ofOwner: readonly TicketAct[] = ['dispatch', 'note', 'urge', 'tell-customer', 'revisit', 'reopen', 'close'];
const ofDepartment: readonly TicketAct[] = ['acknowledge', 'return', 'note', 'pause', 'resume', 'ask-exception', 'resolve'];

/**
 * May this person see it? Its owner and first receiver; the department once it is dispatched; who watches over the owner's unit. A secret
 * one only by who works on it or decides about it, not by who only counts.
 */
export function maySeeTicket(ticket: Pick<Ticket, 'owner' | 'first' | 'stage' | 'secret'>, person: TicketStanding): boolean {
  if (ticket.owner === person.agent || ticket.first === person.agent) return true;
  if (!permits(person.roles, 'tickets.see-unit')) return false;
  if (person.inDepartment && ticket.stage !== 'draft' && permits(person.roles, 'tickets.work')) return true;
  return person.overOwner && (!ticket.secret || permits(person.roles, 'tickets.approve'));
}

/** What this person may do with it by role; whether the ticket allows it now, its lifecycle says. */
export function mayDo(ticket: Pick<Ticket, 'owner' | 'first'>, person: TicketStanding): ReadonlySet<TicketAct> {
  const may = new Set<TicketAct>();
  const leads = person.overOwner && permits(person.roles, 'tickets.approve');
  const owns = ticket.owner === person.agent || ticket.first === person.agent || leads;
  if (owns && permits(person.roles, 'tickets.create')) for (const act of ofOwner) may.add(act);
  if (person.inDepartment && permits(person.roles, 'tickets.work')) for (const act of ofDepartment) may.add(act);
  if (leads) may.add('decide-exception').add('change-owner');
  if (person.overOwner && permits(person.roles, 'tickets.supervise')) may.add('supervise').add('value');
  return may;
}

const stagesOf: Readonly<Record<TicketAct, readonly Ticket['stage'][]>> = {
  dispatch: ['draft', 'returned'],
  acknowledge: ['dispatched'],
  return: ['dispatched', 'in-work'],
  note: ['draft', 'dispatched', 'in-work', 'returned', 'resolved', 'told'],
  pause: ['in-work'],
  resume: ['in-work'],
  urge: ['dispatched', 'in-work'],
  supervise: ['dispatched', 'in-work'],
  'ask-exception': ['dispatched', 'in-work'],
  'decide-exception': ['dispatched', 'in-work'],
  resolve: ['in-work'],
  'tell-customer': ['resolved'],
  revisit: ['told'],
  reopen: ['told', 'closed'],
  'change-owner': ['draft', 'dispatched', 'in-work', 'returned', 'resolved', 'told'],
  close: ['told'],
  value: ['draft', 'dispatched', 'in-work', 'returned', 'resolved', 'told', 'closed'],
};

/** The acts that make sense now, for a page to offer: by right and by the ticket's stage. */
export function offeredActs(ticket: Ticket, person: TicketStanding): TicketAct[] {
  return [...mayDo(ticket, person)].filter((act) => {
    if (!stagesOf[act].includes(ticket.stage)) return false;
    if (act === 'pause') return ticket.paused === undefined && ticket.pauses < mostPauses;
    if (act === 'resume') return ticket.paused !== undefined;
    if (act === 'resolve') return ticket.paused === undefined;
    if (act === 'ask-exception') return ticket.exception === undefined;
    if (act === 'decide-exception') return ticket.exception !== undefined && ticket.exception.by !== person.agent;
    if (act === 'value') return ticket.kind === 'suggestion';
    if (act === 'supervise') return !ticket.supervised;
    return act !== 'close' || ticket.kind !== 'complaint' || ticket.revisit?.resolved === true;
  });
}
