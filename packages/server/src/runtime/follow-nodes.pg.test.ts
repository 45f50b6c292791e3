import type { TimelineEvent } from '@threerings/core/timeline/event';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { listenCommitted } from '../store/commit-feed.ts';
import { EventStore } from '../store/event-store.ts';
import { Vault } from '../store/vault.ts';
import { Dispatch } from './dispatch.ts';
import { followNodes, type Nodes } from './follow-nodes.ts';

const { db, url } = await testDatabase();
const started: Nodes[] = [];
afterEach(async () => {
  for (const node of started.splice(0)) await node.stop();
});

async function node(name: string) {
  const errors: unknown[] = [];
  const told: TimelineEvent[] = [];
  let nodes: Nodes | undefined;
  const store = new EventStore({
    db,
    vault: new Vault(Buffer.alloc(32)),
    now: Date.now,
    committed(events) {
      dispatch.publish(events);
      nodes?.committed();
    },
  });
  const dispatch: Dispatch = new Dispatch({
    load: (stream, after) => store.load(stream, after),
    onError: (_who, error) => errors.push(error),
  });
  dispatch.subscribe('test', (events) => void told.push(...events));
  const publish = (events: readonly TimelineEvent[]) => dispatch.publish(events);
  nodes = await followNodes({ db, url, node: name, clock: systemClock, publish, onError: (error) => errors.push(error) });
  started.push(nodes);
  const happen = (stream: string) =>
    store.append({ stream, recorder: 'plain', events: [{ type: 'test.happened', occurredAt: 1, fields: {} }] });
  return { told, errors, happen };
}

test('what one node commits is told on the other, once and in order, and on the first not twice', async () => {
  const [one, other] = await Promise.all([node('one'), node('other')]);
  // A stream begins on one node; the next writes to it when it has heard of it (`Dispatch` says why).
  await other.happen('shared');
  await vi.waitFor(() => expect(one.told.length).toBe(1), { timeout: 25_000 });
  for (let turn = 1; turn < 30; turn += 1) await (turn % 3 === 0 ? other : one).happen('shared');
  await vi.waitFor(() => expect([one.told.length, other.told.length]).toEqual([30, 30]), { timeout: 25_000 });
  const inOrder = Array.from({ length: 30 }, (_, at) => at + 1);
  expect(one.told.map((event) => event.n)).toEqual(inOrder);
  expect(other.told.map((event) => event.n)).toEqual(inOrder);
  expect([...one.errors, ...other.errors]).toEqual([]);
});

test('many commits are one notification per tick, not one each', async () => {
  const heard: string[] = [];
  const unlisten = await listenCommitted(
    url,
    (from) => heard.push(from),
    () => {},
  );
  try {
    const busy = await node('busy');
    const began = performance.now();
    await Promise.all(Array.from({ length: 400 }, (_, at) => busy.happen(`busy-${at}`)));
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0), { timeout: 10_000 });
    const ticks = Math.ceil((performance.now() - began) / 20) + 1;
    expect(heard.length).toBeLessThanOrEqual(ticks);
    expect(heard.length).toBeLessThan(400);
  } finally {
    await unlisten();
  }
});

test('a node whose listening connection breaks listens again and catches up', async () => {
  const [one, other] = await Promise.all([node('steady'), node('shaken')]);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen threerings_committed' and datname = current_database()`.execute(
    db,
  );
  await one.happen('after-the-break');
  await vi.waitFor(() => expect(other.told.map((event) => event.stream)).toContain('after-the-break'), { timeout: 10_000 });
  expect(other.errors.length).toBeGreaterThan(0);
});
