import type { PackVersion } from '@threerings/core/norm-publishing/lifecycle';
import { type PackText, packText } from '@threerings/core/wire/norm-packs';
import { z } from 'zod';
import type { Database, Tx } from '../store/database.ts';
import type { StoredBases } from './read-pack.ts';

/** A version that was written here. */
export interface StoredVersion extends PackVersion {
  readonly pack: string;
  readonly version: number;
  readonly title: string | undefined;
  readonly revision: number;
}

export interface StoredPack extends StoredVersion {
  readonly files: readonly PackText[];
}

const filesOf = z.array(packText);
const summary = [
  'pack',
  'version',
  'state',
  'title',
  'revision',
  'author',
  'changed_at',
  'reviewer',
  'approver',
  'effective_at',
  'note',
] as const;

type Found = Awaited<ReturnType<typeof rows>>[number];
const rows = (db: Database | Tx) => db.selectFrom('norm_packs').select(summary).execute();

function versionOf(row: Found): StoredVersion {
  const { pack, version, state, revision, author } = row;
  return {
    pack,
    version,
    state,
    revision,
    author,
    title: row.title ?? undefined,
    changedAt: row.changed_at,
    reviewer: row.reviewer ?? undefined,
    approver: row.approver ?? undefined,
    effectiveAt: row.effective_at ?? undefined,
    note: row.note ?? undefined,
  };
}

/** All versions of all packs, without their text; the newest of a pack first. */
export async function listVersions(db: Database): Promise<StoredVersion[]> {
  const found = await db.selectFrom('norm_packs').select(summary).orderBy('pack').orderBy('version', 'desc').execute();
  return found.map(versionOf);
}

export async function findVersion(db: Database | Tx, pack: string, version: number): Promise<StoredPack | undefined> {
  const row = await db
    .selectFrom('norm_packs')
    .select([...summary, 'files'])
    .where('pack', '=', pack)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...versionOf(row), files: filesOf.parse(row.files) };
}

/** States of versions that judge, have judged or may: their text is fixed. */
const fixed = ['live', 'superseded', 'approved'] as const;

/** The text of a version of this hotline that others may be based on. */
export function storedBases(db: Database): StoredBases {
  return async (name, version) => {
    const found = await findVersion(db, name, version);
    return found !== undefined && fixed.some((state) => state === found.state) ? found.files : undefined;
  };
}

/** Versions of a pack that judge or have judged, the live one first, then the newest; without their text. */
export async function judgingVersions(db: Database, pack: string): Promise<StoredVersion[]> {
  const found = await db
    .selectFrom('norm_packs')
    .select(summary)
    .where('pack', '=', pack)
    .where('state', 'in', ['live', 'superseded'])
    .orderBy((order) => order.case().when('state', '=', 'live').then(0).else(1).end())
    .orderBy('version', 'desc')
    .execute();
  return found.map(versionOf);
}

/** Which stored version is to judge a pack, as one word that changes when it does; undefined where none was written here. */
export async function liveMark(db: Database, pack: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('norm_packs')
    .select(['version', 'revision'])
    .where('pack', '=', pack)
    .where('state', '=', 'live')
    .executeTakeFirst();
  return row && `${row.version}@${row.revision}`;
}

/** Approved versions whose effective instant has come, the earliest first. */
export async function dueVersions(db: Database, now: number): Promise<StoredVersion[]> {
  const found = await db
    .selectFrom('norm_packs')
    .select(summary)
    .where('state', '=', 'approved')
    .where('effective_at', '<=', now)
    .orderBy('effective_at')
    .execute();
  return found.map(versionOf);
}

/** False when the version exists already. */
export async function addDraft(db: Database, draft: StoredPack): Promise<boolean> {
  const added = await db
    .insertInto('norm_packs')
    .values({
      ...columnsOf(draft),
      pack: draft.pack,
      version: draft.version,
      title: draft.title ?? null,
      files: JSON.stringify(draft.files),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** False when somebody else changed it in the meantime: `from` is the revision that was read. */
export async function changeVersion(
  db: Database | Tx,
  from: Pick<StoredVersion, 'pack' | 'version' | 'revision'>,
  to: PackVersion,
  text?: { readonly title: string | undefined; readonly files: readonly PackText[] },
): Promise<boolean> {
  const changed = await db
    .updateTable('norm_packs')
    .set({
      ...columnsOf({ ...to, revision: from.revision + 1 }),
      ...(text === undefined ? {} : { title: text.title ?? null, files: JSON.stringify(text.files) }),
    })
    .where('pack', '=', from.pack)
    .where('version', '=', from.version)
    .where('revision', '=', from.revision)
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) > 0;
}

function columnsOf({
  state,
  author,
  changedAt,
  reviewer,
  approver,
  effectiveAt,
  note,
  revision,
}: PackVersion & { readonly revision: number }) {
  return {
    state,
    author,
    revision,
    changed_at: changedAt,
    reviewer: reviewer ?? null,
    approver: approver ?? null,
    effective_at: effectiveAt ?? null,
    note: note ?? null,
  };
}

/** The live version makes room and the due one takes its place, in one transaction. False when another one was faster. */
export async function putLive(
  db: Database,
  due: StoredVersion,
  to: PackVersion,
  supersede: (live: PackVersion) => PackVersion | undefined,
) {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('norm_packs')
      .select(summary)
      .where('pack', '=', due.pack)
      .where('state', '=', 'live')
      .forUpdate()
      .executeTakeFirst();
    const live = row && versionOf(row);
    const past = live && supersede(live);
    if (live && past && !(await changeVersion(tx, live, past))) return false;
    return changeVersion(tx, due, to);
  });
}
