import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test, vi } from 'vitest';
import { type Cursor, feedEnd, readFeed } from './commit-feed.ts';
import { openConnection } from './database.ts';
import { EventStore } from './event-store.ts';
import { Vault } from './vault.ts';

const { db, url } = await testDatabase();
const store = new EventStore({ db, vault: new Vault(Buffer.alloc(32)), now: () => 5 });
const happened = (stream: string) =>
  store.append({ stream, recorder: 'plain', events: [{ type: 'test.happened', occurredAt: 1, fields: {} }] });

/**
 * The feed stops below the oldest transaction of the whole server, and other test files write on the same one: read until
 * `count` events are there.
 */
async function settledFeed(cursor: Cursor, count: number) {
  await vi.waitFor(async () => expect((await readFeed(db, cursor)).events.length).toBeGreaterThanOrEqual(count), {
    timeout: 25_000,
    interval: 50,
  });
  return readFeed(db, cursor);
}

test('pages through everything that was committed after the cursor', async () => {
  const start = await feedEnd(db);
  for (const stream of ['one', 'two', 'three']) await happened(stream);
  await settledFeed(start, 3);
  const first = await readFeed(db, start, 2);
  const second = await readFeed(db, first.cursor, 2);
  expect([...first.events, ...second.events].map((event) => event.stream)).toEqual(['one', 'two', 'three']);
  expect([first.isLast, second.isLast]).toEqual([false, true]);
  expect(await readFeed(db, second.cursor)).toMatchObject({ events: [], cursor: second.cursor });
});

test('a transaction that commits late is not passed over, although its positions are lower', async () => {
  const start = await feedEnd(db);
  const slow = await openConnection(url);
  try {
    await slow.query('begin');
    await slow.query(
      `with head as (insert into streams (stream, n, hash) values ('slow', 1, decode(repeat('00', 32), 'hex')) returning stream)
       insert into events (stream, n, id, type, v, source, occurred_at, recorded_at, seq, fields, hash)
       select stream, 1, 'slow-1', 'test.happened', 1, 'system', 1, 1, 1, '{}', decode(repeat('00', 32), 'hex') from head`,
    );
    await happened('quick');
    const early = await readFeed(db, start);
    expect(early.events.map((event) => event.stream)).not.toContain('slow');
    await slow.query('commit');
    const late = await settledFeed(early.cursor, 2 - early.events.length);
    expect([...early.events, ...late.events].map((event) => event.stream).sort()).toEqual(['quick', 'slow']);
  } finally {
    await slow.end();
  }
});
