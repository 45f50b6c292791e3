import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReportMailings } from '@threerings/core/wire/report-mailings';
import type { ReportRows, ReportView } from '@threerings/core/wire/reports';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test, vi } from 'vitest';
import { readTable } from '../imports/table-file.ts';
import { sendDue } from '../sending/outbox.ts';
import type { Outgoing, Sender } from '../sending/sender.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import { saveVerdicts } from '../store/verdict-rows.ts';
import { mailReports } from './mail-reports.ts';
import { writeReportFiles } from './report-files.ts';
import { harmless } from './report-sheet.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, clock, settled } = await mattersHouse(database);
const queue = parts.floor.hotline.plan.queues[0]?.queue ?? '';
const minute = 60_000;

type ToldAt = readonly [
  minutes: number,
  type: string,
  fields: Record<string, string | number | boolean>,
  more?: { readonly by?: string; readonly personal?: Record<string, { readonly subject: string; readonly value: string }> },
];
type Role = Parameters<typeof shell.cookieOf>[0];
async function get<Body>(who: Role, url: string) {
  const answer = await shell.request('GET', url, { as: await shell.cookieOf(who) });
  return { status: answer.status, body: answer.body as Body, headers: answer.headers };
}
const figures = ({ figures: all }: ReportView) => Object.fromEntries(all.map(({ figure, value }) => [figure, value]));

interface Told {
  readonly at: number;
  readonly agent?: string;
  readonly waitS?: number;
  readonly test?: boolean;
  readonly origin?: 'import';
}

/** A call that is over: answered by the agent after its wait, or given up then. */
async function call(id: string, { at, agent, waitS = 10, test: isTest, origin }: Told) {
  const from = { stream: `interaction-${id}`, interaction: id, ...(origin === undefined ? {} : { origin }) };
  const told = (type: string, second: number, fields: Record<string, string | number | boolean>, by?: string) => ({
    ...{ type, occurredAt: at + second * 1000, fields },
    ...(by === undefined ? {} : { by }),
  });
  const test = isTest === true ? { test: true } : {};
  const end = waitS + 60;
  const answer = await parts.events.append({
    ...from,
    events: [
      told('call.offered', 0, { direction: 'in', channel: 'phone', called: '12333', queue, ...test }),
      ...(agent === undefined
        ? [
            told('call.abandoned', waitS, { stage: 'queue', wait: waitS * 1000 }),
            told('call.ended', waitS, { outcome: 'abandoned', side: 'customer', talk: 0 }),
          ]
        : [
            told('call.answered', waitS, { agent, leg: `${id}-1` }, 'agent'),
            told('call.ended', end, { outcome: 'normal', side: 'customer', talk: 60_000 }),
            told('wrapup.started', end, { agent, limit: 45_000 }),
            told('wrapup.ended', end + 20, { agent }),
          ]),
      told('interaction.closed', end + 20, { reason: 'finished' }),
    ],
  });
  expect('refused' in answer ? answer : 'stored').toBe('stored');
}

const verdict = (key: string, value: 'kept' | 'broken' | 'unknown', who: string) => ({
  ...{
    norm: 'answer-within-rings',
    pack: '12333',
    packVersion: 1,
    key,
    anchor: mattersOpen,
    at: mattersOpen,
    value,
    who,
    nature: 'finding' as const,
  },
  ...{ cites: [], witnesses: [] },
});
async function judge(interaction: string, ...verdicts: ReturnType<typeof verdict>[]) {
  const rows = verdicts.map((each) => ({ verdict: each, body: { verdict: each } }));
  await db.transaction().execute((tx) => saveVerdicts(tx, interaction, rows));
}

await shell.people.addUnit({ unit: 'night', parent: 'centre', name: '夜班', position: 1 });
await shell.people.addPerson(
  { agent: '0900', login: '0900', name: '夜班坐席', unit: 'night', roles: ['agent'], passwordHash: '-' },
  mattersOpen,
);
const at = mattersOpen - 90 * minute;
await call('r-1', { at, agent: 'agent' });
await call('r-2', { at: at + minute, agent: '0900', waitS: 40 });
await call('r-3', { at: at + 2 * minute, waitS: 3 });
await call('r-4', { at: at + 3 * minute, waitS: 30 });
await call('r-test', { at: at + 4 * minute, agent: 'agent', test: true });
await call('r-old', { at: at + 5 * minute, agent: 'agent', origin: 'import' });
await judge('r-1', verdict('k1', 'kept', 'agent'), verdict('k2', 'broken', 'agent'));
await judge('r-2', verdict('k1', 'unknown', '0900'));
await judge('r-test', verdict('k1', 'broken', 'agent'));

