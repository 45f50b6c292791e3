import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

/** Another text after every change of the directory. */
export async function markOf(db: Database): Promise<string> {
  const row = await db
    .selectFrom('directory')
    .select(({ fn }) => [fn.countAll<number>().as('n'), sql<string>`coalesce(sum(hashtext(directory::text)::bigint), 0)`.as('sum')])
    .executeTakeFirstOrThrow();
  return `${row.n}-${row.sum}`;
}
