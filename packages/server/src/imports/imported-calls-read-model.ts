import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

const atOnce = 1_000;

/** Those of these interactions that are stored already. */
export async function storedAmong(db: Database, interactions: readonly string[]): Promise<ReadonlySet<string>> {
  const stored = new Set<string>();
  for (let from = 0; from < interactions.length; from += atOnce) {
    const some = interactions.slice(from, from + atOnce);
    const rows = await db.selectFrom('interactions').select('interaction').where('interaction', '=', sql<string>`any(${some})`).execute();
    for (const row of rows) stored.add(row.interaction);
  }
  return stored;
}
