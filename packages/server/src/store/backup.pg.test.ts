import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { emptyTestDatabase, testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { backup } from './backup.ts';
import { columns } from './columns.ts';
import type { Database } from './database.ts';
import { EventStore } from './event-store.ts';
import { projectInteractions } from './interaction-rows.ts';
import { projectPromises } from './promise-rows.ts';
import { restore } from './restore.ts';
import { sealChanges } from './seals.ts';
import { Vault } from './vault.ts';
import { verifyDatabase } from './verify.ts';

const source = await testDatabase();
const target = await emptyTestDatabase();
const vault = new Vault(Buffer.alloc(32, 3));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-backup-'));
const data = path.join(folder, 'data');
const restored = path.join(folder, 'restored');
const file = path.join(folder, 'whole.backup');
const sound = Buffer.from(Array.from({ length: 2_000_000 }, (_, at) => (at * 31) % 251));
afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const { db } = source;
  const store = new EventStore({ db, vault, now: () => 50_000, projectors: [projectInteractions, projectPromises] });
  for (let call = 0; call < 30; call += 1) {
    const interaction = `c${call}`;
    await store.append({
      stream: `interaction-${interaction}`,
      interaction,
      events: [
        {
          type: 'call.offered',
          by: 'customer',
          occurredAt: call,
          fields: { direction: 'in', channel: 'phone', called: '12333 "热线"\\n' },
          personal: { number: { subject: `customer-${call}`, value: `1380000${call}` } },
        },
        { type: 'call.queued', by: 'customer', occurredAt: call + 1, fields: { queue: 'main' } },
      ],
    });
  }
  await store.append({
    stream: 'promise-b1',
    events: [{ type: 'promise.made', by: 'agent', occurredAt: 5, fields: { promise: 'b1', kind: 'callback', due: 99_000, owner: '8021' } }],
  });
  await sealChanges(db, 60_000);
  // A child before its parent: references are whole only at the end.
  await db.insertInto('units').values({ unit: 'z-centre', parent: null, name: '中心' }).execute();
  await db.insertInto('units').values({ unit: 'a-team', parent: 'z-centre', name: '一班' }).execute();
  await db
    .insertInto('people')
    .values({
      person: '8021',
      login: 'wang',
      name: '王',
      unit: 'a-team',
      roles: ['agent', 'leader'],
      password_hash: 'x',
      created_at: 1,
      changed_at: 1,
    })
    .execute();
  await db
    .insertInto('sessions')
    .values({ token_hash: Buffer.alloc(32), person: '8021', created_at: 1, seen_at: 1 })
    .execute();
  await db.insertInto('audit').values({ at: 1, action: 'person.added', actor: null, about: '8021', facts: '{"unit":"a-team"}' }).execute();
  fs.mkdirSync(path.join(data, 'recordings'), { recursive: true });
  fs.writeFileSync(path.join(data, 'recordings/r1.wav'), sound);
  for (const [recording, name] of [
    ['r1', 'recordings/r1.wav'],
    ['r2', 'recordings/gone.wav'],
  ] as const) {
    await db
      .insertInto('recordings')
      .values({ recording, interaction: 'c1', file: name, started_at: 1, duration_ms: 2, bytes: null, sha256: Buffer.alloc(32, 9) })
      .execute();
  }
});

afterEach(async () => {
  await sql`drop schema public cascade`.execute(target.db);
  await sql`create schema public`.execute(target.db);
  fs.rmSync(restored, { recursive: true, force: true });
});

