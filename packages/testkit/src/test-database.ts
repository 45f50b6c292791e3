import { type Database, databaseOn, openPool } from '@threerings/server/store/database';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { databaseUrl, templateName } from './postgres-for-run.ts';

export interface TestDatabase {
  readonly db: Database;
  readonly url: string;
  /** Once nothing is asked of it any more, nor by what an answer sets going: whatever else the tests' process waits for is time. */
  quiet(): Promise<void>;
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
  return { db, url, quiet: () => quiet(pool) };
}

async function quiet(pool: pg.Pool): Promise<void> {
  for (let turns = 0; turns < quietTurns; turns += 1) {
    if (pool.waitingCount > 0 || pool.idleCount < pool.totalCount) turns = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
