import type { PersonRow } from '@threerings/core/wire/people';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../../store/database.ts';
import type { Schema } from '../../store/schema.ts';

export type DirectoryEntry = Selectable<Schema['directory']>;

type Written = Pick<PersonRow, 'agent' | 'login' | 'name' | 'unit' | 'roles' | 'active' | 'skills'>;

/** Cannot be the hash of any password: whoever has it signs in only after an administrator has set one. */
const noPassword = 'none';

/** Adds and changes people, all or none; logins, roles and skills as given. Sessions of changed people end. */
export async function writePeople(db: Database, fresh: readonly Written[], changed: readonly Written[], at: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`lock table people in share row exclusive mode`.execute(tx);
    const columns = ({ agent, login, name, unit, roles, active, skills }: Written) => ({
      ...{ login, name, unit, active, roles: [...roles], skills: JSON.stringify(skills), changed_at: at },
      person: agent,
    });
    for (const one of fresh)
      await tx
        .insertInto('people')
        .values({ ...columns(one), password_hash: noPassword, created_at: at })
        .execute();
    for (const one of changed) {
      await tx.updateTable('people').set(columns(one)).where('person', '=', one.agent).execute();
      await tx.deleteFrom('sessions').where('person', '=', one.agent).execute();
    }
  });
}

export function readDirectory(db: Database): Promise<DirectoryEntry[]> {
  return db.selectFrom('directory').selectAll().orderBy('department').orderBy('name').execute();
}

/** Adds entries, and puts those that are there already in place of what stood there; all or none. */
export async function writeDirectory(db: Database, entries: readonly DirectoryEntry[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    for (const entry of entries) {
      const { entry: _, ...rest } = entry;
      await tx
        .insertInto('directory')
        .values(entry)
        .onConflict((conflict) => conflict.column('entry').doUpdateSet(rest))
        .execute();
    }
  });
}

/** Days that a hotline has added to the calendar that ships. */
export interface OwnDays {
  readonly holidays: readonly string[];
  readonly workdays: readonly string[];
}

const daysKey = 'calendar';

export async function readOwnDays(db: Database): Promise<OwnDays> {
  const row = await db.selectFrom('settings').select('value').where('key', '=', daysKey).executeTakeFirst();
  const found = (row?.value ?? {}) as Partial<OwnDays>;
  return { holidays: found.holidays ?? [], workdays: found.workdays ?? [] };
}

export async function writeOwnDays(db: Database, days: OwnDays, by: string | undefined, at: number): Promise<void> {
  const row = { value: JSON.stringify(days), changed_at: at, changed_by: by ?? null };
  await db
    .insertInto('settings')
    .values({ key: daysKey, ...row })
    .onConflict((taken) => taken.column('key').doUpdateSet(row))
    .execute();
}

/** Which of these streams exist. */
export async function streamsAmong(db: Database, streams: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('streams')
    .select('stream')
    .where('stream', '=', sql<string>`any(${streams})`)
    .where('n', '>', 0)
    .execute();
  return new Set(rows.map(({ stream }) => stream));
}