test('a day is counted from the calls that were told, without test calls and without those of an old system', async () => {
  const { status, body } = await get<ReportView>('operations', '/api/reports?kind=day&by=agent');
  expect(status).toBe(200);
  expect(figures(body)).toMatchObject({
    offered: 4,
    answered: 2,
    abandoned: 1,
    'abandoned-short': 1,
    connection: 2 / 3,
    'service-level': 1 / 3,
    handling: 80_000,
    compliance: 1 / 2,
    judgeable: 2 / 3,
  });
  expect(body).toMatchObject({
    title: '2026-09-30',
    soFar: true,
    norms: [{ norm: 'answer-within-rings', kept: 1, broken: 1, unknown: 1 }],
  });
  expect(body.groups.map(({ key }) => key)).toEqual(['0900', 'agent']);
  expect(body.steps.reduce((sum, { offered }) => sum + offered, 0)).toBe(4);
  const imported = await get<ReportView>('operations', '/api/reports?of=import');
  expect(figures(imported.body)).toMatchObject({ offered: 1, answered: 1 });
  expect(figures((await get<ReportView>('operations', '/api/reports?day=2026-09-29')).body)).toMatchObject({ offered: 0 });
});

test('what calls were about is counted by the matter that was set last', async () => {
  const told = (matter: string, after: number) => ({ type: 'matter.set' as const, occurredAt: at + after, fields: { matter } });
  const answer = await parts.events.append({
    ...{ stream: 'interaction-r-1', interaction: 'r-1', events: [told('养老', 20_000), told('社保卡', 30_000)] },
  });
  expect('refused' in answer ? answer : 'stored').toBe('stored');
  const top = async (who: Parameters<typeof get>[0]) => (await get<ReportView>(who, '/api/reports')).body.matters;
  expect(await top('operations')).toEqual({ top: [{ matter: '社保卡', calls: 1, chats: 0 }], unset: 1 });
  expect(await top('agent')).toEqual({ top: [{ matter: '社保卡', calls: 1, chats: 0 }], unset: 0 });
  const behind = async (who: Parameters<typeof get>[0], of: string) =>
    (await get<ReportRows>(who, `/api/reports/rows?figure=matters${of}`)).body.rows.map(({ kind, interaction }) => [kind, interaction]);
  expect(await behind('agent', `&matter=${encodeURIComponent('社保卡')}`)).toEqual([['call', 'r-1']]);
  expect([await behind('agent', ''), (await behind('operations', '')).length]).toEqual([[], 1]);
  expect(await behind('operations', `&matter=${encodeURIComponent('养老')}`)).toEqual([]);
});

test('a fact that comes after the end of a call is counted when the report is asked for again', async () => {
  const rated = { type: 'survey.answered', occurredAt: at + 5 * minute, fields: { survey: 's', score: 5 } };
  const late = await parts.events.append({ stream: 'survey-r-1', interaction: 'r-1', events: [rated] });
  expect('refused' in late ? late : 'stored').toBe('stored');
  expect(figures((await get<ReportView>('operations', '/api/reports')).body)).toMatchObject({ satisfied: 1, 'survey-invited': 1 / 2 });
});

test('everybody sees no more than their own part, and asking for another’s is refused', async () => {
  const own = await get<ReportView>('agent', '/api/reports');
  expect(figures(own.body)).toMatchObject({ offered: 1, answered: 1, compliance: 1 / 2 });
  expect(own.body.choices).toMatchObject({ units: [], agents: [{ key: 'agent' }] });
  for (const narrowed of ['agent=0900', 'unit=centre', 'unit=nowhere']) {
    const answer = await get<{ refused: string }>('agent', `/api/reports/rows?figure=offered&${narrowed}`);
    expect([answer.status, answer.body.refused]).toEqual([403, 'report.not-yours']);
  }
  const night = await get<ReportView>('leader', '/api/reports?unit=night');
  expect(figures(night.body)).toMatchObject({ offered: 1, answered: 1 });
  await shell.people.changePerson('leader', { unit: 'night' }, mattersOpen);
  const below = await get<ReportView>('leader', '/api/reports');
  expect(figures(below.body)).toMatchObject({ offered: 3, answered: 1, abandoned: 1 });
  expect((await get('leader', '/api/reports?unit=centre')).status).toBe(403);
  await shell.people.changePerson('leader', { unit: 'centre' }, mattersOpen);
});

