import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { printTimeline } from '@threerings/core/timeline/jsonl';
import type { ErasureView, RetentionPeriods } from '@threerings/core/wire/retention';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { columns } from '../store/columns.ts';
import { keepPeriods } from './retention-keeper.ts';

const data = mkdtempSync(path.join(tmpdir(), 'threerings-retention-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, settled } = await mattersHouse(database, data);
const dayMs = 86_400_000;

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: answer.status, body: answer.body as Body, said: answer.body as { refused?: string; message?: string } };
}

const fileOf = (call: string) => path.join(data, 'recordings', `${call}-r.wav`);

/** A call that is over, with a recording and what both sides said. */
async function call(id: string, daysAgo: number, words: { caller: string; agent: string }) {
  const at = mattersOpen - daysAgo * dayMs;
  mkdirSync(path.join(data, 'recordings'), { recursive: true });
  writeFileSync(fileOf(id), `RIFF ${words.caller} ${words.agent}`);
  const told = (type: string, second: number, fields: Record<string, string | number>, by?: string) => ({
    ...{ type, occurredAt: at + second * 1000, fields },
    ...(by === undefined ? {} : { by }),
  });
  const said = (second: number, by: 'customer' | 'agent', value: string, ordinal: number) => ({
    ...told(
      'speech.said',
      second,
      {
        chars: value.length,
        start: at + second * 1000,
        end: at + second * 1000 + 900,
        ordinal,
        turn: ordinal,
        confidence: 0.9,
        engine: 'test',
      },
      by,
    ),
    personal: { text: { subject: by === 'customer' ? `customer-${id}` : 'staff-agent', value } },
  });
  const answer = await parts.events.append({
    ...{ stream: `interaction-${id}`, interaction: id, lenient: true },
    events: [
      told('call.offered', 0, { direction: 'in', channel: 'phone', called: '12333' }),
      told('call.answered', 5, { agent: 'agent', leg: `${id}-1` }, 'agent'),
      told('recording.started', 5, { recording: `${id}-r` }, 'system'),
      said(10, 'customer', words.caller, 1),
      said(20, 'agent', words.agent, 2),
      told('recording.stopped', 60, { recording: `${id}-r`, duration: 55_000 }, 'system'),
      told('call.ended', 60, { outcome: 'normal', side: 'customer', talk: 55_000 }),
      told('interaction.closed', 90, { reason: 'finished' }),
    ],
  });
  if ('refused' in answer) throw new Error(`${answer.refused} ${JSON.stringify(answer.facts)}`);
}

const wordsLeft = async (call: string) => {
  const events = await parts.events.withTexts(await parts.events.loadInteraction(call));
  return events.flatMap(({ text }) => text ?? []);
};
const round = () => keepPeriods(matters.retention, mattersOpen);

test('sound goes after its days, words after theirs, and what belongs to an open matter or is held stays', async () => {
  const words = { caller: '我的社保卡丢了', agent: '您好，我来帮您办' };
  for (const [id, daysAgo] of Object.entries({ new: 10, old: 200, ancient: 400, matter: 400, held: 400 })) await call(id, daysAgo, words);
  const ticket = { ticket: 'T-RETAIN-1', kind: 'enquiry', title: '查询', about: '', interaction: 'matter' };
  expect((await ask('agent', 'POST', '/api/tickets', ticket)).status).toBe(201);
  const hold = { hold: 'hold-0001', interaction: 'held', reason: '法院调取（2026）浙 01' };
  expect((await ask('leader', 'POST', '/api/retention/holds', hold)).status).toBe(403);
  expect((await ask('administrator', 'POST', '/api/retention/holds', hold)).status).toBe(201);
  expect((await ask('administrator', 'POST', '/api/retention/holds', hold)).status).toBe(201);

  expect(await round()).toEqual({ recordings: 2, calls: 1, files: 0, entries: 0, tries: 0 });
  expect(Object.fromEntries(['new', 'old', 'ancient', 'matter', 'held'].map((id) => [id, existsSync(fileOf(id))]))).toEqual({
    ...{ new: true, old: false, ancient: false, matter: true, held: true },
  });
  expect([await wordsLeft('old'), await wordsLeft('ancient'), await wordsLeft('held')]).toEqual([
    ['我的社保卡丢了', '您好，我来帮您办'],
    [],
    ['我的社保卡丢了', '您好，我来帮您办'],
  ]);
  expect(await round()).toEqual({ recordings: 0, calls: 0, files: 0, entries: 0, tries: 0 });
  expect((await shell.audit.entries(0, 50)).filter(({ action }) => action === 'retention.deleted')).toHaveLength(1);
});

