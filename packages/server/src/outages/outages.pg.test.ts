import type { OutageDetail, OutageView } from '@threerings/core/wire/outages';
import { mattersHouse, mattersOpen } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { type OutboxParts, sendDue } from '../sending/outbox.ts';
import { outboxDue } from '../sending/outbox-read-model.ts';
import type { Outgoing, SendFault } from '../sending/sender.ts';
import { claimTimers, putBackTimer } from '../store/timers.ts';

const database = await testDatabase();
const { db } = database;
const { shell, parts, matters, clock, settled } = await mattersHouse(database);
const hour = 3_600_000;
const { book } = matters.day.outages;
const sent: Outgoing[] = [];
let answer: 'sent' | SendFault = 'sent';
const sms = {
  send: async (outgoing: Outgoing) => {
    sent.push(outgoing);
    return answer;
  },
  close: () => {},
};
const outbox: OutboxParts = { db, vault: parts.vault, senders: { sms }, now: clock.now, settled: (message) => book.sent(message) };
Object.assign(matters.outbox, { senders: outbox.senders });

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: given.status, body: given.body as Body, refused: (given.body as { refused?: string } | undefined)?.refused };
}
const outage = (id: string, given: object = {}) => ({
  outage: id,
  kind: 'failure',
  title: '城东片区停气',
  areas: ['城东'],
  queues: [],
  numbers: [],
  announced: true,
  dueAt: clock.now() + 2 * hour,
  ...given,
});
const detail = async (id: string) => (await ask<OutageDetail>('leader', 'GET', `/api/outages/${id}`)).body;
const states = async (id: string) => (await detail(id)).callers.map(({ state }) => state);

async function calls(interaction: string, number: string): Promise<void> {
  await parts.floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number, at: clock.now() });
  await parts.floor.tell({ kind: 'caller-left', interaction, cause: 'normal', at: clock.now() });
  await settled();
}

async function runOutbox(): Promise<void> {
  for (const timer of await claimTimers(db, [outboxDue], clock.now(), 1000, 50))
    await sendDue(outbox, timer).catch((error: Error) => putBackTimer(db, timer, clock.now(), error.name));
  await settled();
}

test('an outage is registered by a leader, known to the hotline, changed with a reason, and its callers move along', async () => {
  expect((await ask('agent', 'POST', '/api/outages', outage('gas-east'))).status).toBe(403);
  expect((await ask('leader', 'POST', '/api/outages', outage('gas-east', { title: ' ' }))).refused).toBe('outage.no-title');
  expect((await ask('leader', 'POST', '/api/outages', outage('gas-east', { dueAt: mattersOpen - 1 }))).refused).toBe('outage.due-range');
  for (const _ of [1, 2]) expect((await ask('leader', 'POST', '/api/outages', outage('gas-east'))).status).toBe(201);
  expect(parts.floor.hotline.outages).toMatchObject([{ outage: 'gas-east', announced: true, dueAt: mattersOpen + 2 * hour }]);

  await calls('caller-1', '13900000001');
  for (const _ of [1, 2])
    expect((await ask('leader', 'POST', '/api/outages/gas-east/callers', { interaction: 'caller-1' })).status).toBe(201);
  expect((await ask('agent', 'POST', '/api/outages/gas-east/callers', { interaction: 'caller-1' })).refused).toBe('outage.no-call');
  expect((await ask('leader', 'POST', '/api/outages/nowhere/callers', { interaction: 'caller-1' })).refused).toBe('outage.gone');
  const owed = () => parts.promises.open().filter((promise) => promise.outage === 'gas-east');
  const notify = parts.floor.hotline.settings.outageNotifyMs;
  expect(owed()).toMatchObject([{ kind: 'notify', owner: 'leader', dueAt: mattersOpen + 2 * hour + notify, about: '城东片区停气' }]);

  const later = { ...outage('gas-east', { dueAt: mattersOpen + 5 * hour }), do: 'change', reason: '抢修延长' };
  expect((await ask('leader', 'POST', '/api/outages/gas-east', later)).status).toBe(200);
  expect(owed()).toMatchObject([{ dueAt: mattersOpen + 5 * hour + notify, moved: 1 }]);
  const { view, steps } = await detail('gas-east');
  expect(view).toMatchObject({ firstDueAt: mattersOpen + 2 * hour, dueAt: mattersOpen + 5 * hour, callers: { all: 1, told: 0, open: 1 } });
  expect(steps.map(({ type, reason }) => [type, reason])).toEqual([
    ['outage.opened', undefined],
    ['outage.changed', '抢修延长'],
  ]);
});