test('behind every figure stand its rows', async () => {
  const { body } = await get<ReportView>('operations', '/api/reports');
  for (const { figure, part, whole } of body.figures) {
    const side = whole === undefined ? 'part' : 'whole';
    const behind = (await get<ReportRows>('operations', `/api/reports/rows?figure=${figure}&side=${side}`)).body;
    expect([figure, behind.total, behind.rows.filter(({ counts }) => counts).length]).toEqual([figure, whole ?? part, part]);
  }
  const waits = (await get<ReportRows>('operations', '/api/reports/rows?figure=speed-of-answer')).body;
  expect(waits.rows.map(({ id, value, agent }) => [id, value, agent])).toEqual([
    ['r-2', 40_000, '0900'],
    ['r-1', 10_000, 'agent'],
  ]);
  expect((await get<{ refused: string }>('operations', '/api/reports/rows?figure=constructor')).body.refused).toBe('report.no-figure');
  expect((await get<{ refused: string }>('operations', '/api/reports?day=2026-02-30')).body.refused).toBe('report.no-day');
});

test('promises count by the first due time, tickets by theirs, and a secret ticket is counted but not listed', async () => {
  const as = await shell.cookieOf('agent');
  const dueAt = mattersOpen + 30 * minute;
  await shell.request('POST', '/api/promises', { as, body: { promise: 'rp-1', what: 'other', about: '回复', dueAt } });
  const ticket = { ticket: 'T-0930-9', kind: 'complaint', title: '某', about: '', secret: true, dispatch: { department: 'centre', dueAt } };
  expect((await shell.request('POST', '/api/tickets', { as, body: ticket })).status).toBe(201);
  await settled();
  await clock.advance(60 * minute, settled);
  const { body } = await get<ReportView>('operations', '/api/reports');
  expect(figures(body)).toMatchObject({ 'promises-in-time': 0, 'tickets-in-time': 0 });
  const rows = await get<ReportRows>('operations', '/api/reports/rows?figure=tickets-in-time&side=whole');
  expect(rows.body).toEqual({ rows: [], total: 1, hidden: 1 });
});

test('a verdict whose appeal is upheld counts nowhere any more: not in the report, not in the list of calls', async () => {
  const tally = async () => (await findInteraction(db, 'r-1'))?.row;
  expect(await tally()).toMatchObject({ kept: 1, broken: 1 });
  const file = { norm: 'answer-within-rings', key: 'k2', form: 'appeal', ground: 'evidence', words: '话机没有响' };
  const filed = await shell.request('POST', '/api/interactions/r-1/appeals', { as: await shell.cookieOf('agent'), body: file });
  expect(filed.status).toBe(201);
  const [appeal] = (await get<{ appeal: string }[]>('reviewer', '/api/appeals?of=open')).body;
  const decided = await shell.request('POST', `/api/appeals/${appeal?.appeal}/decide`, {
    as: await shell.cookieOf('reviewer'),
    body: { upheld: true, reason: '话机离线' },
  });
  expect(decided.status).toBe(200);
  expect(await tally()).toMatchObject({ kept: 1, broken: 0 });
  expect(figures((await get<ReportView>('operations', '/api/reports')).body)).toMatchObject({ compliance: 1, 'appeals-upheld': 1 });
  await judge('r-1', verdict('k2', 'broken', 'agent'));
  expect(await tally()).toMatchObject({ broken: 0 });
});

