import type { EntryText, EntryVersion } from '@threerings/core/knowledge/entry';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { addEntryIn, type StoredEntry, type StoredVersion, versionOf, writeDraftIn } from './entries-read-model.ts';

export interface NewestVersion extends StoredEntry, StoredVersion {}

/** The newest version of each of these entries, and of those with one of these titles. */
export async function newestVersions(
  db: Database,
  { entries, titles }: { readonly entries: readonly string[]; readonly titles: readonly string[] },
): Promise<NewestVersion[]> {
  const rows = await db
    .selectFrom('knowledge_versions as v')
    .innerJoin('knowledge_entries as e', 'e.entry', 'v.entry')
    .selectAll('v')
    .select(['e.kind', 'e.queues'])
    .distinctOn('v.entry')
    .where(({ or, eb }) =>
      or([
        eb('v.entry', '=', sql<string>`any(${entries})`),
        eb('v.entry', 'in', (titled) =>
          titled.selectFrom('knowledge_versions').select('entry').where('title', '=', sql<string>`any(${titles})`),
        ),
      ]),
    )
    .orderBy('v.entry')
    .orderBy('v.version', 'desc')
    .execute();
  return rows.map((row) => ({ entry: row.entry, kind: row.kind, queues: row.queues, ...versionOf(row) }));
}

export interface ImportedEntry extends StoredEntry {
  readonly text: EntryText;
}

/** Writes a draft of each, all or none. Throws where somebody sent one of them to review meanwhile. */
export async function writeImported(
  db: Database,
  entries: readonly ImportedEntry[],
  agent: EntryVersion['author'],
  at: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const { text, ...entry } of entries) {
      if (await addEntryIn(tx, entry, text, agent, at)) continue;
      const draft = { text, corrects: false, queues: entry.queues };
      if (!(await writeDraftIn(tx, entry.entry, draft, agent, at))) throw new Error(`entry ${entry.entry} went into review meanwhile`);
    }
  });
}