test('when it is over each number is told once, by message where that can be done, by a call soon where it cannot', async () => {
  for (const [index, number] of ['13900000001', '13900000002', '02887654321'].entries()) {
    const interaction = `caller-${index + 2}`;
    await calls(interaction, number);
    expect((await ask('leader', 'POST', '/api/outages/gas-east/callers', { interaction })).status).toBe(201);
  }
  const over = { do: 'restore', tell: 'sms', owners: ['agent'] };
  expect((await ask('leader', 'POST', '/api/outages/gas-east', { ...over, owners: ['nobody'] })).refused).toBe('outage.no-owner');
  expect((await ask('leader', 'POST', '/api/outages/gas-east', over)).status).toBe(200);
  expect(parts.floor.hotline.outages).toEqual([]);
  expect((await states('gas-east')).toSorted()).toEqual(['open', 'open', 'open', 'withdrawn']);
  const landline = parts.promises.open('agent').filter((promise) => promise.outage === 'gas-east');
  expect(landline).toMatchObject([{ owner: 'agent', dueAt: clock.now() + parts.floor.hotline.settings.outageNotifyMs }]);
  await runOutbox();
  expect(sent.map(({ to }) => to).toSorted()).toEqual(['13900000001', '13900000002']);
  expect(sent[0]?.text).toContain('城东片区停气');
  expect((await states('gas-east')).toSorted()).toEqual(['kept', 'kept', 'open', 'withdrawn']);

  await book.restore();
  await settled();
  await runOutbox();
  expect(sent).toHaveLength(2);
  const restored = async (interaction: string) =>
    (await parts.events.load(`promise-notify-gas-east-${interaction}`)).filter(({ type }) => type === 'outage.restored');
  expect([(await restored('caller-1')).length, (await restored('caller-2')).length]).toEqual([1, 0]);
  expect((await ask('leader', 'POST', '/api/outages/gas-east/callers', { interaction: 'caller-1' })).refused).toBe('outage.restored');
  const change = { ...outage('gas-east'), do: 'change', reason: '再改' };
  expect((await ask('leader', 'POST', '/api/outages/gas-east', change)).refused).toBe('outage.over');
});

test('a message that the gateway refuses for good leaves the caller to a call', async () => {
  expect((await ask('operations', 'POST', '/api/outages', outage('web-down', { kind: 'service', dueAt: undefined }))).status).toBe(201);
  await calls('caller-9', '13900000009');
  await ask('leader', 'POST', '/api/outages/web-down/callers', { interaction: 'caller-9' });
  const [owed] = parts.promises.open().filter((promise) => promise.outage === 'web-down');
  expect(owed?.dueAt).toBe(clock.now() + parts.floor.hotline.settings.outageOpenMs);
  answer = { fault: 'refused', permanent: true, detail: 'blocked' };
  await ask('leader', 'POST', '/api/outages/web-down', { do: 'restore', tell: 'sms', owners: ['agent'] });
  await runOutbox();
  expect(parts.promises.open('agent').filter((promise) => promise.outage === 'web-down')).toMatchObject([
    { state: 'open', dueAt: clock.now() + parts.floor.hotline.settings.outageNotifyMs },
  ]);
  const listed = (await ask<OutageView[]>('agent', 'GET', '/api/outages')).body;
  expect(listed.map(({ outage: id, state }) => [id, state])).toEqual([
    ['gas-east', 'restored'],
    ['web-down', 'restored'],
  ]);
});
