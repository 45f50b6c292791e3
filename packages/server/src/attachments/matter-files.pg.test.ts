import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AttachmentRow, FilesOfMatter } from '@threerings/core/wire/attachments';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, expect, test } from 'vitest';
import { png } from './fixtures/sample-files.ts';

const data = mkdtempSync(path.join(tmpdir(), 'threerings-files-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const { shell, settled } = await mattersHouse(await testDatabase(), data);
type Role = Parameters<typeof shell.cookieOf>[0];

async function ask<Body = { refused?: string }>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: answer.status, body: answer.body as Body };
}

async function bring(who: Role, owner: { kind: string; id: string }, bytes: Buffer, file: string, attachment = randomUUID()) {
  const { cookie, csrf } = await shell.cookieOf(who);
  const answer = await shell.app.inject({
    method: 'PUT',
    url: `/api/files/${attachment}?${new URLSearchParams({ ...owner, file })}`,
    headers: { host: 'localhost:8080', origin: shell.origin, cookie, 'x-csrf-token': csrf, 'content-type': 'application/octet-stream' },
    payload: bytes,
  });
  return { attachment, status: answer.statusCode, body: answer.json() as AttachmentRow & { refused?: string } };
}

const listed = async (who: Role, { kind, id }: { kind: string; id: string }) =>
  (await ask<FilesOfMatter>(who, 'GET', `/api/files?kind=${kind}&id=${id}`)).body;

test('who sees a ticket sees its files, saved under the type of their content; who brought one removes it', async () => {
  const owner = { kind: 'ticket', id: 'T-FILES-1' };
  await ask('agent', 'POST', '/api/tickets', { ticket: owner.id, kind: 'enquiry', title: '查询', about: '' });
  const kept = await bring('agent', owner, png(3, 2), '证件.exe');
  expect(kept).toMatchObject({ status: 201, body: { name: '证件.exe.png', type: 'image/png', by: 'agent', scanned: false } });
  expect((await bring('agent', owner, Buffer.from('<svg onload=alert(1)>'), 'a.png')).body.refused).toBe('attachment.type');
  expect((await bring('reviewer', owner, png(1, 1), 'a.png')).body.refused).toBe('attachment.no-owner');
  const url = `/api/files/${kept.attachment}`;
  const open = await shell.app.inject({ url, headers: { host: 'localhost:8080', cookie: (await shell.cookieOf('leader')).cookie } });
  expect(open.headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^attachment;/),
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(open.rawPayload.equals(png(3, 2))).toBe(true);
  expect((await ask('reviewer', 'GET', url)).body.refused).toBe('attachment.no-owner');
  expect((await ask('leader', 'POST', `${url}/remove`)).body.refused).toBe('attachment.not-allowed');
  expect((await ask('agent', 'POST', `${url}/remove`)).status).toBe(200);
  expect((await ask('agent', 'GET', url)).body.refused).toBe('attachment.gone');
  expect((await listed('agent', owner)).files).toMatchObject([{ attachment: kept.attachment, gone: { why: 'removed' } }]);
  const acts = (await shell.audit.entries(0, 50)).map(({ action }) => action);
  expect(acts).toEqual(expect.arrayContaining(['attachment.added', 'attachment.opened', 'attachment.removed']));
});

test('files of an article are brought by who writes, and read by who may read it', async () => {
  const owner = { kind: 'knowledge', id: 'K-FILES-1' };
  const text = { title: '社保卡补办', keywords: [], body: '带身份证', items: [] };
  await ask('leader', 'POST', '/api/knowledge', { entry: owner.id, kind: 'article', queues: [], text });
  const kept = await bring('leader', owner, Buffer.from('%PDF-1.7\n'), '申请表.pdf');
  expect(kept.status).toBe(201);
  expect((await listed('agent', owner)).files).toBeUndefined();
  await ask('leader', 'POST', `/api/knowledge/${owner.id}/versions/1`, { do: 'submit' });
  await ask('operations', 'POST', `/api/knowledge/${owner.id}/versions/1`, { do: 'approve' });
  expect(await listed('agent', owner)).toMatchObject({ add: false, files: [{ name: '申请表.pdf' }] });
  expect((await bring('agent', owner, Buffer.from('%PDF-1.7\n'), 'x.pdf')).body.refused).toBe('attachment.not-allowed');
  expect((await ask('operations', 'POST', `/api/files/${kept.attachment}/remove`)).status).toBe(200);
});
