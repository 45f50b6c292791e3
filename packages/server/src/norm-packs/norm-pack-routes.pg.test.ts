import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LabelReportOnWire, PackVersionDetail, PackVersionRow, WhatIfView } from '@threerings/core/wire/norm-packs';
import type { TraceEvent } from '@threerings/norms/trace';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, expect, test } from 'vitest';
import { packsFolder as shipped } from '../composition/norms-in-force.ts';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { addCall, emptyReport } from '../rejudging/report.ts';
import { WhatIf } from '../rejudging/what-if.ts';
import { readCalendar } from './calendar-file.ts';
import { readCatalogue } from './catalogue.ts';
import { normPackFeature } from './norm-pack-routes.ts';
import { PackVersions } from './pack-versions.ts';
import { judgingVersions } from './pack-versions-read-model.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-packs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
// One pack and what it is based on are enough: all that ship are checked elsewhere.
for (const name of ['12333', 'common', 'phrases']) cpSync(path.join(shipped, name), path.join(folder, name), { recursive: true });

const { db } = await testDatabase();
const calendar = await readCalendar(path.join(shipped, 'calendar/cn.json'));
const clauses = await readCatalogue(path.join(shipped, 'catalogue'));
let now = 1000;
/** a clause that the catalogue has lost */
let lacking: string | undefined;
const told: number[] = [];
const versions = new PackVersions({
  db,
  audit: auditInDatabase(db),
  packsFolder: folder,
  clauses: () => new Set([...clauses.keys()].filter((clause) => clause !== lacking)),
  calendar: () => calendar.table,
  stored: async (interaction) => (interaction === 'c1' ? storedCall : undefined),
  now: () => now,
  inForce: () => ({ pack: '12333', version: 1 }),
  changed: (effectiveAt) => told.push(effectiveAt),
});
const answeredAt = (at: number, type: string, fields: TraceEvent['fields']): TraceEvent => ({
  id: `s${at}`,
  type,
  by: type === 'call.answered' ? 'agent' : undefined,
  source: 'telephony',
  occurredAt: at,
  seq: at,
  fields,
});
/** rings for twenty seconds: nobody answers in time */
const storedCall = [
  answeredAt(1000, 'call.ringing', { leg: 'a', target: 'agent', agent: '1024' }),
  answeredAt(21_000, 'call.answered', { leg: 'a', agent: '1024', rings: 4 }),
  answeredAt(60_000, 'call.ended', { outcome: 'normal', side: 'customer', talk: 39_000 }),
];
const calls = [{ startedAt: 1, interaction: 'c1', unit: 'team' }];
const whatIf = new WhatIf({
  count: async () => calls.length,
  nextPage: async (_, after) => (after === undefined ? calls : []),
  startJudge: async () => ({
    async judge() {
      const report = emptyReport();
      addCall(report, {
        interaction: 'c1',
        unit: 'team',
        before: [{ norm: 'hold-limit', key: 'h', value: 'broken' }],
        after: [{ norm: 'hold-limit', key: 'h', value: 'kept' }],
      });
      return report;
    },
    stop() {},
  }),
  now: () => 0,
});
const feature = normPackFeature({
  versions: () => versions,
  whatIf: () => whatIf,
  clauses: () => clauses,
  calendar: () => calendar.table,
  now: () => now,
});
const shell = await testShell(db, { features: () => [feature] });
const owner = await shell.cookieOf('norm-owner');
const reviewer = await shell.cookieOf('reviewer');
const agent = await shell.cookieOf('agent');

const at = '/api/norm-packs/12333';
const get = async <T>(url: string, as = owner) => (await shell.request('GET', url, { as })).body as T;
const post = async (url: string, body: object = {}, as = owner) => {
  const { status, body: answer } = await shell.request('POST', url, { as, body });
  return { status, refused: (answer as { refused?: string }).refused, body: answer };
};
const stateOf = async (version: number) => (await get<PackVersionDetail>(`${at}/${version}`)).row.state;

