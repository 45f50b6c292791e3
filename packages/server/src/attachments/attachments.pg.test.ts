import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterAll, expect, test } from 'vitest';
import { eraseCalls } from '../retention/delete-recordings.ts';
import { keepPeriods } from '../retention/retention-keeper.ts';
import { addHold, releaseHold } from '../retention/retention-read-model.ts';
import { type AttachmentParts, Attachments, mostOfOwner } from './attachments.ts';
import { png } from './fixtures/sample-files.ts';
import { scannerOf } from './scanner.ts';

const data = mkdtempSync(path.join(tmpdir(), 'threerings-attachments-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const database = await testDatabase();
const { db } = database;
const { parts, matters } = await mattersHouse(database, data);
const dayMs = 86_400_000;

const failures: unknown[] = [];
function attachments(changes: Partial<AttachmentParts> = {}): Attachments {
  const onError = (error: unknown) => void failures.push(error);
  return new Attachments({ ...{ db, vault: parts.vault, data, now: () => mattersOpen, mostMegabytes: 1, onError }, ...changes });
}

const text = '我的身份证号是 510100';
function brought(changes: Partial<Parameters<Attachments['keep']>[0]> = {}) {
  const owner = { kind: 'chat', id: randomUUID() } as const;
  const bytes = Buffer.from(text);
  return {
    attachment: randomUUID(),
    owner,
    subject: `customer-${owner.id}`,
    by: 'customer',
    name: '说明.txt',
    bytes,
    field: 'file',
    ...changes,
  };
}

test('a file comes back as it was brought, lies sealed on the disk, and is kept once however often it is sent', async () => {
  const files = attachments();
  const one = brought({ name: '../../身份证\u202egpj.exe' });
  const kept = await files.keep(one);
  expect(kept).toMatchObject({
    name: '身份证gpj.exe.txt',
    type: 'text/plain; charset=utf-8',
    family: 'text',
    scanned: false,
    by: 'customer',
  });
  expect(await files.keep(one)).toEqual(kept);
  expect(await files.of(one.owner)).toEqual([kept]);
  expect(await files.ownerOf(one.attachment)).toEqual(one.owner);
  const open = await files.open(one.attachment);
  expect('bytes' in open && open.bytes.toString()).toBe(text);
  const [month] = readdirSync(path.join(data, 'attachments'));
  const sealed = readFileSync(path.join(data, 'attachments', month ?? '', one.attachment));
  expect(sealed.includes('510100')).toBe(false);
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  writeFileSync(path.join(data, 'attachments', month ?? '', one.attachment), sealed);
  await expect(files.open(one.attachment)).rejects.toThrow();
});

test('what is not taken is refused in words that name the field, and nothing of it stays', async () => {
  const files = attachments();
  const before = await db.selectFrom('attachments').select('attachment').execute();
  const refused = async (changes: Partial<Parameters<Attachments['keep']>[0]>) => {
    const answer = await files.keep(brought(changes));
    return 'refused' in answer ? [answer.refused, answer.facts['field'] ?? answer.facts['most']] : answer;
  };
  expect(await refused({ bytes: Buffer.alloc(0) })).toEqual(['attachment.empty', 'file']);
  expect(await refused({ bytes: Buffer.alloc(1_048_577, 'a') })).toEqual(['attachment.too-large', 'file']);
  expect(await refused({ name: 'photo.png', bytes: Buffer.from('<svg onload=alert(1)>') })).toEqual(['attachment.type', 'file']);
  expect(await refused({ bytes: png(30_000, 30_000) })).toEqual(['attachment.picture-too-large', 'file']);
  const one = brought();
  await files.keep(one);
  expect(await refused({ attachment: one.attachment })).toEqual(['attachment.taken', 'attachment']);
  expect(await refused({ ...one, bytes: Buffer.from('another') })).toEqual(['attachment.taken', 'attachment']);
  const owner = { kind: 'ticket', id: 'T-FULL' } as const;
  for (let n = 0; n < mostOfOwner; n += 1) await files.keep(brought({ owner }));
  expect(await refused({ owner })).toEqual(['attachment.too-many', mostOfOwner]);
  const after = await db.selectFrom('attachments').select('attachment').execute();
  expect(after.length - before.length).toBe(1 + mostOfOwner);
});

test('a scanner that says no, and one that cannot tell, keep a file out; one that says yes is shown', async () => {
  const program = path.join(data, 'scan.sh');
  writeFileSync(program, '#!/bin/sh\ngrep -q EICAR && exit 1\nexit 0\n');
  chmodSync(program, 0o700);
  const by = async (scanner: AttachmentParts['scanner'], words: string) => {
    const answer = await attachments({ scanner }).keep(brought({ bytes: Buffer.from(words) }));
    return 'refused' in answer ? answer.refused : answer.scanned;
  };
  const command = scannerOf({ command: program });
  expect([await by(command, 'fine'), await by(command, 'EICAR')]).toEqual([true, 'attachment.infected']);
  expect(await by(scannerOf({ command: path.join(data, 'no-such-program') }), 'fine')).toBe('attachment.scan-failed');
  expect(failures).toHaveLength(1);
  const service = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      if (body.includes('broken')) response.statusCode = 500;
      response.end(body.includes('odd') ? '{}' : JSON.stringify({ clean: !body.includes('EICAR') }));
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const asked = scannerOf({ url: `http://127.0.0.1:${(service.address() as AddressInfo).port}/` });
  const answers = [await by(asked, 'fine'), await by(asked, 'EICAR'), await by(asked, 'broken'), await by(asked, 'odd')];
  service.close();
  service.closeAllConnections();
  expect(answers).toEqual([true, 'attachment.infected', 'attachment.scan-failed', 'attachment.scan-failed']);
});

test('files of a chat go with its words, stay while they are held, and go at once when the customer is erased', async () => {
  const old = attachments({ now: () => mattersOpen - 800 * dayMs });
  const [expired, held, erased, article] = [brought(), brought(), brought(), brought({ owner: { kind: 'knowledge', id: 'K-1' } })];
  for (const each of [expired, held, erased, article]) expect(await old.keep(each)).toMatchObject({ scanned: false });
  await addHold(db, { hold: 'h-files', interaction: held.owner.id, reason: '诉讼留存' }, '0001', mattersOpen);
  await addHold(db, { hold: 'h-erased', interaction: erased.owner.id, reason: '诉讼留存' }, '0001', mattersOpen);
  expect((await keepPeriods(matters.retention, mattersOpen)).files).toBe(1);
  const states = async () => {
    const answers = await Promise.all([expired, held, erased, article].map((each) => attachments().open(each.attachment)));
    return answers.map((answer) => ('refused' in answer ? answer.refused : 'there'));
  };
  expect(await states()).toEqual(['attachment.gone', 'there', 'there', 'there']);
  expect((await attachments().of(expired.owner))[0]?.gone).toEqual({ at: mattersOpen, why: 'expired' });
  await releaseHold(db, 'h-erased', '0001', '结案', mattersOpen);
  expect(await eraseCalls(db, data, [erased.owner.id], mattersOpen)).toMatchObject({ files: 1 });
  expect(await states()).toEqual(['attachment.gone', 'there', 'attachment.gone', 'there']);
  await db.transaction().execute((tx) => parts.vault.erase(tx, held.subject));
  expect(await states()).toEqual(['attachment.gone', 'attachment.gone', 'attachment.gone', 'there']);
  expect((await attachments().of(held.owner))[0]).toMatchObject({ gone: { why: 'erased' } });
  const month = new Date(mattersOpen - 800 * dayMs).toISOString().slice(0, 7);
  expect(existsSync(path.join(data, 'attachments', month, expired.attachment))).toBe(false);
});
