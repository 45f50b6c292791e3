import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';
import type { VendorFile } from './vendor.ts';

export type MediaRow = Selectable<Schema['chat_media']>;

export interface NewMedia {
  readonly interaction: string;
  readonly message: string;
  /** whose data the file is */
  readonly subject: string;
  readonly files: readonly VendorFile[];
  readonly at: number;
}

/** What is to be fetched stands here before its message is told; where that began another conversation after all, it is of that one. */
export async function addMedia(db: Database, vault: Vault, { interaction, message, subject, files, at }: NewMedia): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const keys = await vault.keys(tx, [subject], at);
    for (const [place, file] of files.entries()) {
      const sealed = vault.seal(keys, { subject, value: JSON.stringify(file) }, 'chat.media', at);
      const row = { attachment: fileId(message, place), message, interaction, media_ref: sealed.ref, made_at: at, next_at: at };
      const added = await tx
        .insertInto('chat_media')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('attachment').doUpdateSet({ interaction, media_ref: sealed.ref }).where('chat_media.state', '=', 'waiting'),
        )
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows === 1n) await vault.store(tx, [sealed]);
    }
  });
}

/** Derived: the file of a message is the same one, however often the message is brought. A UUID. */
function fileId(message: string, place: number): string {
  const hash = createHash('sha256').update(`${message} file ${place}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

export function nextMedia(db: Database, interaction: string): Promise<MediaRow | undefined> {
  const own = db.selectFrom('chat_media').selectAll().where('interaction', '=', interaction).where('state', '=', 'waiting');
  return own.orderBy('next_at').orderBy('made_at').orderBy('attachment').limit(1).executeTakeFirst();
}

/** Conversations of which a file is still to be fetched. */
export async function waitingMedia(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('chat_media').select('interaction').distinct().where('state', '=', 'waiting').execute();
  return rows.map(({ interaction }) => interaction);
}

export async function noteMedia(db: Database, attachment: string, state: 'kept' | 'missing', fault: string | null): Promise<void> {
  await db.updateTable('chat_media').set({ state, fault }).where('attachment', '=', attachment).execute();
}

export async function noteMediaLater(db: Database, { attachment, attempts }: MediaRow, fault: string, nextAt: number): Promise<void> {
  const later = { attempts: attempts + 1, fault, next_at: nextAt };
  await db.updateTable('chat_media').set(later).where('attachment', '=', attachment).execute();
}

export async function forgetMedia(db: Database, before: number): Promise<void> {
  await db.deleteFrom('chat_media').where('made_at', '<', before).where('state', '<>', 'waiting').execute();
}