test('shifts, chats and callers who call again are counted, until the caller is erased', async () => {
  const day = Date.parse('2026-08-13T10:00:00+08:00');
  const asked = '/api/reports?kind=day&day=2026-08-13';
  const store = async (stream: string, interaction: string | undefined, events: readonly ToldAt[]) => {
    const answer = await parts.events.append({
      ...{ stream, ...(interaction === undefined ? {} : { interaction }) },
      events: events.map(([minutes, type, fields, more]) => ({ type, occurredAt: day + minutes * minute, fields, ...more })),
    });
    expect('refused' in answer ? answer : 'stored').toBe('stored');
  };
  await store('presence-0900', undefined, [
    [0, 'shift.signed-in', { agent: '0900' }],
    [10, 'presence.changed', { agent: '0900', state: 'talking' }],
    [40, 'presence.changed', { agent: '0900', state: 'rest' }],
    [60, 'presence.changed', { agent: '0900', state: 'offline' }],
  ]);
  for (const [n, minutes] of [0, 30].entries()) {
    const id = `again-${n}`;
    await store(`interaction-${id}`, id, [
      [
        minutes,
        'call.offered',
        { direction: 'in', channel: 'phone', called: '12333', queue },
        { personal: { number: { subject: `customer-${id}`, value: '13800138000' } } },
      ],
      [minutes + 1, 'call.answered', { agent: '0900', leg: `${id}-1` }, { by: 'agent' }],
      [minutes + 2, 'call.ended', { outcome: 'normal', side: 'customer', talk: 60_000 }],
      [minutes + 2, 'interaction.closed', { reason: 'finished' }],
    ]);
  }
  const text = { personal: { text: { subject: 'customer-chat-1', value: '您好' } } };
  await store('interaction-chat-1', 'chat-1', [
    [0, 'chat.opened', { channel: 'web', queue, thread: 't' }],
    [1, 'chat.received', { chars: 2, ordinal: 1, kind: 'text' }, text],
    [2, 'chat.accepted', { agent: '0900' }],
    [6, 'chat.sent', { chars: 2, ordinal: 1, kind: 'text' }, { by: 'agent', ...text }],
    [9, 'chat.ended', { outcome: 'agent' }, { by: 'agent' }],
    [9, 'interaction.closed', { reason: 'finished' }],
  ]);
  const counted = { occupancy: 30 / 40, repeated: 1 / 2, chats: 1, 'chat-first-reply': 5 * minute, 'chat-silent': 1 };
  expect(figures((await get<ReportView>('operations', asked)).body)).toMatchObject(counted);
  expect(figures((await get<ReportView>('operations', asked)).body)).toMatchObject(counted);
  const shifts = (await get<ReportRows>('operations', `/api/reports/rows?day=2026-08-13&figure=occupancy`)).body;
  expect(shifts.rows).toMatchObject([{ kind: 'shift', agent: '0900', value: 30 * minute, counts: true }]);
  const week = (await get<ReportView>('operations', '/api/reports?kind=week&day=2026-08-13')).body;
  expect([week.load?.[3]?.[20], week.load?.[3]?.[21]]).toEqual([1, 1]);
  await db.transaction().execute((tx) => parts.vault.erase(tx, 'customer-again-0'));
  expect(figures((await get<ReportView>('operations', asked)).body)).toMatchObject({ repeated: 0, answered: 2 });
});

test('the same report is a workbook, in the language of the page, and the export is audited', async () => {
  const as = await shell.cookieOf('leader');
  const answer = await shell.app.inject({
    url: '/api/reports/sheet?kind=month',
    headers: { host: 'localhost:8080', cookie: as.cookie, 'accept-language': 'zh' },
  });
  expect(answer.headers['content-disposition']).toContain('threerings-month-2026-09-01_2026-09-30.xlsx');
  const table = await readTable('report.xlsx', answer.rawPayload);
  const cells = table.ok ? table.value.map(({ cells: row }) => row.map(({ text }) => text)) : [];
  expect(cells[0]?.[0]).toBe('2026-09-01 – 2026-09-30（截至目前）');
  expect(cells.find(([name]) => name === '接通率')).toMatchObject([
    '接通率',
    `${2 / 3}`,
    '2',
    '3',
    '接听 ÷（呼入 − 5 秒内放弃），目标 95%',
  ]);
  expect((await shell.audit.entries(0, 5)).map(({ action }) => action)).toContain('report.exported');
  for (const evil of ['=1+1', '+86', '-1', '@SUM(A1)', '\tx']) expect(harmless(evil)).toBe(`'${evil}`);
});

