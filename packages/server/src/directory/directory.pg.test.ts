import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';

const database = await testDatabase();
const { db } = database;
const { shell, parts, clock, settled } = await mattersHouse(database);

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST' | 'DELETE', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string } | undefined)?.refused };
}
const found = async (q: string, more = '') =>
  (await ask<DirectoryEntryOnWire[]>('agent', 'GET', `/api/directory?q=${encodeURIComponent(q)}${more}`)).body.map(({ entry }) => entry);

async function talks(interaction: string): Promise<void> {
  const { floor } = parts;
  const at = clock.now();
  const desk = (command: Extract<Parameters<typeof floor.tell>[0], { kind: 'desk' }>['command']) =>
    floor.tell({ kind: 'desk', agent: 'agent', command, asks: [], at });
  await floor.tell({ kind: 'agent-phone', agent: 'agent', connected: true, at });
  await desk({ kind: 'sign-in-shift' });
  await desk({ kind: 'set-presence', state: 'ready' });
  await floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at });
  await floor.tell({ kind: 'caller-connected', interaction, at });
  await floor.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false, at });
  const leg = floor.hotline.calls.get(interaction)?.interaction.offer?.leg ?? '';
  expect(await desk({ kind: 'answer', interaction, leg })).toEqual({ ok: true });
}

test('an entry is found in Chinese, by pinyin, initials, number and scope, and bodies outside apart from our own', async () => {
  const entry = {
    entry: 'gas',
    name: '市燃气公司',
    department: '客服部',
    number: '96777',
    scope: '停气、漏气抢修',
    hours: '24 小时',
    outside: true,
  };
  expect((await ask('agent', 'POST', '/api/directory', entry)).status).toBe(403);
  expect((await ask('leader', 'POST', '/api/directory', { ...entry, number: '电话' })).status).toBe(400);
  for (const _ of [1, 2]) expect((await ask('leader', 'POST', '/api/directory', entry)).status).toBe(201);
  await ask('operations', 'POST', '/api/directory', { entry: 'audit', name: '审计科', number: '8012', outside: false });
  for (const q of ['燃气', 'ranqi', 'rqgs', '9677', '漏气', '']) expect([q, await found(q)]).toEqual([q, expect.arrayContaining(['gas'])]);
  expect(await found('', '&outside=no')).toEqual(['audit']);
  expect(await found('', '&outside=yes')).toEqual(['gas']);
  expect((await ask('leader', 'DELETE', '/api/directory/audit')).status).toBe(200);
  expect((await ask('leader', 'DELETE', '/api/directory/audit')).refused).toBe('directory.gone');
  expect(await found('shenji')).toEqual([]);
});

test('where a caller is sent is a fact of the call, and the number that was told is personal', async () => {
  await talks('away-1');
  const refer = (body: object) => ask('agent', 'POST', '/api/referrals', { interaction: 'away-1', ...body });
  expect((await refer({})).refused).toBe('referral.no-body');
  expect((await refer({ entry: 'nobody' })).refused).toBe('directory.gone');
  expect((await refer({ entry: 'gas', reason: '燃气业务' })).status).toBe(201);
  expect((await ask('leader', 'POST', '/api/referrals', { interaction: 'away-1', entry: 'gas' })).refused).toBe('call.not-yours');
  const events = await parts.events.loadInteraction('away-1');
  const told = events.filter(({ type }) => type === 'referral.made' || type === 'answer.marked');
  expect(told.map(({ type, fields }) => [type, fields['outcome'] ?? fields['body']])).toEqual([
    ['answer.marked', 'out-of-scope'],
    ['referral.made', '市燃气公司'],
  ]);
  expect(JSON.stringify(events)).not.toContain('96777');
  const [reference = ''] = told.flatMap(({ fields }) => (typeof fields['number'] === 'string' ? [fields['number']] : []));
  expect((await parts.vault.read(db, [reference])).get(reference)).toBe('96777');
});
