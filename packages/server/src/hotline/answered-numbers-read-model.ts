import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Calls that are looked at when a server starts; older ones are not remembered. */
const mostCalls = 5000;

/** Answered calls since an instant, oldest first, with the reference of the caller's number in the vault. */
export async function answeredNumbers(
  db: Database,
  since: number,
): Promise<readonly { readonly reference: string; readonly agent: string; readonly at: number }[]> {
  const rows = await db
    .selectFrom('interactions')
    .innerJoin('events', (join) => join.onRef('events.interaction', '=', 'interactions.interaction').on('events.type', '=', 'call.offered'))
    .select(['interactions.agent', 'interactions.answered_at as at', sql<string | null>`events.fields->>'number'`.as('reference')])
    .where('interactions.origin', '=', 'live')
    .where(sql`events.fields->>'direction'`, '=', 'in')
    .where('interactions.answered_at', '>=', since)
    .orderBy('interactions.answered_at', 'desc')
    .limit(mostCalls)
    .execute();
  return rows
    .reverse()
    .flatMap(({ agent, at, reference }) => (agent === null || at === null || reference === null ? [] : [{ agent, at, reference }]));
}