test('a released hold lets the next round delete, and stands in the list with who released it', async () => {
  const release = { note: '案件已结' };
  expect((await ask('administrator', 'POST', '/api/retention/holds/hold-0001/release', release)).status).toBe(200);
  expect((await ask('administrator', 'POST', '/api/retention/holds/hold-0001/release', release)).said.refused).toBe('hold.gone');
  expect(await round()).toEqual({ recordings: 1, calls: 1, files: 0, entries: 0, tries: 0 });
  const listed = await ask<RetentionPeriods>('administrator', 'GET', '/api/retention');
  expect(listed.body).toMatchObject({
    audioDays: 180,
    holds: [{ hold: 'hold-0001', released: { by: 'administrator', note: '案件已结' } }],
  });
});

/** Every table as text, every file, and the call as it would be exported with its words. */
async function everything(call: string): Promise<string> {
  const tables = await Promise.all(
    Object.keys(columns).map(async (table) => {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(db);
      return rows.map(({ row }) => row).join('\n');
    }),
  );
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name} ${readFileSync(path.join(entry.parentPath, entry.name), 'latin1')}`);
  const exported = printTimeline(await parts.events.withTexts(await parts.events.loadInteraction(call)));
  return [...tables, ...files, exported].join('\n');
}

test('an erased person is found in no table, no file and no export, and a hold refuses the erasure with its reason', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-zhou', name: '周望舒', numbers: ['13955556666'] });
  await call('zhou', 3, { caller: 'ZHOU-WORDS', agent: 'AGENT-NAMED-ZHOU' });
  await db
    .insertInto('customer_contacts')
    .values({ interaction: 'zhou', customer: 'cust-zhou', result: 'created', agent: 'agent', at: mattersOpen })
    .execute();
  const before = await everything('zhou');
  for (const trace of ['ZHOU-WORDS', 'AGENT-NAMED-ZHOU']) expect(before).toContain(trace);

  await ask('administrator', 'POST', '/api/retention/holds', { hold: 'hold-0002', customer: 'cust-zhou', reason: '投诉复查中' });
  const wish = { erasure: 'erasure-zhou', customer: 'cust-zhou', basis: '本人申请' };
  for (const _ of ['once', 'again']) expect((await ask('leader', 'POST', '/api/erasures', wish)).status).toBe(201);
  const listed = await ask<ErasureView[]>('administrator', 'GET', '/api/erasures');
  expect(listed.body).toMatchObject([
    { state: 'asked', askedBy: 'leader', extent: { calls: 1, recordings: 1 }, held: { hold: 'hold-0002', reason: '投诉复查中' } },
  ]);
  const erase = () => ask('administrator', 'POST', '/api/erasures/erasure-zhou', { do: 'erase' });
  expect((await ask('leader', 'POST', '/api/erasures/erasure-zhou', { do: 'erase' })).status).toBe(403);
  const refused = await erase();
  expect([refused.status, refused.said.refused]).toEqual([409, 'erasure.held']);
  expect(refused.said.message).toContain('投诉复查中');
  expect(existsSync(fileOf('zhou'))).toBe(true);

  await ask('administrator', 'POST', '/api/retention/holds/hold-0002/release', { note: '复查结束' });
  expect((await erase()).status).toBe(200);
  expect((await erase()).said.refused).toBe('erasure.gone');
  const after = await everything('zhou');
  for (const trace of ['ZHOU-WORDS', 'AGENT-NAMED-ZHOU', '周望舒', '13955556666', 'zhou-r.wav']) expect(after).not.toContain(trace);
  expect(await wordsLeft('zhou')).toEqual([]);
  expect(await parts.events.loadInteraction('zhou')).toHaveLength(8);
});

test('who asked for an erasure does not decide it, a declined one says why, and one customer is asked for once at a time', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-he', name: '何清', numbers: ['13955557777'] });
  const wish = { erasure: 'erasure-he-1', customer: 'cust-he', basis: '本人来函' };
  expect((await ask('agent', 'POST', '/api/erasures', wish)).status).toBe(403);
  expect((await ask('administrator', 'POST', '/api/erasures', wish)).status).toBe(201);
  expect((await ask('leader', 'POST', '/api/erasures', { ...wish, erasure: 'erasure-he-2' })).said.refused).toBe('erasure.asked');
  expect((await ask('leader', 'POST', '/api/erasures', { ...wish, customer: 'nobody' })).said.refused).toBe('erasure.no-customer');
  expect((await ask('administrator', 'POST', '/api/erasures/erasure-he-1', { do: 'erase' })).said.refused).toBe('erasure.own');
  await db.updateTable('erasures').set({ asked_by: 'leader' }).where('erasure', '=', 'erasure-he-1').execute();
  const decline = { do: 'decline', note: '身份未核实' };
  expect((await ask('administrator', 'POST', '/api/erasures/erasure-he-1', decline)).status).toBe(200);
  expect((await ask<ErasureView[]>('leader', 'GET', '/api/erasures')).body.find(({ erasure }) => erasure === 'erasure-he-1')).toMatchObject(
    {
      ...{ state: 'declined', decidedBy: 'administrator', note: '身份未核实' },
    },
  );
  expect((await ask('leader', 'POST', '/api/erasures', { ...wish, erasure: 'erasure-he-3' })).status).toBe(201);
});

test('a hold is found by person, pinyin, number, case, words of its reason and of its note, and each search is audited', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-qin', name: '秦岭', numbers: ['13955558888'] });
  await call('qin', 2, { caller: '请查', agent: '好的' });
  const contact = { interaction: 'qin', customer: 'cust-qin', result: 'created', agent: 'agent', at: mattersOpen };
  await db.insertInto('customer_contacts').values(contact).execute();
  const at = mattersOpen;
  await parts.floor.tell({ kind: 'caller-arrived', interaction: 'no-card', channel: 'phone', called: '12333', number: '02887651234', at });
  await settled();
  const file = { stream: 'case-case-qin-1', interaction: 'qin' };
  const opened = { type: 'case.opened', occurredAt: at, fields: { case: 'case-qin-1', customer: 'cust-qin', first: 'agent' } };
  await parts.events.append({ ...file, events: [opened] });
  const hold = (id: string, given: object) => ask('administrator', 'POST', '/api/retention/holds', { hold: id, ...given });
  await hold('hold-0010', { interaction: 'qin', reason: '法院调取 38 号' });
  await hold('hold-0011', { interaction: 'no-card', reason: '争议未决' });
  const found = async (q: string) => {
    const { body } = await ask<RetentionPeriods>('administrator', 'GET', `/api/retention?q=${encodeURIComponent(q)}`);
    return body.holds.map((one) => one.hold);
  };
  for (const q of ['秦岭', 'qinling', '139 5555 8888', 'case-qin-1', 'cust-qin', '调取 38', 'HOLD-0010'])
    expect(await found(q), q).toEqual(['hold-0010']);
  expect([await found('87651234'), await found('争议'), await found('复查结束')]).toEqual([['hold-0011'], ['hold-0011'], ['hold-0002']]);
  expect([await found('100%'), await found('13900000000')]).toEqual([[], []]);
  expect((await ask('leader', 'GET', '/api/retention?q=x')).status).toBe(403);
  const { body } = await ask<object>('administrator', 'GET', '/api/audit');
  expect(JSON.stringify(body)).toContain('holds.searched');
  expect(JSON.stringify(body)).not.toContain('秦岭');
});
