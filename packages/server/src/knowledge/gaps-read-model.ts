import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';

export type GapRow = Selectable<Schema['knowledge_gaps']>;
export type NewGapRow = Pick<GapRow, 'gap' | 'kind' | 'words' | 'entry' | 'version' | 'interaction' | 'note' | 'agent' | 'at'>;

const mostListed = 300;

/** A repeated report changes nothing. */
export async function addGap(db: Database, gap: NewGapRow): Promise<void> {
  await db
    .insertInto('knowledge_gaps')
    .values({ ...gap, state: 'open' })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Newest first. */
export async function gapsIn(db: Database, state: GapRow['state']): Promise<GapRow[]> {
  return db
    .selectFrom('knowledge_gaps')
    .selectAll()
    .where('state', '=', state)
    .orderBy('at', 'desc')
    .orderBy('gap')
    .limit(mostListed)
    .execute();
}

/** False when it is closed already, or there is none. */
export async function closeGap(db: Database, gap: string, outcome: string, by: string, at: number): Promise<boolean> {
  const closed = await db
    .updateTable('knowledge_gaps')
    .set({ state: 'closed', outcome, closed_by: by, closed_at: at })
    .where('gap', '=', gap)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return closed.numUpdatedRows > 0n;
}