test('shipped packs are read, never changed', async () => {
  const rows = await get<PackVersionRow[]>('/api/norm-packs');
  expect(rows.map(({ pack }) => pack)).toEqual(['12333', '话术库', '通则']);
  expect(rows[0]).toEqual({ pack: '12333', version: 1, title: '12333 电话咨询', shipped: true, inForce: true, state: 'live' });
  const { files, revision } = await get<PackVersionDetail>(`${at}/1`);
  expect(files.map((file) => file.path)).toContain('12333.norm');
  const saved = await shell.request('PUT', `${at}/1`, { as: owner, body: { revision, files } });
  expect(saved.status).toBe(404);
  expect((await shell.request('GET', `${at}/7`, { as: owner })).status).toBe(404);
  expect(await get<unknown[]>('/api/clauses', agent)).toHaveLength(clauses.size);
});

test('a draft is written, reviewed by somebody else, approved, and goes live at its instant', async () => {
  expect(await post(`${at}/drafts`, { from: 1 })).toMatchObject({ status: 201, body: { version: 2 } });
  const draft = await get<PackVersionDetail>(`${at}/2`);
  expect(draft.row).toMatchObject({ state: 'draft', shipped: false, inForce: false });
  expect(draft.files.find((file) => file.path === '12333.norm')?.text).toContain('版本 2');
  const changed = draft.files.map((file) => ({ ...file, text: file.text.replace('= 2 声', '= 4 声') }));
  const saved = await shell.request('PUT', `${at}/2`, { as: owner, body: { revision: draft.revision, files: changed } });
  expect(saved).toMatchObject({ status: 200, body: { revision: draft.revision + 1 } });

  expect((await post(`${at}/2/submit`)).status).toBe(200);
  expect(await post(`${at}/2/review`)).toMatchObject({ status: 409, refused: 'norms.own-text' });
  expect((await post(`${at}/2/review`, {}, reviewer)).status).toBe(200);
  expect(await post(`${at}/2/approve`, { effectiveAt: 500 })).toMatchObject({ refused: 'norms.effective-past' });
  expect((await post(`${at}/2/approve`, { effectiveAt: 5000 })).status).toBe(200);
  expect(told).toEqual([5000]);
  expect(await versions.goLive(4999)).toEqual([]);
  expect(await stateOf(2)).toBe('approved');
  now = 5000;
  expect(await versions.goLive(now)).toMatchObject([{ pack: '12333', version: 2 }]);
  expect((await judgingVersions(db, '12333'))[0]).toMatchObject({ version: 2, reviewer: expect.any(String) });

  expect((await post(`${at}/drafts`, { from: 2 })).body).toEqual({ version: 3 });
  for (const [step, as] of [
    ['submit', owner],
    ['review', reviewer],
    ['approve', owner],
  ] as const)
    expect((await post(`${at}/3/${step}`, {}, as)).status).toBe(200);
  await versions.goLive(now);
  expect([await stateOf(2), await stateOf(3)]).toEqual(['superseded', 'live']);
  const audit = await auditInDatabase(db).entries(0, 50);
  expect(audit.map(({ action }) => action)).toEqual(expect.arrayContaining(['norm-pack.drafted', 'norm-pack.saved', 'norm-pack.live']));
});

test('a text that does not check, or calls itself something else, is refused as a whole, and what was saved stays', async () => {
  const { version } = (await post(`${at}/drafts`, { from: 1 })).body as { version: number };
  const draft = await get<PackVersionDetail>(`${at}/${version}`);
  const put = async (change: (text: string) => string, revision = draft.revision) => {
    const files = draft.files.map((file) => (file.path === '12333.norm' ? { ...file, text: change(file.text) } : file));
    const { status, body } = await shell.request('PUT', `${at}/${version}`, { as: owner, body: { revision, files } });
    return { status, ...(body as { refused?: string; message?: string }) };
  };
  const wrong = await put((text) => text.replace('依据 S1a-15', '依据 S1a-99'));
  expect(wrong).toMatchObject({ status: 422, refused: 'norm-pack.does-not-check' });
  expect(wrong.message).toMatch(/12333\.norm:\d+:\d+: N062/);
  expect(await put((text) => text.replace(/版本 \d+/, '版本 99'))).toMatchObject({ status: 422, refused: 'norm-pack.other-identity' });
  expect(await put((text) => text, draft.revision + 5)).toMatchObject({ status: 409, refused: 'norm-pack.conflict' });
  expect((await get<PackVersionDetail>(`${at}/${version}`)).files).toEqual(draft.files);
  const outside = await shell.request('PUT', `${at}/${version}`, {
    as: owner,
    body: { revision: draft.revision, files: [{ path: '../x.norm', text: '' }] },
  });
  expect(outside.status).toBe(400);
});

