import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { plainFlow } from '@threerings/core/call-flow/examples';
import type { FlowDetail, FlowRow, PromptRow } from '@threerings/core/wire/call-flows';
import { refusal } from '@threerings/core/wire/refusal';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { toneWav } from '@threerings/testkit/tone';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { flowBookOf } from '../composition/call-flows.ts';
import { actors, roleMatrix } from '../http/route-access.ts';
import { auditInDatabase } from '../people/audit-read-model.ts';
import { promptFeature } from '../prompts/prompt-routes.ts';
import { soundFiles } from '../prompts/sound-files.ts';
import { liveFlows } from './flow-book.ts';
import { flowFeature } from './flow-routes.ts';

const { db } = await testDatabase();
const data = mkdtempSync(path.join(os.tmpdir(), 'threerings-flows-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const audit = auditInDatabase(db);
const now = () => 5000;
const book = flowBookOf({ form: 'serve', config: { data, lookupHosts: ['https://api.example.cn'] }, db, audit, now });
const places = { form: 'serve', data } as const;
const told: string[] = [];
const tell = (what: string) => async () => void told.push(what);
const shell = await testShell(db, {
  features: () => [
    flowFeature(() => ({ book, changed: tell('flows') })),
    promptFeature(() => ({ db, audit, places, now, changed: tell('sounds') })),
  ],
});
beforeEach(async () => {
  await db.deleteFrom('call_flows').execute();
  await db.deleteFrom('prompt_recordings').execute();
});

const leader = await shell.cookieOf('leader');
const operations = await shell.cookieOf('operations');
const codeOf = (answer: { readonly body: unknown }) => refusal.safeParse(answer.body).data?.refused;
const send = (method: 'GET' | 'POST' | 'PUT', url: string, body?: object, as = leader) =>
  shell.request(method, encodeURI(url), { as, body });
const upload = (prompt: string, bytes: Buffer, type = 'audio/wav') =>
  shell.request('POST', encodeURI(`/api/prompts/${prompt}`), { as: leader, body: bytes, headers: { 'content-type': type } });
const menu = (name: string) => `流程 ${name}
步骤 告知
录音告知
接 菜单
步骤 菜单
菜单 主菜单
按 1 去 人工
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 人工
排队
`;

test('every route of flows and prompts lets in exactly who its permission names', async () => {
  const matrix = roleMatrix(shell.routes).filter(({ path: at }) => /^\/api\/(call-flow|prompts)/.test(at));
  expect(matrix.length).toBe(11);
  for (const { method, path: at, allow } of matrix)
    for (const actor of actors) {
      const as = actor === 'anonymous' ? undefined : await shell.cookieOf(actor);
      const code = codeOf(await shell.request(method as 'GET', at.replaceAll(':version', '1').replaceAll(/:\w+/g, 'nobody'), { as }));
      const denied = actor === 'anonymous' ? 'session.none' : 'permission.denied';
      if (allow[actor]) expect([method, at, actor, code]).not.toEqual([method, at, actor, denied]);
      else expect([method, at, actor, code]).toEqual([method, at, actor, denied]);
    }
});

test('a flow is written, cannot go live while a prompt is missing, goes live, and its next version takes its place', async () => {
  expect((await send('POST', '/api/call-flows/主流程/drafts', {})).body).toEqual({ version: 1 });
  const first = (await send('GET', '/api/call-flows/主流程/1')).body as FlowDetail;
  expect(first).toMatchObject({ state: 'draft', revision: 1, author: 'leader', text: plainFlow });
  expect((await send('PUT', '/api/call-flows/主流程/1', { revision: 1, text: menu('主流程') })).body).toEqual({ revision: 2 });
  expect(codeOf(await send('PUT', '/api/call-flows/主流程/1', { revision: 1, text: plainFlow }))).toBe('call-flow.conflict');
  expect(codeOf(await send('PUT', '/api/call-flows/主流程/1', { revision: 2, text: menu('别的') }))).toBe('call-flow.other-name');
  expect(codeOf(await send('POST', '/api/call-flows/主流程/1/publish', undefined))).toBe('permission.denied');
  const broken = await send('POST', '/api/call-flows/主流程/1/publish', undefined, operations);
  expect(broken.body).toMatchObject({ refused: 'call-flow.does-not-check', message: expect.stringContaining('主菜单') });
  expect([await liveFlows(db), told]).toEqual([[], []]);

  expect((await upload('flow-主菜单', toneWav(440, 1))).status).toBe(201);
  expect((await send('POST', '/api/call-flows/主流程/1/publish', undefined, operations)).status).toBe(200);
  expect(await liveFlows(db)).toMatchObject([{ flow: { name: '主流程' }, version: 1 }]);
  expect(codeOf(await send('PUT', '/api/call-flows/主流程/1', { revision: 2, text: plainFlow }))).toBe('call-flow.conflict');

  expect((await send('POST', '/api/call-flows/主流程/drafts', { from: 1 })).body).toEqual({ version: 2 });
  expect((await send('POST', '/api/call-flows/主流程/2/publish', undefined, operations)).status).toBe(200);
  expect(((await send('GET', '/api/call-flows')).body as FlowRow[]).map(({ version, state }) => [version, state])).toEqual([
    [2, 'live'],
    [1, 'superseded'],
  ]);
  // An earlier version is put back, and then none takes calls.
  expect((await send('POST', '/api/call-flows/主流程/1/publish', undefined, operations)).status).toBe(200);
  expect((await send('POST', '/api/call-flows/主流程/withdraw', undefined, operations)).status).toBe(200);
  expect(await liveFlows(db)).toEqual([]);
  expect(codeOf(await send('POST', '/api/call-flows/主流程/withdraw', undefined, operations))).toBe('call-flow.not-live');
  const actions = (await audit.entries(0, 20)).map(({ action }) => action).filter((action) => action.startsWith('call-flow.'));
  expect(actions).toContain('call-flow.published');
  expect(actions).toContain('call-flow.withdrawn');
});

test('each dialled number has one flow at most', async () => {
  for (const name of ['甲', '乙', '丙']) await send('POST', `/api/call-flows/${name}/drafts`, {});
  const own = plainFlow.replace('流程 主流程', '流程 丙\n用于 12333');
  await send('PUT', '/api/call-flows/丙/1', { revision: 1, text: own });
  expect((await send('POST', '/api/call-flows/甲/1/publish', undefined, operations)).status).toBe(200);
  expect(codeOf(await send('POST', '/api/call-flows/乙/1/publish', undefined, operations))).toBe('call-flow.number-taken');
  expect((await send('POST', '/api/call-flows/丙/1/publish', undefined, operations)).status).toBe(200);
});

test('a recording is checked, used at once, kept, and put back; what only stands in for one is told', async () => {
  const silent = toneWav(440, 1).fill(0, 44);
  const code = async (bytes: Buffer) => codeOf(await upload('survey', bytes));
  expect(await code(Buffer.from('no sound'))).toBe('prompt.unreadable');
  expect(await code(toneWav(440, 1, 44_100))).toBe('prompt.unreadable');
  expect(await code(toneWav(440, 0.1))).toBe('prompt.too-short');
  expect(await code(toneWav(440, 121))).toBe('prompt.too-long');
  expect(await code(silent)).toBe('prompt.silent');
  expect(codeOf(await upload('../survey', toneWav(440, 1)))).toBe('route.unknown');
  expect(codeOf(await upload('nothing', toneWav(440, 1)))).toBe('prompt.unknown');

  expect((await upload('survey', toneWav(440, 2), 'application/octet-stream')).body).toMatchObject({
    version: 1,
    durationMs: 2000,
    peakDb: -10,
  });
  // 16 kHz is halved.
  expect((await upload('survey', toneWav(440, 1, 16_000))).body).toMatchObject({ version: 2, durationMs: 1000, peakDb: -10 });
  const rows = (await send('GET', '/api/prompts')).body as PromptRow[];
  const standing = (prompt: string) => rows.find((row) => row.prompt === prompt)?.standing;
  expect([standing('survey'), standing('message-greeting'), standing('menu')]).toEqual(['recorded', 'placeholder', 'missing']);
  expect(rows.find(({ prompt }) => prompt === 'survey')?.versions.map(({ version, inUse }) => [version, inUse])).toEqual([
    [2, true],
    [1, false],
  ]);
  const files = await soundFiles(places, db);
  expect(readFileSync(files['survey'] ?? '').length).toBe(44 + 16_000);
  expect(files['message-greeting']).toContain('tones');
  expect((await send('POST', '/api/prompts/survey/1/use')).status).toBe(200);
  expect(readFileSync((await soundFiles(places, db))['survey'] ?? '').length).toBe(44 + 32_000);
  expect(told.filter((what) => what === 'sounds').length).toBeGreaterThan(3);
  expect(codeOf(await send('POST', '/api/prompts/survey/9/use'))).toBe('prompt.unknown');
  expect((await send('GET', '/api/prompts/survey/sound?version=2')).headers['content-type']).toBe('audio/wav');
});
