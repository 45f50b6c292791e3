import type { NewEvent } from '@threerings/core/timeline/event';
import type { Verdict } from '@threerings/norms/trace';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import type { AppendRequest } from './append-request.ts';
import { EventStore } from './event-store.ts';
import { findInteraction, listInteractions, openInteractions, projectInteractions } from './interaction-rows.ts';
import { duePromises, projectPromises, promiseDue } from './promise-rows.ts';
import { nextTimerAt } from './timers.ts';
import { Vault } from './vault.ts';
import { dropVerdicts, loadVerdicts, saveVerdicts } from './verdict-rows.ts';

const { db } = await testDatabase();
const vault = new Vault(Buffer.alloc(32));
const store = new EventStore({ db, vault, now: () => 1_000_000, projectors: [projectInteractions, projectPromises] });
await db.insertInto('units').values({ unit: 'u1', parent: null, name: '一班' }).execute();
await db
  .insertInto('people')
  .values({ person: '8021', login: 'wang', name: '王小明', unit: 'u1', roles: ['agent'], password_hash: '', created_at: 0, changed_at: 0 })
  .execute();

async function append(request: AppendRequest): Promise<void> {
  const answer = await store.append(request);
  if ('facts' in answer) throw new Error(`${answer.refused} ${JSON.stringify(answer.facts)}`);
}

const event = (type: string, occurredAt: number, fields: NewEvent['fields'], by?: string): NewEvent => ({
  type,
  occurredAt,
  fields,
  ...(by ? { by } : {}),
});
const offered = (at: number) => event('call.offered', at, { direction: 'in', channel: 'web-call', called: '12333', queue: 'main' });

async function call(interaction: string, at: number, more: readonly NewEvent[] = [], origin?: 'import' | 'replay'): Promise<void> {
  const request = { stream: `interaction-${interaction}`, interaction, ...(origin ? { origin } : {}) };
  await append({ ...request, events: [offered(at)] });
  if (more.length > 0) await append({ ...request, events: more });
}

test('the row of an interaction follows its events', async () => {
  await call('c1', 1_000, [event('call.answered', 9_000, { agent: '8021', leg: 'a1' }, 'agent')]);
  expect(await findInteraction(db, 'c1')).toEqual({
    row: {
      interaction: 'c1',
      startedAt: 1_000,
      channel: 'web-call',
      origin: 'live',
      queue: 'main',
      agent: '8021',
      agentName: '王小明',
      talkMs: 0,
      kept: 0,
      broken: 0,
      unknown: 0,
      moot: 0,
    },
    unit: 'u1',
  });
  expect(await openInteractions(db)).toEqual(['c1']);
  const end = event('call.ended', 69_000, { outcome: 'normal', side: 'customer', talk: 60_000 });
  await append({ stream: 'interaction-c1', interaction: 'c1', events: [end, event('interaction.closed', 80_000, { reason: 'done' })] });
  expect((await findInteraction(db, 'c1'))?.row).toMatchObject({ endedAt: 69_000, outcome: 'normal', talkMs: 60_000 });
  expect(await openInteractions(db)).toEqual([]);
});

test('pages of interactions meet without overlap, newest first, and can be narrowed', async () => {
  for (let at = 0; at < 7; at += 1) await call(`p${at}`, 100_000 + Math.floor(at / 2), [], 'import');
  const seen: string[] = [];
  for (let after: { startedAt: number; interaction: string } | undefined; ; ) {
    const rows = await listInteractions(db, { limit: 3, origin: 'import', after });
    seen.push(...rows.map((row) => row.interaction));
    after = rows.at(-1);
    if (rows.length < 3) break;
  }
  expect(seen).toEqual(['p6', 'p5', 'p4', 'p3', 'p2', 'p1', 'p0']);
  expect((await listInteractions(db, { limit: 10, agent: '8021' })).map((row) => row.interaction)).toEqual(['c1']);
  expect((await listInteractions(db, { limit: 10, from: 100_001, to: 100_002 })).map((row) => row.interaction)).toEqual(['p3', 'p2']);
  expect(await listInteractions(db, { limit: 10, units: ['elsewhere'], origin: 'live' })).toEqual([]);
  // Whom nobody here employs (a replayed call) is nobody else's either: who watches over a unit sees it.
  const stranger = event('call.answered', 200_001, { agent: '0901', leg: 'l1' }, 'agent');
  await call('r1', 200_000, [stranger], 'replay');
  expect((await listInteractions(db, { limit: 10, units: ['elsewhere'], origin: 'replay' })).map((row) => row.agent)).toEqual(['0901']);
});

test('verdicts replace those of the same duty, and the row counts findings only', async () => {
  const verdict = (norm: string, value: Verdict['value'], nature: Verdict['nature'] = 'finding'): Verdict => ({
    norm,
    pack: 'demo',
    packVersion: 1,
    key: 'scope',
    anchor: 1,
    value,
    at: 2,
    cites: [],
    witnesses: [],
    nature,
  });
  const save = (verdicts: readonly Verdict[]) =>
    db.transaction().execute((tx) =>
      saveVerdicts(
        tx,
        'c1',
        verdicts.map((each) => ({ verdict: each, body: { norm: each.norm, value: each.value } })),
      ),
    );
  const counts = async () => {
    const { kept, broken, unknown, moot } = (await findInteraction(db, 'c1'))?.row ?? {};
    return [kept, broken, unknown, moot];
  };
  await save([verdict('N1', 'broken'), verdict('N2', 'kept'), verdict('N3', 'broken', 'hint'), verdict('N4', 'unknown')]);
  expect(await counts()).toEqual([1, 1, 1, 0]);
  await save([verdict('N1', 'moot')]);
  expect(await counts()).toEqual([1, 0, 1, 1]);
  await db.transaction().execute((tx) => dropVerdicts(tx, 'c1', [{ norm: 'N2', key: 'scope' }]));
  expect(await counts()).toEqual([0, 0, 1, 1]);
  expect(await loadVerdicts(db, 'c1', (body) => body)).toContainEqual({ norm: 'N1', value: 'moot' });
});

test('a promise has its row and its timer as long as it is open', async () => {
  const stream = 'promise-b1';
  const fields = { promise: 'b1', kind: 'callback' };
  await append({ stream, interaction: 'c1', events: [event('promise.made', 5_000, { ...fields, due: 65_000, owner: '8021' }, 'agent')] });
  expect(await duePromises(db, 10)).toMatchObject([{ promise: 'b1', state: 'open', interaction: 'c1', due_at: 65_000, owner: '8021' }]);
  expect(await nextTimerAt(db, [promiseDue])).toBe(65_000);
  await append({
    stream,
    interaction: 'c1',
    events: [event('promise.moved', 6_000, { ...fields, due: 95_000, told: true, reason: 'asked' })],
  });
  expect(await nextTimerAt(db, [promiseDue])).toBe(95_000);
  await append({ stream, interaction: 'c1', events: [event('promise.kept', 7_000, fields, 'agent')] });
  expect(await duePromises(db, 10)).toEqual([]);
  expect(await nextTimerAt(db, [promiseDue])).toBeUndefined();
});
