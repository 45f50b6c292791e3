import type { ErasureView, NewErasure } from '@threerings/core/wire/retention';
import { type Selectable, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';

function viewOf(row: Selectable<Schema['erasures']>): ErasureView {
  const { erasure, customer, basis, state, asked_by: askedBy, asked_at: askedAt } = row;
  const decided = { decidedBy: row.decided_by, decidedAt: row.decided_at, note: row.note, result: row.result };
  const given = Object.fromEntries(Object.entries(decided).filter(([, value]) => value !== null));
  return { erasure, customer, basis, state, askedBy, askedAt, ...given };
}

/** Those that wait for a decision first, then the others, newest first. */
export async function listErasures(db: Database, most: number): Promise<ErasureView[]> {
  const rows = await db.selectFrom('erasures').selectAll().orderBy(sql`state <> 'asked'`).orderBy('asked_at', 'desc').limit(most).execute();
  return rows.map(viewOf);
}

export async function findErasure(db: Database, erasure: string): Promise<ErasureView | undefined> {
  const row = await db.selectFrom('erasures').selectAll().where('erasure', '=', erasure).executeTakeFirst();
  return row && viewOf(row);
}

/** False: there is one of this id, or one of this customer that waits for a decision. */
export async function askErasure(db: Database, { erasure, customer, basis }: NewErasure, by: string, at: number): Promise<boolean> {
  const added = await db
    .insertInto('erasures')
    .values({ erasure, customer, basis, asked_by: by, asked_at: at, state: 'asked', result: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

/** False: somebody decided it meanwhile. */
export async function settleErasure(
  db: Database,
  erasure: string,
  { state, by, at, note, result }: { state: 'done' | 'declined'; by: string; at: number; note?: string; result?: ErasureView['result'] },
): Promise<boolean> {
  const settled = await db
    .updateTable('erasures')
    .set({ state, decided_by: by, decided_at: at, note: note ?? null, result: result === undefined ? null : JSON.stringify(result) })
    .where('erasure', '=', erasure)
    .where('state', '=', 'asked')
    .executeTakeFirst();
  return settled.numUpdatedRows > 0n;
}

/** What hangs on these calls. */
export async function extentOf(db: Database, calls: readonly string[]): Promise<NonNullable<ErasureView['extent']>> {
  const of = (table: 'recordings' | 'tickets' | 'promises') =>
    db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('interaction', '=', sql<string>`any(${calls})`);
  const [recordings, tickets, promises] = await Promise.all([
    of('recordings').executeTakeFirst(),
    of('tickets').where(sql<boolean>`closed_at is null`).executeTakeFirst(),
    of('promises').where(sql<boolean>`state in ('open', 'missed')`).executeTakeFirst(),
  ]);
  return {
    calls: calls.length,
    recordings: Number(recordings?.n ?? 0),
    openTickets: Number(tickets?.n ?? 0),
    openPromises: Number(promises?.n ?? 0),
  };
}
