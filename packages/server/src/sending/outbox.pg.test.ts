import type { OutboxRow } from '@threerings/core/wire/outbox';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { beforeEach, expect, test } from 'vitest';
import { claimTimers, putBackTimer } from '../store/timers.ts';
import { mostTries, type OutboxParts, sendDue } from './outbox.ts';
import { outboxDue } from './outbox-read-model.ts';
import type { Outgoing, SendFault } from './sender.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters } = await mattersHouse(database);
const sent: Outgoing[] = [];
let answer: 'sent' | SendFault = 'sent';
const sender = {
  send: async (outgoing: Outgoing) => {
    sent.push(outgoing);
    return answer;
  },
  close: () => {},
};
const outbox: OutboxParts = { db, vault: parts.vault, senders: { sms: sender }, now: () => mattersOpen };
Object.assign(matters.outbox, { senders: outbox.senders });
beforeEach(() => {
  sent.length = 0;
  answer = 'sent';
});

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string }).refused };
}
const message = (id: string) => ({ message: id, channel: 'sms', to: '+86 138 0013 8000', text: '办理需带：身份证' });
const listed = async (id: string) => (await ask<OutboxRow[]>('agent', 'GET', '/api/outbox')).body.find((row) => row.message === id);

/** What the runner does once: takes what is due, and puts back what failed. */
async function runOnce(at = mattersOpen) {
  for (const timer of await claimTimers(db, [outboxDue], at, 1000, 10)) {
    await sendDue(outbox, timer).catch((error: Error) => putBackTimer(db, timer, at, error.name));
  }
}

test('a message is queued once however often it is asked for, sent, and shown with its number masked', async () => {
  for (const _ of [1, 2]) expect((await ask('agent', 'POST', '/api/outbox', message('msg-00001'))).status).toBe(202);
  await runOnce();
  await runOnce();
  expect(sent).toEqual([{ message: 'msg-00001', to: '13800138000', subject: undefined, text: '办理需带：身份证' }]);
  expect(await listed('msg-00001')).toMatchObject({ state: 'sent', to: '138****8000', attempts: 1 });
  const stored = await db.selectFrom('outbox').selectAll().execute();
  expect(JSON.stringify(stored)).not.toMatch(/1380013|身份证/);
  expect((await ask<OutboxRow[]>('leader', 'GET', '/api/outbox')).body).toHaveLength(1);
});

test('a busy gateway is tried again until it is too often, a refusal ends at once, and both say why in a sentence', async () => {
  await ask('agent', 'POST', '/api/outbox', message('msg-00002'));
  answer = { fault: 'busy', permanent: false, detail: '429' };
  await runOnce();
  expect(await listed('msg-00002')).toMatchObject({ state: 'queued', attempts: 1, fault: expect.stringContaining('429') });
  for (let attempt = 2; attempt <= mostTries; attempt += 1) await runOnce();
  expect(await listed('msg-00002')).toMatchObject({ state: 'dead', attempts: mostTries });
  expect((await ask('agent', 'POST', '/api/outbox/msg-00002/retry')).status).toBe(202);
  answer = { fault: 'refused', permanent: true, detail: '550' };
  await runOnce();
  expect(await listed('msg-00002')).toMatchObject({ state: 'dead', attempts: 1 });
  answer = 'sent';
  expect((await ask('agent', 'POST', '/api/outbox/msg-00001/retry')).refused).toBe('outbox.gone');
  expect((await ask('leader', 'POST', '/api/outbox/msg-00002/retry')).status).toBe(202);
  await runOnce();
  expect(await listed('msg-00002')).toMatchObject({ state: 'sent' });
});

test('nothing is sent to who must not be written to, by what is not configured, or for a call one may not see', async () => {
  await ask('agent', 'POST', '/api/customers', { customer: 'cust-unsafe', name: '某', numbers: ['13900000000'] });
  await db.updateTable('customers').set({ unsafe: true }).where('customer', '=', 'cust-unsafe').execute();
  const post = (body: object) => ask('agent', 'POST', '/api/outbox', body);
  expect((await post({ ...message('msg-00003'), customer: 'cust-unsafe' })).refused).toBe('outbox.unsafe');
  expect((await post({ ...message('msg-00003'), interaction: 'nobody-knows' })).refused).toBe('outbox.no-call');
  expect((await post({ ...message('msg-00003'), to: '12333' })).refused).toBe('outbox.no-address');
  expect((await post({ ...message('msg-00003'), channel: 'mail', to: 'a@example.org', subject: 's' })).refused).toBe('outbox.no-channel');
  expect((await post({ ...message('msg-00003'), channel: 'mail', to: 'a@example.org' })).refused).toBe('request.invalid');
  expect((await ask('department', 'POST', '/api/outbox', message('msg-00003'))).refused).toBe('permission.denied');
  expect(await listed('msg-00003')).toBeUndefined();
});

test('what was erased before it was sent is not sent', async () => {
  await ask('agent', 'POST', '/api/outbox', { ...message('msg-00004'), customer: 'cust-unknown' });
  await db.transaction().execute((tx) => parts.vault.erase(tx, 'customer-cust-unknown'));
  await runOnce();
  expect([sent, (await listed('msg-00004'))?.state]).toEqual([[], 'dead']);
});

test('a message that goes with a running call stands in its timeline, without the address', async () => {
  const offered = { type: 'call.offered', occurredAt: mattersOpen, fields: { direction: 'in', channel: 'phone', called: '12333' } };
  const answered = { type: 'call.answered', occurredAt: mattersOpen, by: 'agent', fields: { agent: 'agent', leg: 'l' } };
  await parts.events.append({ stream: 'interaction-call-1', interaction: 'call-1', events: [offered, answered] });
  expect((await ask('agent', 'POST', '/api/outbox', { ...message('msg-00005'), interaction: 'call-1' })).status).toBe(202);
  const last = (await parts.events.loadInteraction('call-1')).at(-1);
  expect(last).toMatchObject({ type: 'material.sent', fields: { to: 'sms', address: expect.stringMatching(/^vault:/) } });
});
