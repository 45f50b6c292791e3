import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Selectable, sql } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import { eventOf } from './event-rows.ts';
import type { Schema } from './schema.ts';

export type CaseRow = Selectable<Schema['cases']>;

/** Keeps the row of a case in the transaction of its events. */
export const projectCases: Projector = async (tx, appended) => {
  for (const event of appended) {
    const id = event.type.startsWith('case.') ? textOf(event, 'case') : undefined;
    if (id === undefined) continue;
    if (event.type === 'case.opened') {
      const customer = textOf(event, 'customer') ?? null;
      const first = textOf(event, 'first') ?? '';
      await tx
        .insertInto('cases')
        .values({ case: id, customer, first, state: 'open', opened_at: event.occurredAt, closed_at: null })
        .execute();
    } else if (event.type === 'case.closed') {
      await tx.updateTable('cases').set({ state: 'closed', closed_at: event.occurredAt }).where('case', '=', id).execute();
    }
  }
};

/** The links that put this interaction into a case, in order: they stand in the stream of the case. */
export async function caseLinksOf(db: Database, interaction: string): Promise<TimelineEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('interaction', '=', interaction)
    .where('type', '=', 'case.linked')
    .orderBy('occurred_at')
    .orderBy('seq')
    .execute();
  return rows.map(eventOf);
}

/** Cases of these customers, newest first. */
export function casesOf(db: Database, customers: readonly string[], limit: number): Promise<CaseRow[]> {
  return db
    .selectFrom('cases')
    .selectAll()
    .where('customer', '=', sql<string>`any(${customers})`)
    .orderBy('opened_at', 'desc')
    .limit(limit)
    .execute();
}

/** Promises and tickets of these customers that nobody has settled. */
export async function owedTo(db: Database, customers: readonly string[]): Promise<number> {
  const own = sql<string>`any(${customers})`;
  const promises = await db
    .selectFrom('promises')
    .select('promise')
    .where('customer', '=', own)
    .where('state', 'in', ['open', 'missed'])
    .execute();
  const tickets = await db.selectFrom('tickets').select('ticket').where('customer', '=', own).where('stage', '<>', 'closed').execute();
  return promises.length + tickets.length;
}