/** Every row of every table as text, but for what a backup leaves out. */
async function contents(db: Database): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of Object.keys(columns)) {
    if (table === 'sessions' || table === 'answered_commands') continue;
    const { rows } = await sql<{ row: string }>`select (to_jsonb(t) - 'xid')::text as row from ${sql.table(table)} t order by 1`.execute(
      db,
    );
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

async function wholeBackup(): Promise<void> {
  fs.rmSync(file, { force: true });
  await backup({ url: source.url, file, dataDirectory: data, now: 70_000 });
}

async function restoreWhole() {
  return restore({ url: target.url, file, dataDirectory: restored });
}

test('what is restored is what was backed up: rows, recordings, chains, personal values; only sessions are gone', async () => {
  fs.rmSync(file, { force: true });
  const summary = await backup({ url: source.url, file, dataDirectory: data, now: 70_000 });
  expect(summary).toMatchObject({ tables: { events: 61, vault: 30, units: 2, audit: 1 }, files: 1, missing: ['recordings/gone.wav'] });
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(await restoreWhole()).toEqual({ madeAt: 70_000, tables: summary.tables, files: 1 });
  expect(await contents(target.db)).toEqual(await contents(source.db));
  expect(fs.readFileSync(path.join(restored, 'recordings/r1.wav')).equals(sound)).toBe(true);
  expect(fs.readdirSync(restored)).toEqual(['recordings']);
  expect(await verifyDatabase(target.db)).toMatchObject({ sound: true, streams: 31, seals: 1 });
  const store = new EventStore({ db: target.db, vault, now: () => 80_000 });
  const [offered] = await store.load('interaction-c7');
  expect([...(await vault.read(target.db, [String(offered?.fields['number'])])).values()]).toEqual(['13800007']);
  const answer = await store.append({
    stream: 'interaction-c7',
    interaction: 'c7',
    events: [{ type: 'alert.acknowledged', by: 'leader', occurredAt: 9, fields: { alert: 'a' } }],
  });
  expect(answer).toMatchObject({ n: 3 });
  expect(await target.db.selectFrom('sessions').selectAll().execute()).toEqual([]);
});

test('without the vault nothing personal is in the file, and the rest is whole', async () => {
  const bare = path.join(folder, 'bare.backup');
  await backup({ url: source.url, file: bare, vault: false, now: 1 });
  expect(await restore({ url: target.url, file: bare })).toMatchObject({ tables: { events: 61 }, files: 0 });
  expect(await target.db.selectFrom('vault').selectAll().execute()).toEqual([]);
  expect(await verifyDatabase(target.db)).toMatchObject({ sound: true });
});

test('a database with rows in it is refused and stays as it is', async () => {
  await wholeBackup();
  await restoreWhole();
  const before = await contents(target.db);
  fs.rmSync(restored, { recursive: true });
  expect(await restoreWhole()).toMatchObject({ fault: 'backup.not-empty', message: expect.stringContaining('name an empty one') });
  expect(await contents(target.db)).toEqual(before);
  expect(fs.readdirSync(restored)).toEqual([]);
});

test('a recording that stands in the way is refused, and no row is written', async () => {
  await wholeBackup();
  fs.mkdirSync(path.join(restored, 'recordings'), { recursive: true });
  fs.writeFileSync(path.join(restored, 'recordings/r1.wav'), 'mine');
  expect(await restoreWhole()).toMatchObject({ fault: 'backup.file-exists' });
  expect(fs.readFileSync(path.join(restored, 'recordings/r1.wav'), 'utf8')).toBe('mine');
  expect((await contents(target.db))['events']).toEqual([]);
});

const lines = () => gunzipSync(fs.readFileSync(file)).toString('utf8').split('\n');
const damages: readonly [string, () => Buffer, RegExp][] = [
  ['cut in the middle', () => fs.readFileSync(file).subarray(0, 20_000), /ends? early|unexpected end|not complete/],
  [
    'cut between two tables',
    () =>
      gzipSync(
        `${lines()
          .slice(0, lines().findIndex((line) => line.startsWith('{"end"')) + 1)
          .join('\n')}\n`,
      ),
    /ends early/,
  ],
  ['with a changed row', () => gzipSync(lines().join('\n').replace('promise-b1', 'promise-b2')), /the checksum differs/],
  [
    'with a row less',
    () =>
      gzipSync(
        lines()
          .filter((line) => !line.includes('"a-team","z-centre"'))
          .join('\n'),
      ),
    /units: expected 2 rows, found 1/,
  ],
  ['of something else', () => gzipSync('{"hello":1}\n'), /line 1: expected the header/],
  ['not even compressed', () => Buffer.from('hello'), /incorrect header/],
];

test.each(damages)('a file %s is refused before anything is written', async (_what, damage, message) => {
  await wholeBackup();
  fs.writeFileSync(file, damage());
  expect(await restoreWhole()).toMatchObject({ fault: 'backup.damaged', message: expect.stringMatching(message) });
  const { rows } = await sql`select 1 from information_schema.tables where table_schema = 'public'`.execute(target.db);
  expect(rows).toEqual([]);
  expect(fs.existsSync(restored)).toBe(false);
});

test('a file whose recordings point outside the data directory is refused', async () => {
  await wholeBackup();
  fs.writeFileSync(file, gzipSync(lines().join('\n').replaceAll('"recordings/r1.wav"', '"../../escaped.wav"')));
  expect(await restoreWhole()).toMatchObject({ fault: 'backup.damaged' });
  expect(fs.existsSync(path.join(folder, '../escaped.wav'))).toBe(false);
});

test('a backup of a newer release is refused by the name of its step', async () => {
  await wholeBackup();
  fs.writeFileSync(file, gzipSync(lines().join('\n').replace('"0001-timeline","sha256":"', '"0001-timeline","sha256":"f')));
  expect(await restoreWhole()).toMatchObject({ fault: 'backup.newer', message: expect.stringContaining('0001-timeline') });
});

test('an existing file is never overwritten', async () => {
  await wholeBackup();
  await expect(backup({ url: source.url, file, now: 1 })).rejects.toThrow('exists: choose another name');
});
