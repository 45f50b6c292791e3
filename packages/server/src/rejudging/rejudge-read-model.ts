import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Judged } from './report.ts';

/** Which stored interactions are judged anew, by the instant of their beginning, ms UTC. Only closed ones: what goes on is judged live. */
export interface Span {
  /** inclusive; absent = from the first */
  readonly since?: number | undefined;
  /** exclusive; absent = to the last */
  readonly until?: number | undefined;
}

/** Interactions are read in the order (startedAt, interaction); a cursor is the last one that was read. */
export interface Cursor {
  readonly startedAt: number;
  readonly interaction: string;
}

export interface ListedCall extends Cursor {
  /** unit of the agent who had it */
  readonly unit: string | undefined;
}

function within(db: Database, { since, until }: Span) {
  let query = db.selectFrom('interactions').where('closed_at', 'is not', null).where('origin', '!=', 'replay');
  if (since !== undefined) query = query.where('started_at', '>=', since);
  if (until !== undefined) query = query.where('started_at', '<', until);
  return query;
}

export async function countCalls(db: Database, span: Span): Promise<number> {
  const row = await within(db, span)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** The next page after the cursor, oldest first. */
export async function callsAfter(db: Database, span: Span, after: Cursor | undefined, limit: number): Promise<ListedCall[]> {
  let query = within(db, span)
    .leftJoin('people', 'people.person', 'interactions.agent')
    .select(['interactions.interaction', 'interactions.started_at', 'people.unit'])
    .orderBy('started_at')
    .orderBy('interaction')
    .limit(limit);
  if (after) query = query.where(sql<boolean>`(started_at, interaction) > (${after.startedAt}, ${after.interaction})`);
  const rows = await query.execute();
  return rows.map((row) => ({ interaction: row.interaction, startedAt: row.started_at, unit: row.unit ?? undefined }));
}

export interface StoredValue extends Judged {
  readonly pack: string;
}

/** The verdicts in force of these interactions. */
export async function valuesOf(db: Database, interactions: readonly string[]): Promise<ReadonlyMap<string, StoredValue[]>> {
  const found = new Map<string, StoredValue[]>(interactions.map((interaction) => [interaction, []]));
  const rows = await db
    .selectFrom('verdicts')
    .select(['interaction', 'norm', 'key', 'value', 'pack'])
    .where('interaction', '=', sql<string>`any(${interactions})`)
    .execute();
  for (const { interaction, norm, key, value, pack } of rows) found.get(interaction)?.push({ norm, key, value, pack });
  return found;
}
