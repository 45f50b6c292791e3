import type { PrivateKey, PrivateNotes } from '@threerings/core/wire/private-notes';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';

const dayMs = 86_400_000;
const mostListed = 500;

/** Only ever those of one person, and none that is over its time. */
export async function notesOf(db: Database, owner: string, days: number, now: number): Promise<PrivateNotes> {
  const key = await db.selectFrom('private_keys').select(['salt', 'proof']).where('owner', '=', owner).executeTakeFirst();
  const notes = await db
    .selectFrom('private_notes')
    .select(['note', 'sealed', 'at'])
    .where('owner', '=', owner)
    .where('at', '>=', now - days * dayMs)
    .orderBy('at', 'desc')
    .limit(mostListed)
    .execute();
  return { ...(key === undefined ? {} : { key }), notes, days };
}

/** A new passphrase opens nothing of what stands there: it begins with nothing. */
export async function chooseKey(db: Database, owner: string, { salt, proof }: PrivateKey, at: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('private_keys').where('owner', '=', owner).execute();
    await tx.insertInto('private_keys').values({ owner, salt, proof, made_at: at }).execute();
  });
}

/** False while no passphrase was chosen, or where the id is somebody else's. */
export async function addNote(db: Database, owner: string, note: string, sealed: string, at: number): Promise<boolean> {
  const key = await db.selectFrom('private_keys').select('owner').where('owner', '=', owner).executeTakeFirst();
  if (key === undefined) return false;
  await db
    .insertInto('private_notes')
    .values({ note, owner, sealed, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const stands = await db.selectFrom('private_notes').select('owner').where('note', '=', note).executeTakeFirst();
  return stands?.owner === owner;
}

export async function removeNote(db: Database, owner: string, note: string): Promise<void> {
  await db.deleteFrom('private_notes').where('owner', '=', owner).where('note', '=', note).execute();
}

/** Notes over their time; how many went. */
export async function expireNotes(db: Database, before: number): Promise<number> {
  const gone = await db.deleteFrom('private_notes').where('at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** Audit entries over their time, at most `most`; how many went. */
export async function expireAudit(db: Database, before: number, most: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('threerings.audit_delete_before', ${String(before)}, true)`.execute(tx);
    const old = tx.selectFrom('audit').select('entry').where('at', '<', before).orderBy('entry').limit(most);
    const gone = await tx.deleteFrom('audit').where('entry', 'in', old).executeTakeFirst();
    return Number(gone.numDeletedRows);
  });
}
