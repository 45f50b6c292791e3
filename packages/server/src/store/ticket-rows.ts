import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

export type TicketRow = Selectable<Schema['tickets']>;
type Change = Updateable<Schema['tickets']>;

/** Keeps the row of a ticket in the transaction of its events. */
export const projectTickets: Projector = async (tx, appended) => {
  for (const event of appended) {
    const ticket = /^(?:ticket\.|suggestion\.valued$)/.test(event.type) ? textOf(event, 'ticket') : undefined;
    if (ticket === undefined) continue;
    if (event.type === 'ticket.created') {
      await tx.insertInto('tickets').values(createdRow(ticket, event)).execute();
      continue;
    }
    const own = tx.updateTable('tickets').where('ticket', '=', ticket);
    const counted = counts[event.type];
    if (counted !== undefined) await own.set((row) => ({ [counted]: row(counted, '+', 1) })).execute();
    const set = changeOf(event);
    if (set !== undefined) await own.set(set).execute();
    if (event.type === 'ticket.dispatched')
      await own
        .where('first_due_at', 'is', null)
        .set({ first_due_at: numberOf(event, 'due') ?? null })
        .execute();
  }
};

const counts: Readonly<Record<string, 'returns' | 'urged' | 'reopened'>> = {
  'ticket.returned': 'returns',
  'ticket.urged': 'urged',
  'ticket.reopened': 'reopened',
};

function createdRow(ticket: string, event: TimelineEvent): Insertable<Schema['tickets']> {
  const text = (name: string) => textOf(event, name) ?? null;
  return {
    ticket,
    kind: text('kind') ?? '',
    stage: 'draft',
    owner: text('owner') ?? '',
    first: text('first') ?? '',
    customer: text('customer'),
    case: text('case'),
    interaction: event.interaction ?? null,
    secret: event.fields['secret'] === true,
    made_at: event.occurredAt,
    title_ref: text('title'),
    about_ref: text('about'),
  };
}

function changeOf(event: TimelineEvent): Change | undefined {
  const due = numberOf(event, 'due');
  const at = event.occurredAt;
  const text = (name: string) => textOf(event, name) ?? null;
  switch (event.type) {
    case 'ticket.dispatched':
      return { stage: 'dispatched', department: text('department'), due_at: due ?? null };
    case 'ticket.acknowledged':
      return { stage: 'in-work' };
    case 'ticket.returned':
      return { stage: 'returned', paused_at: null, pause_reason: null, exception: null };
    case 'ticket.paused':
      return { paused_at: at, pause_reason: text('reason') };
    case 'ticket.resumed':
      return { paused_at: null, pause_reason: null, ...(due === undefined ? {} : { due_at: due }) };
    case 'ticket.supervised':
      return { supervised: true };
    case 'ticket.exception-asked':
      return { exception: text('exception') };
    case 'ticket.exception-decided':
      return { exception: null, ...(due === undefined ? {} : { due_at: due }) };
    default:
      return endOf(event, at);
  }
}

function endOf(event: TimelineEvent, at: number): Change | undefined {
  switch (event.type) {
    case 'ticket.resolved':
      return { stage: 'resolved', exception: null, result: textOf(event, 'result') ?? null, answer_ref: textOf(event, 'answer') ?? null };
    case 'ticket.customer-told':
      return { stage: 'told' };
    case 'ticket.revisited':
      return { score: numberOf(event, 'score') ?? null };
    case 'ticket.reopened':
      return { stage: 'in-work', due_at: numberOf(event, 'due') ?? null, result: null, closed_at: null };
    case 'ticket.owner-changed':
      return { owner: textOf(event, 'to') ?? '' };
    case 'suggestion.valued':
      return { value: (textOf(event, 'value') ?? null) as TicketRow['value'], award: textOf(event, 'award') ?? null };
    case 'ticket.closed':
      return { stage: 'closed', closed_at: at };
    default:
      return undefined;
  }
}

export interface TicketFilter {
  readonly limit: number;
  readonly closed: boolean;
  /** owner or first receiver */
  readonly people?: readonly string[] | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly overdueAt?: number | undefined;
  readonly kind?: string | undefined;
  readonly customers?: readonly string[] | undefined;
}

/** Open tickets by due time, closed ones newest first. `people` and `departments` together widen the list. */
export async function findTickets(db: Database, filter: TicketFilter): Promise<TicketRow[]> {
  const { people, departments, overdueAt, kind, customers, closed } = filter;
  let query = db.selectFrom('tickets').selectAll().limit(Math.min(filter.limit, 500));
  query = closed ? query.where('stage', '=', 'closed').orderBy('closed_at', 'desc') : query.where('stage', '<>', 'closed');
  if (!closed) query = query.orderBy(sql`due_at asc nulls last`).orderBy('made_at');
  if (people !== undefined || departments !== undefined) {
    query = query.where((where) =>
      where.or([
        where('owner', '=', sql<string>`any(${people ?? []})`),
        where('first', '=', sql<string>`any(${people ?? []})`),
        where.and([where('department', '=', sql<string>`any(${departments ?? []})`), where('stage', '<>', 'draft')]),
      ]),
    );
  }
  if (overdueAt !== undefined)
    query = query.where('due_at', '<', overdueAt).where('paused_at', 'is', null).where('stage', 'not in', ['told', 'draft']);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (customers !== undefined) query = query.where('customer', '=', sql<string>`any(${customers})`);
  return query.execute();
}

export function findTicket(db: Database, ticket: string): Promise<TicketRow | undefined> {
  return db.selectFrom('tickets').selectAll().where('ticket', '=', ticket).executeTakeFirst();
}

/** Every ticket that is owed an answer: what the ledger of promises is brought in line with after a restart. */
export async function owedTickets(db: Database, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('tickets').select('ticket').where('stage', 'not in', ['draft', 'closed']).limit(limit).execute();
  return rows.map(({ ticket }) => ticket);
}
