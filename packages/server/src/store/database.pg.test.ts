import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';

const { db } = await testDatabase();
const backend = sql<{ pid: number }>`select pg_backend_pid() as pid`;

test('a connection that breaks in the middle of a transaction fails the transaction, not the process', async () => {
  const broken = db.transaction().execute(async (tx) => {
    const { rows } = await backend.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
    // Time for the break to be heard while nothing is being asked.
    await sleep(200);
    await backend.execute(tx);
  });
  await expect(broken).rejects.toThrow();
  expect((await backend.execute(db)).rows).toHaveLength(1);
});
