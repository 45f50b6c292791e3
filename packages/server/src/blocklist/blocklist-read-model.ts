import { type Selectable, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';

export type BlocklistRow = Selectable<Schema['blocklist']>;

/** Entries that are listed, at most. */
const mostListed = 2000;

export interface FreshBlock {
  readonly entry: string;
  readonly number: string;
  readonly reason: string;
  readonly offer: 'end' | 'message';
  readonly until: number;
  readonly by: string;
}

const subjectOf = (entry: string) => `blocked-${entry}`;

/** Those in force first, then newest first. */
export function listBlocks(db: Database, now: number): Promise<BlocklistRow[]> {
  return db
    .selectFrom('blocklist')
    .selectAll()
    .orderBy(sql`released_at is null and until > ${now}`, 'desc')
    .orderBy('at', 'desc')
    .limit(mostListed)
    .execute();
}

export function blocksInForce(db: Database, now: number): Promise<BlocklistRow[]> {
  return db.selectFrom('blocklist').selectAll().where('released_at', 'is', null).where('until', '>', now).execute();
}

/** Stores entries with their numbers, all or none. What is there already stays as it is; says how many were new. */
export async function addBlocks(db: Database, vault: Vault, blocks: readonly FreshBlock[], at: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const keys = await vault.keys(
      tx,
      blocks.map(({ entry }) => subjectOf(entry)),
      at,
    );
    let added = 0;
    for (const { number, ...block } of blocks) {
      const sealed = vault.seal(keys, { subject: subjectOf(block.entry), value: number }, 'blocklist.number', at);
      const done = await tx
        .insertInto('blocklist')
        .values({ ...block, number_ref: sealed.ref, at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (done.numInsertedOrUpdatedRows !== 1n) continue;
      await vault.store(tx, [sealed]);
      added += 1;
    }
    return added;
  });
}

/** False: there is no such entry in force. */
export async function releaseBlock(db: Database, entry: string, by: string, note: string, at: number): Promise<boolean> {
  const done = await db
    .updateTable('blocklist')
    .set({ released_at: at, released_by: by, release_note: note })
    .where('entry', '=', entry)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function countCall(db: Database, entry: string, at: number): Promise<void> {
  await db
    .updateTable('blocklist')
    .set(({ eb, fn }) => ({ calls: eb('calls', '+', 1), last_at: fn<number>('greatest', [sql`coalesce(last_at, 0)`, sql`${at}::bigint`]) }))
    .where('entry', '=', entry)
    .execute();
}

/** Destroys the numbers of entries that have been over for so long; the entries stay as a record of who decided what. */
export async function forgetNumbers(db: Database, vault: Vault, before: number): Promise<void> {
  const over = await sql<{ entry: string }>`
    select entry from blocklist where least(until, coalesce(released_at, until)) < ${before}
      and exists (select from vault_keys k where k.subject = 'blocked-' || entry)`.execute(db);
  for (const { entry } of over.rows) await db.transaction().execute((tx) => vault.erase(tx, subjectOf(entry)));
}
