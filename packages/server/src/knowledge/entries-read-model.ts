import type { EntryKind, EntryText, EntryVersion } from '@threerings/core/knowledge/entry';
import type { Selectable } from 'kysely';
import type { Database, Tx } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';

export interface StoredEntry {
  readonly entry: string;
  readonly kind: EntryKind;
  readonly queues: readonly string[];
}

export interface StoredVersion extends EntryVersion {
  readonly changedAt: number;
  readonly note?: string | undefined;
}

export interface LiveEntry extends StoredEntry {
  readonly live: StoredVersion;
}

export async function findEntry(db: Database, entry: string): Promise<StoredEntry | undefined> {
  const row = await db.selectFrom('knowledge_entries').select(['entry', 'kind', 'queues']).where('entry', '=', entry).executeTakeFirst();
  return row && { ...row, kind: row.kind };
}

/** Newest first. */
export async function versionsOf(db: Database | Tx, entry: string): Promise<StoredVersion[]> {
  const rows = await db.selectFrom('knowledge_versions').selectAll().where('entry', '=', entry).orderBy('version', 'desc').execute();
  return rows.map(versionOf);
}

/** The live versions that were changed since (inclusive), and the ids of entries that have none any more. */
export async function liveSince(
  db: Database,
  since: number,
): Promise<{ readonly live: LiveEntry[]; readonly gone: string[]; readonly at: number }> {
  const changed = await db
    .selectFrom('knowledge_versions as v')
    .innerJoin('knowledge_entries as e', 'e.entry', 'v.entry')
    .selectAll('v')
    .select(['e.kind', 'e.queues'])
    .where('v.changed_at', '>=', since)
    .orderBy('v.changed_at')
    .execute();
  const live = changed
    .filter(({ state }) => state === 'live')
    .map((row) => ({ entry: row.entry, kind: row.kind, queues: row.queues, live: versionOf(row) }));
  const standing = new Set(live.map(({ entry }) => entry));
  const ended = changed.filter(({ state, entry }) => (state === 'withdrawn' || state === 'superseded') && !standing.has(entry));
  const still =
    ended.length === 0
      ? []
      : await db
          .selectFrom('knowledge_versions')
          .select('entry')
          .where('state', '=', 'live')
          .where(
            'entry',
            'in',
            ended.map(({ entry }) => entry),
          )
          .execute();
  const kept = new Set(still.map(({ entry }) => entry));
  const gone = [...new Set(ended.map(({ entry }) => entry))].filter((entry) => !kept.has(entry));
  return { live, gone, at: changed.at(-1)?.changed_at ?? since };
}

const mostEdited = 500;

/** The newest version of every entry in one of these states, newest change first. */
export async function editedEntries(
  db: Database,
  states: readonly EntryVersion['state'][],
): Promise<(StoredEntry & { readonly newest: StoredVersion })[]> {
  const rows = await db
    .selectFrom('knowledge_versions as v')
    .innerJoin('knowledge_entries as e', 'e.entry', 'v.entry')
    .selectAll('v')
    .select(['e.kind', 'e.queues'])
    .where('v.state', 'in', [...states])
    .orderBy('v.changed_at', 'desc')
    .orderBy('v.entry')
    .limit(mostEdited)
    .execute();
  return rows.map((row) => ({ entry: row.entry, kind: row.kind, queues: row.queues, newest: versionOf(row) }));
}

/** False when the id is taken. */
export async function addEntry(db: Database, entry: StoredEntry, text: EntryText, agent: string, at: number): Promise<boolean> {
  return db.transaction().execute((tx) => addEntryIn(tx, entry, text, agent, at));
}

export async function addEntryIn(
  tx: Tx,
  { entry, kind, queues }: StoredEntry,
  text: EntryText,
  agent: string,
  at: number,
): Promise<boolean> {
  const added = await tx
    .insertInto('knowledge_entries')
    .values({ entry, kind, queues: [...queues], created_at: at, created_by: agent })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) return false;
  await tx
    .insertInto('knowledge_versions')
    .values({ entry, version: 1, state: 'draft', author: agent, changed_at: at, corrects: false, ...columnsOf(text) })
    .execute();
  return true;
}

/** What an editor has written of an entry. */
export interface Draft {
  readonly text: EntryText;
  readonly corrects: boolean;
  readonly queues: readonly string[];
}

/** Writes the draft that there is anew, or the next version. False while one is in review. */
export async function writeDraft(db: Database, entry: string, draft: Draft, agent: string, at: number): Promise<boolean> {
  return db.transaction().execute((tx) => writeDraftIn(tx, entry, draft, agent, at));
}

export async function writeDraftIn(tx: Tx, entry: string, draft: Draft, agent: string, at: number): Promise<boolean> {
  await tx.selectFrom('knowledge_entries').select('entry').where('entry', '=', entry).forUpdate().execute();
  const [newest] = await versionsOf(tx, entry);
  if (newest?.state === 'in-review') return false;
  await tx
    .updateTable('knowledge_entries')
    .set({ queues: [...draft.queues] })
    .where('entry', '=', entry)
    .execute();
  const columns = { author: agent, changed_at: at, corrects: draft.corrects, note: null, ...columnsOf(draft.text) };
  if (newest?.state === 'draft')
    await tx.updateTable('knowledge_versions').set(columns).where('entry', '=', entry).where('version', '=', newest.version).execute();
  else
    await tx
      .insertInto('knowledge_versions')
      .values({ entry, version: (newest?.version ?? 0) + 1, state: 'draft', ...columns })
      .execute();
  return true;
}

/** Stores how a version is after a decision, if it still is as it was before; what was live is superseded by a new live one. */
export async function storeDecision(
  db: Database,
  entry: string,
  before: StoredVersion,
  after: EntryVersion,
  note: string | undefined,
  at: number,
): Promise<boolean> {
  return db
    .transaction()
    .execute(async (tx) => {
      if (after.state === 'live')
        await tx
          .updateTable('knowledge_versions')
          .set({ state: 'superseded', changed_at: at })
          .where('entry', '=', entry)
          .where('state', '=', 'live')
          .execute();
      const stored = await tx
        .updateTable('knowledge_versions')
        .set({ state: after.state, reviewer: after.reviewer ?? null, changed_at: at, note: note ?? null })
        .where('entry', '=', entry)
        .where('version', '=', before.version)
        .where('state', '=', before.state)
        .where('changed_at', '=', before.changedAt)
        .executeTakeFirst();
      if (stored.numUpdatedRows === 0n) throw new Changed();
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof Changed) return false;
      throw error;
    });
}

class Changed extends Error {}

function columnsOf({ title, keywords, body, items, validFrom, validUntil, reviewDue }: EntryText) {
  const dates = { valid_from: validFrom ?? null, valid_until: validUntil ?? null, review_due: reviewDue ?? null };
  return { title, keywords: [...keywords], body, items: [...items], ...dates };
}

export function versionOf(row: Selectable<Schema['knowledge_versions']>): StoredVersion {
  const { version, state, title, keywords, body, items, author, corrects } = row;
  const optional = {
    validFrom: row.valid_from ?? undefined,
    validUntil: row.valid_until ?? undefined,
    reviewDue: row.review_due ?? undefined,
    reviewer: row.reviewer ?? undefined,
    note: row.note ?? undefined,
  };
  return { version, state, title, keywords, body, items, author, corrects, changedAt: row.changed_at, ...optional };
}