test('the reports of the day, week and month that are over are written at 08:30, once', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'threerings-reports-'));
  try {
    const files = { desk: matters.reports, folder, onError: (error: unknown) => expect(error).toBeUndefined() };
    expect(await writeReportFiles(files, Date.parse('2026-10-01T08:29:00+08:00'))).toEqual([]);
    const written = await writeReportFiles(files, Date.parse('2026-10-01T08:30:00+08:00'));
    expect(written).toEqual(['day-2026-09-30.xlsx', 'week-2026-09-21.xlsx', 'month-2026-09-01.xlsx']);
    expect(await writeReportFiles(files, Date.parse('2026-10-01T12:00:00+08:00'))).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(3);
    const table = await readTable('day.xlsx', readFileSync(path.join(folder, 'day-2026-09-30.xlsx')));
    const cells = table.ok ? table.value.map(({ cells: row }) => row.map(({ text }) => text)) : [];
    expect(cells.find(([name]) => name === '呼入')?.[1]).toBe('4');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const throwing = (error: unknown) => {
  throw error;
};

test('a report is mailed as a workbook when its period is over, once, as who asked for it may see it', async () => {
  const sent: Outgoing[] = [];
  const send = async (outgoing: Outgoing) => {
    sent.push(outgoing);
    return 'sent' as const;
  };
  const mailing = { mailing: 'mail-0001', kind: 'day', by: 'agent', language: 'zh', to: ['wang@example.org', 'li@example.org'] };
  const set = async (who: Role, body: object) => {
    const answer = await shell.request('POST', '/api/report-mailings', { as: await shell.cookieOf(who), body });
    return [answer.status, (answer.body as { refused?: string }).refused];
  };
  expect(await set('leader', mailing)).toEqual([409, 'mailing.no-channel']);
  (matters.outbox.senders as { mail?: Sender }).mail = { send, close: () => {} };
  expect((await set('agent', mailing))[0]).toBe(403);
  expect(await set('leader', { ...mailing, to: ['keine Adresse'] })).toEqual([422, 'mailing.no-address']);
  expect(await set('leader', { ...mailing, unit: 'nowhere' })).toEqual([403, 'mailing.not-yours']);
  expect(await set('leader', mailing)).toEqual([201, undefined]);
  expect(await set('leader', mailing)).toEqual([201, undefined]);
  const listed = await get<ReportMailings>('leader', '/api/report-mailings');
  expect(listed.body.mailings).toMatchObject([{ to: ['w***@example.org', 'l***@example.org'], lastDay: '2026-09-29' }]);
  expect((await get<ReportMailings>('operations', '/api/report-mailings')).body.mailings).toHaveLength(1);
  const stored = await db.selectFrom('report_mailings').selectAll().execute();
  expect(JSON.stringify([stored, await shell.audit.entries(0, 5)])).not.toContain('wang@');
  const mails = { desk: matters.reports, db, vault: parts.vault, hotlineName: '某热线', wake: () => {}, onError: throwing };
  expect(await mailReports(mails, Date.parse('2026-10-01T08:29:00+08:00'))).toBe(0);
  expect(await set('leader', { ...mailing, mailing: 'mail-0002' })).toEqual([201, undefined]);
  vi.spyOn(matters.reports, 'make').mockRejectedValueOnce(new Error('no such table'));
  const failed: string[] = [];
  const onError = (_: unknown, which: string) => void failed.push(which);
  expect(await mailReports({ ...mails, onError }, Date.parse('2026-10-01T08:30:00+08:00'))).toBe(2);
  expect(failed).toEqual(['mail-0001']);
  await shell.request('DELETE', '/api/report-mailings/mail-0002', { as: await shell.cookieOf('leader') });
  expect(await mailReports(mails, Date.parse('2026-10-01T08:30:00+08:00'))).toBe(2);
  expect(await mailReports(mails, Date.parse('2026-10-01T08:35:00+08:00'))).toBe(0);
  const message = 'report-mail-0001-2026-09-30-0';
  const outbox = { db, vault: parts.vault, senders: { mail: { send, close: () => {} } }, now: clock.now };
  await sendDue(outbox, { payload: { message }, attempt: 1 });
  expect(sent).toMatchObject([
    { to: 'wang@example.org', subject: '某热线 日报 2026-09-30', file: { name: 'threerings-day-2026-09-30.xlsx' } },
  ]);
  expect(sent[0]?.text).toMatch(/^呼入 {2}\d+$/m);
  const table = await readTable('day.xlsx', sent[0]?.file?.bytes ?? Buffer.alloc(0));
  expect(table.ok && table.value[0]?.cells[0]?.text).toMatch(/^2026-09-30/);
  await shell.people.changePerson('leader', { active: false }, mattersOpen);
  expect(await mailReports(mails, Date.parse('2026-10-02T08:30:00+08:00'))).toBe(0);
  expect((await get<ReportMailings>('operations', '/api/report-mailings')).body.mailings).toMatchObject([{ fault: 'maker-gone' }]);
  const gone = await shell.request('DELETE', '/api/report-mailings/mail-0001', { as: await shell.cookieOf('operations') });
  expect(gone.status).toBe(200);
  expect((await get<ReportMailings>('operations', '/api/report-mailings')).body.mailings).toEqual([]);
});
