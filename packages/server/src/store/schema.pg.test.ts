import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { columns } from './columns.ts';

const { db } = await testDatabase();

test('the tables that the code knows are the tables of the database, column by column', async () => {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select table_name as table, column_name as column, udt_name || case is_nullable when 'YES' then '?' else '' end as type
    from information_schema.columns
    where table_schema = 'public' and table_name <> 'schema_migrations'
    order by table_name, ordinal_position`.execute(db);
  const found: Record<string, Record<string, string>> = {};
  for (const { table, column, type } of rows) found[table] = { ...found[table], [column]: type };
  expect(found).toEqual(columns);
});

test('instants are read as numbers', async () => {
  const { rows } = await sql<{ at: unknown }>`select 1767225600000::int8 as at`.execute(db);
  expect(rows[0]?.at).toBe(1_767_225_600_000);
});

test('an integer beyond 2^53 is refused, not rounded', async () => {
  await expect(sql`select 9007199254740993::int8`.execute(db)).rejects.toThrow('does not fit');
});
