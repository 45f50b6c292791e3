import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { openConnection } from './database.ts';
import { StartRefused } from './start-refused.ts';

/** `src/store` and `dist/store` lie equally deep, so the same relative path serves both. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface Migration {
  /** from 1, without gaps */
  readonly number: number;
  /** `0001-timeline` */
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Any number will do, as long as it stays the same: one migrating process at a time. */
const advisoryLock = 7_733_301;

export function readMigrations(folder: string = migrationsFolder): Migration[] {
  const files = fs.readdirSync(folder).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name));
  return files.sort().map((file, index) => {
    const sql = fs.readFileSync(`${folder}/${file}`, 'utf8');
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Error(`migration ${file}: expected number ${index + 1}`);
    return { number, name: file.replace(/\.sql$/, ''), sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings the database to this release's schema, each step in its own transaction; returns the names of the steps taken.
 * @throws StartRefused for a database of a newer release, or one whose steps were other ones
 */
export async function migrate(url: string, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  const client = await connect(url);
  try {
    await checkServer(client);
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    const done = await applied(client);
    refuseStrangers(done, migrations);
    const taken: string[] = [];
    for (const migration of migrations.slice(done.length)) {
      await apply(client, migration);
      taken.push(migration.name);
    }
    await rebaseCommitOrder(client, migrations);
    return taken;
  } finally {
    await client.end(); // gives the lock back
  }
}

async function connect(url: string): Promise<pg.Client> {
  try {
    return await openConnection(url);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused('database.failed', `cannot connect to the database: ${why}; check DATABASE_URL and that the server runs`, {
      cause: error,
    });
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const answer = await client.query(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
  );
  const { version, encoding } = answer.rows[0];
  if (version < 150_000) {
    throw new StartRefused('database.failed', `the database server is PostgreSQL ${Math.floor(version / 10_000)}, expected 15 or newer`);
  }
  if (encoding !== 'UTF8') {
    throw new StartRefused('database.failed', `the database is encoded in ${encoding}, expected UTF8: create one with encoding 'UTF8'`);
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
}

async function applied(client: pg.Client): Promise<Applied[]> {
  await client.query(
    `create table if not exists schema_migrations (
       number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`,
  );
  const answer = await client.query<Applied>('select number, name, sha256 from schema_migrations order by number');
  return answer.rows;
}

function refuseStrangers(done: readonly Applied[], known: readonly Migration[]): void {
  const newest = done.at(-1);
  if (newest && newest.number > known.length) {
    throw new StartRefused(
      'database.newer',
      `the database was made by a newer release (it has ${newest.name}, this release ends at ${known.at(-1)?.name ?? 'nothing'}): install that release or restore a backup into an empty database`,
    );
  }
  for (const step of done) {
    const ours = known[step.number - 1];
    if (ours && ours.sha256 !== step.sha256) {
      throw new StartRefused(
        'database.changed',
        `the database was made with another ${step.name} than this release has (sha256 ${step.sha256.slice(0, 12)}, here ${ours.sha256.slice(0, 12)}): install the release that made it`,
      );
    }
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into schema_migrations (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused('database.failed', `migration ${migration.name} failed and was taken back: ${why}`, { cause: error });
  }
}

/**
 * A database that was copied from another server (dump and restore) holds transaction numbers of that server. Those that
 * this one has not reached would stay invisible to followers: they get the number of this transaction.
 */
async function rebaseCommitOrder(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  if (!migrations.some((migration) => migration.name === '0001-timeline')) return;
  await client.query('update events set xid = pg_current_xact_id() where xid >= (select pg_snapshot_xmax(pg_current_snapshot()))');
}
