import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Conversations that are asked for together. */
const atOnce = 5000;

/** The matter of each conversation, as it was set last; those without one are absent. */
export async function mattersOf(db: Database, interactions: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let from = 0; from < interactions.length; from += atOnce) {
    const rows = await db
      .selectFrom('events')
      .select(['interaction', sql<string | null>`fields ->> 'matter'`.as('matter')])
      .where('interaction', '=', sql<string>`any(${interactions.slice(from, from + atOnce)})`)
      .where('type', '=', 'matter.set')
      .orderBy('occurred_at')
      .orderBy('seq')
      .execute();
    for (const { interaction, matter } of rows) if (interaction !== null && matter !== null) found.set(interaction, matter);
  }
  return found;
}
