import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { emptyTestDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { type Migration, migrate, readMigrations } from './migrate.ts';

const { db, url } = await emptyTestDatabase();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-migrate-'));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const step = (number: number, text: string): Migration => ({ number, name: `step-${number}`, sql: text, sha256: `hash of ${text}` });

test('steps are taken once, in order, and a failing one is taken back whole', async () => {
  const first = step(1, 'create table one (a int)');
  expect(await migrate(url, [first])).toEqual(['step-1']);
  expect(await migrate(url, [first])).toEqual([]);
  const broken = step(2, 'create table two (a int); select 1 / 0');
  await expect(migrate(url, [first, broken])).rejects.toMatchObject({ code: 'database.failed' });
  const { rows } = await sql<{ two: unknown }>`select to_regclass('two') as two`.execute(db);
  expect(rows[0]?.two).toBeNull();
  const both = [first, step(2, 'create table two (a int)')];
  const answers = await Promise.all([migrate(url, both), migrate(url, both)]);
  expect(answers.flat()).toEqual(['step-2']);
});

test('a database of a newer release is refused by name', async () => {
  await expect(migrate(url, [step(1, 'create table one (a int)')])).rejects.toMatchObject({
    code: 'database.newer',
    message: expect.stringContaining('step-2'),
  });
});

test('a database made with another text of a step is refused', async () => {
  await expect(migrate(url, [step(1, 'create table one (b int)'), step(2, 'create table two (a int)')])).rejects.toMatchObject({
    code: 'database.changed',
  });
});

test('a server that does not answer is one clear line', async () => {
  await expect(migrate('postgres://nobody:nothing@127.0.0.1:1/none', [])).rejects.toMatchObject({
    code: 'database.failed',
    message: expect.stringContaining('DATABASE_URL'),
  });
});

test('a gap in the numbers of the files is found', () => {
  fs.writeFileSync(path.join(scratch, '0001-a.sql'), '');
  fs.writeFileSync(path.join(scratch, '0003-c.sql'), '');
  expect(() => readMigrations(scratch)).toThrow('expected number 2');
});
