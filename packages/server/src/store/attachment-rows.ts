import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';

export type OwnerKind = 'chat' | 'ticket' | 'knowledge';
/** What a file belongs to; who may see that may see the file. */
export interface Owner {
  readonly kind: OwnerKind;
  readonly id: string;
}

export type StoredAttachment = Selectable<Schema['attachments']>;
export type GoneWhy = NonNullable<StoredAttachment['gone_why']>;

/** False: the id is taken. */
export async function insertAttachment(tx: Tx, row: Insertable<Schema['attachments']>): Promise<boolean> {
  const done = await tx
    .insertInto('attachments')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export function findAttachment(db: Database | Tx, attachment: string): Promise<StoredAttachment | undefined> {
  return db.selectFrom('attachments').selectAll().where('attachment', '=', attachment).executeTakeFirst();
}

/** Oldest first, also those whose file has gone. */
export function attachmentsOf(db: Database, { kind, id }: Owner, most: number): Promise<StoredAttachment[]> {
  const rows = db.selectFrom('attachments').selectAll().where('owner_kind', '=', kind).where('owner', '=', id);
  return rows.orderBy('made_at').orderBy('attachment').limit(most).execute();
}

export async function countAttachments(db: Database, { kind, id }: Owner): Promise<number> {
  const { n } = await db
    .selectFrom('attachments')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('owner_kind', '=', kind)
    .where('owner', '=', id)
    .where('gone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}

export async function markGone(db: Database, attachments: readonly string[], at: number, why: GoneWhy): Promise<void> {
  await db
    .updateTable('attachments')
    .set({ gone_at: at, gone_why: why })
    .where('attachment', '=', sql<string>`any(${attachments})`)
    .where('gone_at', 'is', null)
    .execute();
}
