import { type Database, databaseOn, openPool } from '@threerings/server/store/database';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { databaseUrl, templateName } from './postgres-for-run.ts';

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  /** Once nothing is asked of it any more, nor by what an answer sets going: whatever else the tests' process waits for is time. */
  quiet(): Promise<void>;
  /** How often a statement through `db`, or the end of its transaction, has changed one of these tables. */
  changes(...tables: readonly string[]): number;
  /** As it was made: every row is gone but the list of migrations. Cheaper than another database. */
  empty(): Promise<void>;
}

/** What an answer sets going asks again within some turns of the event loop. */
const quietTurns = 10;

let made = 0;

/**
 * A migrated database of its own for the calling test file, cloned from the template of the run. It is dropped after the
 * file's tests; a connection that the file leaked makes the drop, and so the file, fail.
 */
export async function testDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${templateName} strategy file_copy`);
}

/** The same, but with no tables in it. */
export async function emptyTestDatabase(): Promise<TestDatabase> {
  return createDatabase('');
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const admin = new pg.Client({ connectionString: inject('postgresUrl') });
  await admin.connect();
  made += 1;
  const name = `t_${process.pid}_${Date.now().toString(36)}_${made}`;
  await admin.query(`create database ${name} ${from}`);
  const url = databaseUrl(inject('postgresUrl'), name);
  const pool = openPool(url, { maxConnections: 6 });
  const changes = countChanges(pool);
  const db = databaseOn(pool);
  afterAll(async () => {
    await db.destroy();
    try {
      // Without `force`: PostgreSQL waits five seconds for connections that are closing; a leaked one is an error.
      await admin.query(`drop database ${name}`);
    } finally {
      await admin.end();
    }
  }, 20_000);
  return { db, url, quiet: () => quiet(pool), changes, empty: () => empty(pool) };
}

async function quiet(pool: pg.Pool): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns += 1) {
    if (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) turns = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const changed = /^\s*(?:insert into|update|delete from)\s+"?(\w+)/i;

/** Counts at the answer of a statement, and again at the commit: what is read before it may be older. */
function countChanges(pool: pg.Pool): (...tables: readonly string[]) => number {
  const counts = new Map<string, number>();
  const count = (table: string) => counts.set(table, (counts.get(table) ?? 0) + 1);
  pool.on('connect', (client) => {
    const open = new Set<string>();
    const ask = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const counted = (...asked: readonly unknown[]) => {
      const [first] = asked;
      const text = typeof first === 'string' ? first : String((first as { readonly text?: string } | undefined)?.text);
      const table = changed.exec(text)?.[1];
      const answer = ask(...asked);
      const ended = () => {
        if (table !== undefined) open.add(table);
        for (const each of open) count(each);
        if (/^\s*(?:commit|rollback)/i.test(text)) open.clear();
      };
      if (answer instanceof Promise) answer.then(ended, ended);
      return answer;
    };
    client.query = counted as typeof client.query;
  });
  return (...tables) => tables.reduce((sum, table) => sum + (counts.get(table) ?? 0), 0);
}

async function empty(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1",
  );
  if (rows.length === 0) return;
  const filled = await pool.query<{ name: string }>(
    rows.map(({ name }) => `select '${name}' as name where exists (select 1 from ${name})`).join(' union all '),
  );
  if (filled.rows.length > 0) await pool.query(`truncate ${filled.rows.map(({ name }) => name).join()} cascade`);
}
