import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emptyHotline, withChatEvent } from '@threerings/core/hotline/state';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { fact } from '@threerings/core/timeline/decider';
import type { RoleName } from '@threerings/core/wire/session';
import { type TestShell, testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, expect, test } from 'vitest';
import { Attachments } from '../attachments/attachments.ts';
import { png } from '../attachments/fixtures/sample-files.ts';
import { plainPlan } from '../hotline-plan/plan-read-model.ts';
import { Vault } from '../store/vault.ts';
import { chatFileFeature } from './chat-file-routes.ts';
import { ChatFiles } from './chat-files.ts';

const data = mkdtempSync(path.join(tmpdir(), 'threerings-chat-files-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const { db } = await testDatabase();
const key = Buffer.alloc(32, 3);
const now = Date.UTC(2026, 8, 30, 8);
const chat = (id: string) =>
  [fact('chat.opened', now, { channel: 'web', queue: 'general', thread: id }), fact('chat.accepted', now, { agent: 'agent' })].map(
    (event) => ({
      by: undefined,
      ...event,
    }),
  );
const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: [], days: [] } as never;
let hotline = emptyHotline({ settings: shippedSettings, plan: plainPlan, calendar, staff: [], epoch: 1 });
for (const id of ['one', 'other']) for (const event of chat(id)) hotline = withChatEvent(hotline, id, event);

const written: object[] = [];
let refusing = false;
const shell: TestShell = await testShell(db, {
  features: ({ audit }) => {
    const answer = async (what: object) => {
      if (refusing) return { refused: 'chat.over', facts: {} } as const;
      written.push(what);
      return { ok: true } as const;
    };
    const attachments = new Attachments({ ...{ db, vault: new Vault(key), data, now: () => now, mostMegabytes: 1 }, onError: () => {} });
    const files = new ChatFiles({
      attachments: () => attachments,
      hotline: () => hotline,
      tell: (interaction, told) => answer({ interaction, ...told }),
      ask: (agent, act) => answer({ agent, ...act }),
    });
    return [
      chatFileFeature({
        ...{ files, mostBytes: 1_048_576, audit, now: () => now },
        chatOf: (token) => (token.startsWith('token-') ? token.slice('token-'.length) : undefined),
        maySee: async (person, interaction) => person.agent === 'leader' || (person.agent === 'agent' && interaction === 'one'),
      }),
    ];
  },
});

const bytes = { 'content-type': 'application/octet-stream' };
const visitorSends = (chatOf: string, body: Buffer, name = '图.png', message = randomUUID()) =>
  shell
    .request('POST', `/api/chat/files?${new URLSearchParams({ message, name })}`, {
      body,
      headers: { ...bytes, 'x-chat-token': `token-${chatOf}`, 'accept-language': 'zh' },
    })
    .then((answer) => ({ ...answer, message, body: answer.body as { refused?: string; message?: string; type?: string } }));
const reads = async (who: RoleName, interaction: string, attachment: string) =>
  shell.request('GET', `/api/chats/${interaction}/files/${attachment}`, { as: await shell.cookieOf(who) });

test('a picture of a visitor is written into the conversation by its id, and given out so that nothing runs in it', async () => {
  const sent = await visitorSends('one', png(20, 10), 'a\u202egnp.html');
  expect([sent.status, sent.body.type]).toEqual([201, 'image/png']);
  expect(written.at(-1)).toEqual({
    ...{ interaction: 'one', kind: 'writes', message: sent.message, attachment: sent.message, text: 'agnp.html.png', as: 'image' },
  });
  const seen = await reads('agent', 'one', sent.message);
  expect(seen.status).toBe(200);
  expect(seen.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'attachment; filename="file.png"; filename*=UTF-8\'\'agnp.html.png',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  const entries = await shell.audit.entries(0, 50);
  expect(entries.filter(({ action }) => action === 'attachment.read')).toMatchObject([{ actor: 'agent', about: 'one' }]);
  const own = await shell.request('GET', `/api/chat/files/${sent.message}`, { headers: { 'x-chat-token': 'token-one' } });
  expect(own.status).toBe(200);
  const listed = await shell.request('GET', '/api/chats/one/files', { as: await shell.cookieOf('agent') });
  expect(listed.body).toMatchObject([{ attachment: sent.message, scanned: false, by: 'customer' }]);
});

test('nobody gets at a file by way of another chat, another token, or without the right to see the chat', async () => {
  const { message } = await visitorSends('other', png(2, 2));
  const visitor = (token: string) => shell.request('GET', `/api/chat/files/${message}`, { headers: { 'x-chat-token': token } });
  const answers = [
    await visitor('token-one'),
    await visitor('forged'),
    await reads('agent', 'other', message),
    await reads('agent', 'one', message),
    await reads('leader', 'one', message),
    await reads('department', 'other', message),
  ];
  expect(answers.map(({ status }) => status)).toEqual([404, 401, 404, 404, 404, 403]);
  expect((await reads('leader', 'other', message)).status).toBe(200);
});

test('a file whose period is over is told so in words, to the agent and to the customer, and its message stands', async () => {
  const { message } = await visitorSends('one', png(3, 3));
  await db.updateTable('attachments').set({ gone_at: now, gone_why: 'expired' }).where('attachment', '=', message).execute();
  const own = await shell.request('GET', `/api/chat/files/${message}`, {
    headers: { 'x-chat-token': 'token-one', 'accept-language': 'zh' },
  });
  for (const answer of [await reads('agent', 'one', message), own])
    expect([answer.status, answer.body]).toEqual([410, expect.objectContaining({ refused: 'attachment.gone' })]);
  expect((own.body as { message: string }).message).toContain('保存期已满');
  const listed = await shell.request('GET', '/api/chats/one/files', { as: await shell.cookieOf('agent') });
  expect(listed.body).toContainEqual(expect.objectContaining({ attachment: message, gone: expect.objectContaining({ why: 'expired' }) }));
});

test('what is no picture, is too much, comes from nobody or into a chat that is over is refused in words, and keeps nothing', async () => {
  const before = (await db.selectFrom('attachments').select('attachment').where('gone_at', 'is', null).execute()).length;
  const said = async (answer: ReturnType<typeof visitorSends>) => {
    const { status, body } = await answer;
    return [status, body.refused, (body.message ?? '').includes('file')];
  };
  expect(await said(visitorSends('one', Buffer.from('<svg onload="alert(1)"/>'), 'x.png'))).toEqual([409, 'attachment.type', true]);
  expect(await said(visitorSends('one', Buffer.alloc(1_048_600, 'a'), 'x.txt'))).toEqual([413, 'attachment.too-large', true]);
  expect((await said(visitorSends('one', Buffer.alloc(3_000_000, 'a'), 'x.txt'))).slice(0, 2)).toEqual([413, 'request.too-large']);
  expect((await said(visitorSends('gone', png(2, 2)))).slice(0, 2)).toEqual([409, 'chat.over']);
  refusing = true;
  expect((await said(visitorSends('one', png(2, 2)))).slice(0, 2)).toEqual([409, 'chat.over']);
  refusing = false;
  const nobody = await shell.request('POST', `/api/chat/files?message=${randomUUID()}&name=x`, { body: png(2, 2), headers: bytes });
  expect(nobody.status).toBe(401);
  expect((await db.selectFrom('attachments').select('attachment').where('gone_at', 'is', null).execute()).length).toBe(before);
});

test('only who has the chat sends a file in it, and the same file sent again is the same message', async () => {
  const message = randomUUID();
  const send = async (who: RoleName, chatOf: string) =>
    shell.request('POST', `/api/chats/${chatOf}/files?${new URLSearchParams({ message, name: '办理指南.png' })}`, {
      ...{ as: await shell.cookieOf(who), body: png(3, 3), headers: bytes },
    });
  expect([(await send('leader', 'one')).status, (await send('agent', 'unknown')).status]).toEqual([409, 409]);
  expect([(await send('agent', 'one')).status, (await send('agent', 'one')).status]).toEqual([201, 201]);
  expect(written.slice(-2)).toEqual(Array(2).fill(expect.objectContaining({ kind: 'send-file', agent: 'agent', message, as: 'image' })));
});
