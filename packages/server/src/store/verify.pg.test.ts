import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chainHash } from '@threerings/core/timeline/chain';
import { sealHeads } from '@threerings/core/timeline/seal';
import { SimClock, settlePromises } from '@threerings/testkit/sim-clock';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { eventOf } from './event-rows.ts';
import { EventStore } from './event-store.ts';
import { keepSeals } from './seal-keeper.ts';
import { exportSeals, readSealFile, sealChanges } from './seals.ts';
import { sha256 } from './sha256.ts';
import { Vault } from './vault.ts';
import { verifyDatabase } from './verify.ts';

const { db } = await testDatabase();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-seals-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const store = () => new EventStore({ db, vault: new Vault(Buffer.alloc(32)), now: () => 1_000 });

async function happen(stream: string, times: number): Promise<void> {
  const events = Array.from({ length: times }, (_, at) => ({ type: 'test.happened', occurredAt: at, fields: { at } }));
  await store().append({ stream, recorder: 'plain', events });
}

beforeEach(async () => {
  await happen('a', 5);
  await happen('b', 3);
  await sealChanges(db, 2_000);
  await happen('a', 2);
  await happen('audit', 1);
});
afterEach(async () => {
  await sql`truncate events, seal_heads, seals, streams`.execute(db);
});

function exported() {
  const file = path.join(folder, 'seal-000001.json');
  const seal = readSealFile(file);
  if ('fault' in seal) throw new Error(seal.fault);
  return seal;
}

test('a database as it was written is sound, with and without an exported seal', async () => {
  expect(await verifyDatabase(db)).toEqual({ sound: true, streams: 3, events: 11, seals: 1, damages: [], sealFaults: [] });
  await exportSeals(db, folder);
  expect(await verifyDatabase(db, exported())).toMatchObject({ sound: true });
});

test('a seal covers only what changed since the one before, and names it', async () => {
  const second = await sealChanges(db, 3_000);
  expect(second?.seal.heads.map(({ stream, n }) => [stream, n])).toEqual([
    ['a', 7],
    ['audit', 1],
  ]);
  expect(second?.seal.before).toBeDefined();
  expect(await sealChanges(db, 4_000)).toBeUndefined();
  expect(await verifyDatabase(db)).toMatchObject({ sound: true, seals: 2 });
});

test.each([
  ['an edited field', sql`update events set fields = '{"at": 99}' where stream = 'a' and n = 3`, { stream: 'a', n: 3, kind: 'edited' }],
  ['an edited instant', sql`update events set occurred_at = 1 where stream = 'b' and n = 1`, { stream: 'b', n: 1, kind: 'edited' }],
  ['a deleted event', sql`delete from events where stream = 'a' and n = 2`, { stream: 'a', n: 2, kind: 'missing' }],
  ['a tail that was cut off', sql`delete from events where stream = 'a' and n > 5`, { stream: 'a', n: 6, kind: 'cut' }],
  [
    'a tail that was cut off with its head',
    sql`with gone as (delete from events where stream = 'a' and n > 4)
        update streams set n = 4, sealed_n = 0, hash = (select hash from events where stream = 'a' and n = 4) where stream = 'a'`,
    { stream: 'a', n: 5, kind: 'cut' },
  ],
  [
    'a whole stream that was deleted',
    sql`with gone as (delete from events where stream = 'b') update streams set n = 0, sealed_n = 0 where stream = 'b'`,
    { stream: 'b', n: 1, kind: 'cut' },
  ],
])('%s is found, and where', async (_what, tamper, damage) => {
  await tamper.execute(db);
  const found = await verifyDatabase(db);
  expect(found).toMatchObject({ sound: false, damages: [damage], sealFaults: [] });
});