test('an approved version that no longer checks when its instant comes goes back to its author, and what is live stays', async () => {
  const { version } = (await post(`${at}/drafts`, { from: 1 })).body as { version: number };
  await post(`${at}/${version}/submit`);
  await post(`${at}/${version}/review`, {}, reviewer);
  expect((await post(`${at}/${version}/approve`, { effectiveAt: now + 1000 })).status).toBe(200);
  const before = (await judgingVersions(db, '12333'))[0];
  lacking = 'S1a-15';
  expect(await versions.goLive(now + 1000)).toEqual([]);
  lacking = undefined;
  const { row } = await get<PackVersionDetail>(`${at}/${version}`);
  expect(row.state).toBe('draft');
  expect(row.note).toMatch(/N091 .*通则/);
  expect((await judgingVersions(db, '12333'))[0]).toEqual(before);
});

test('a version that misses what people labelled is not submitted, and says which conversations to open', async () => {
  const { version } = (await post(`${at}/drafts`, { from: 1 })).body as { version: number };
  const draft = await get<PackVersionDetail>(`${at}/${version}`);
  const save = async (revision: number, label: string) => {
    const added = { path: 'labelled/added.timeline', text: `conversation 一通存下的\nstored c1\n${label}\n` };
    return shell.request('PUT', `${at}/${version}`, { as: owner, body: { revision, files: [...draft.files, added] } });
  };
  expect(await save(draft.revision, 'label no-such-norm kept')).toMatchObject({
    status: 422,
    body: { refused: 'norm-pack.does-not-check' },
  });
  expect((await save(draft.revision, 'label answer-within-rings kept')).status).toBe(200);
  expect(await post(`${at}/${version}/submit`)).toMatchObject({ status: 422, refused: 'norm-pack.below-gate' });
  expect(await get<LabelReportOnWire>(`${at}/${version}/labelled`)).toMatchObject({
    passes: false,
    gate: { precision: 0.9, recall: 0.8 },
    disagreements: expect.arrayContaining([
      expect.objectContaining({ stored: 'c1', norm: 'answer-within-rings', labelled: ['kept'], judged: ['broken'] }),
    ]),
  });
  expect((await save(draft.revision + 1, 'label answer-within-rings broken')).status).toBe(200);
  expect((await post(`${at}/${version}/submit`)).status).toBe(200);
  expect((await shell.request('GET', `${at}/${version}/labelled`, { as: agent })).status).toBe(403);
});

test('who only reads may not write, review or try', async () => {
  for (const url of [`${at}/drafts`, `${at}/2/submit`, `${at}/2/review`, `${at}/2/approve`, `${at}/2/what-if`])
    expect((await post(url, { from: 1 }, agent)).status, url).toBe(403);
  expect((await post(`${at}/drafts`, { from: 1 }, reviewer)).status).toBe(403);
});

test('what a version would change is judged in the background and shown', async () => {
  expect(await get<WhatIfView>(`${at}/2/what-if`)).toMatchObject({ state: 'none', calls: 0 });
  expect((await post(`${at}/2/what-if`)).status).toBe(200);
  await expect.poll(() => get<WhatIfView>(`${at}/2/what-if`)).toMatchObject({ state: 'done', calls: 1, changedCalls: 1 });
  const { changes } = await get<WhatIfView>(`${at}/2/what-if`);
  expect(changes).toEqual([{ norm: 'hold-limit', unit: 'team', from: 'broken', to: 'kept', count: 1, examples: ['c1'] }]);
  expect(await get<WhatIfView>(`${at}/1/what-if`)).toMatchObject({ state: 'none' });
});