/** What somebody with all rights would do: change an event and make everything in the database fit again. */
async function rewriteHistory(): Promise<void> {
  await sql`update events set fields = '{"at": 99}' where stream = 'a' and n = 3`.execute(db);
  const rows = await db.selectFrom('events').selectAll().where('stream', '=', 'a').orderBy('n').execute();
  let hash = sha256('a');
  for (const row of rows) {
    hash = chainHash(hash, eventOf(row), sha256);
    await db
      .updateTable('events')
      .set({ hash: Buffer.from(hash, 'hex') })
      .where('id', '=', row.id)
      .execute();
    if (row.n === 5)
      await db
        .updateTable('seal_heads')
        .set({ hash: Buffer.from(hash, 'hex') })
        .where('stream', '=', 'a')
        .execute();
  }
  await db
    .updateTable('streams')
    .set({ hash: Buffer.from(hash, 'hex') })
    .where('stream', '=', 'a')
    .execute();
  const heads = await db.selectFrom('seal_heads').select(['stream', 'n', 'hash']).execute();
  const seal = sealHeads(
    heads.map((head) => ({ ...head, hash: head.hash.toString('hex') })),
    2_000,
    sha256,
  );
  await db
    .updateTable('seals')
    .set({ root: Buffer.from(seal.root, 'hex') })
    .execute();
}

test('a history that was rewritten with fitting hashes and seals shows against the exported seal, and only there', async () => {
  fs.rmSync(path.join(folder, 'seal-000001.json'), { force: true });
  await exportSeals(db, folder);
  await rewriteHistory();
  expect(await verifyDatabase(db)).toMatchObject({ sound: true });
  expect(await verifyDatabase(db, exported())).toMatchObject({
    sound: false,
    damages: [{ stream: 'a', n: 5, kind: 'rewritten' }],
    sealFaults: [{ number: 0, kind: 'not-in-database' }],
  });
});

test('streams and seals that vanished altogether show against the exported seal', async () => {
  fs.rmSync(path.join(folder, 'seal-000001.json'), { force: true });
  await exportSeals(db, folder);
  await sql`truncate events, seal_heads, seals, streams`.execute(db);
  expect(await verifyDatabase(db)).toMatchObject({ sound: true, streams: 0 });
  const found = await verifyDatabase(db, exported());
  expect(found.damages.map(({ stream, kind }) => [stream, kind])).toEqual([
    ['a', 'cut'],
    ['b', 'cut'],
  ]);
});

test('a seal that was altered or taken out of the database is found', async () => {
  await sealChanges(db, 3_000);
  await happen('b', 1);
  await sealChanges(db, 4_000);
  await sql`update seals set sealed_at = 1 where number = 3`.execute(db);
  await sql`delete from seal_heads where number = 2`.execute(db);
  await sql`delete from seals where number = 2`.execute(db);
  expect((await verifyDatabase(db)).sealFaults).toEqual([
    { number: 2, kind: 'missing' },
    { number: 3, kind: 'altered' },
  ]);
});

test('a file that is no seal is described with what was expected', () => {
  const file = path.join(folder, 'other.json');
  fs.writeFileSync(file, '{"format":"threerings-seal-1","sealedAt":1,"heads":[],"root":"short"}');
  expect(readSealFile(file)).toMatchObject({
    fault: expect.stringMatching(/other\.json: root: expected a SHA-256 in hex; expected an exported/),
  });
  expect(readSealFile(path.join(folder, 'none.json'))).toMatchObject({ fault: expect.stringContaining('ENOENT') });
});

test('the keeper seals and exports every interval, and once more when it stops', async () => {
  const clock = new SimClock(10_000);
  const target = path.join(folder, 'kept');
  const errors: unknown[] = [];
  const keeper = keepSeals({ db, clock, folder: target, onError: (error) => errors.push(error), everyMs: 1_000 });
  await clock.advance(999, settlePromises);
  expect(fs.existsSync(target)).toBe(false);
  await clock.advance(1, settlePromises);
  await vi.waitFor(() => expect(fs.readdirSync(target)).toContain('seal-000002.json'), { timeout: 10_000 });
  await happen('b', 1);
  await keeper.stop();
  expect(fs.readdirSync(target)).toEqual(['seal-000001.json', 'seal-000002.json', 'seal-000003.json']);
  expect(errors).toEqual([]);
  expect(clock.pending).toBe(0);
});
