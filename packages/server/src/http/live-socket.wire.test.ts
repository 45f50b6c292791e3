import { once } from 'node:events';
import type { BoardView } from '@threerings/core/wire/board';
import type { DeskView } from '@threerings/core/wire/desk';
import { type Push, push, type ToServer } from '@threerings/core/wire/live';
import type { RoleName } from '@threerings/core/wire/session';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { actors, mayUse } from './route-access.ts';

const { db } = await testDatabase();
const shell = await testShell(db);
const port = await shell.listen('127.0.0.1', 0);
const origin = `http://127.0.0.1:${port}`;

const board = (asOf: number): BoardView => ({
  asOf,
  day: '2026-09-30',
  queues: [],
  people: [],
  calls: [],
  norms: [],
  alerts: [],
  promises: [],
});
const desk = (agent: string): DeskView => ({ agent, presence: { state: 'ready', since: 1 }, promises: [] });
const event = (id: string) => ({ id, type: 'call.answered', source: 'line', occurredAt: 1, seq: 1, fields: {} });

shell.live.topic({ topic: 'board', permission: 'board.see', view: async () => board(0) });
shell.live.topic({ topic: 'desk', permission: 'desk.use', view: async (_person, agent) => desk(agent) });
shell.live.topic({
  topic: 'interaction',
  permission: ['calls.see-own', 'calls.see-unit', 'calls.see-all'],
  view: async (_person, id) =>
    id === 'foreign' ? { refused: 'call.not-yours', message: 'not yours' } : { events: [event('e1')], verdicts: [] },
});

const open = new Set<WebSocket>();
afterEach(() => {
  for (const socket of open) socket.terminate();
  open.clear();
});

async function connect(who: RoleName, credentials?: { cookie: string }) {
  const { cookie } = credentials ?? (await shell.cookieOf(who));
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers: { cookie, origin } });
  open.add(socket);
  const inbox: Push[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    inbox.push(push.parse(JSON.parse(String(data))));
    for (const look of waiting) look();
  });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  await once(socket, 'open');
  /** settles with the first message that fits, past or to come, and takes it out */
  const next = (kind: Push['kind']): Promise<Push> =>
    new Promise((resolve) => {
      const look = () => {
        const at = inbox.findIndex((message) => message.kind === kind);
        const [found] = at < 0 ? [] : inbox.splice(at, 1);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { socket, inbox, next, closed, tell: (message: ToServer) => socket.send(JSON.stringify(message)) };
}

async function refusedUpgrade(path: string, headers: Record<string, string>): Promise<{ status: number; refused: string }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, refused: JSON.parse(body).refused };
}

test('without a session, from a foreign page, or under another name no socket opens', async () => {
  const { cookie } = await shell.cookieOf('leader');
  expect(await refusedUpgrade('/live', { origin })).toEqual({ status: 401, refused: 'session.none' });
  expect(await refusedUpgrade('/live', { cookie, origin: 'http://evil.example' })).toEqual({ status: 403, refused: 'origin.foreign' });
  expect(await refusedUpgrade('/live', { cookie })).toEqual({ status: 403, refused: 'origin.foreign' });
  expect(await refusedUpgrade('/live', { cookie, origin: 'http://evil.example', host: 'evil.example' })).toEqual({
    status: 421,
    refused: 'host.unknown',
  });
  expect(await refusedUpgrade('/elsewhere', { cookie, origin })).toEqual({ status: 404, refused: 'route.unknown' });
});

test('whoever connects is greeted with their number and the time of the server', async () => {
  const page = await connect('agent');
  expect(await page.next('hello')).toEqual({ kind: 'hello', now: shell.clock.now, agent: 'agent' });
  page.tell({ kind: 'ping', at: 7 });
  expect(await page.next('pong')).toMatchObject({ at: 7 });
});

test.each(actors.filter((actor) => actor !== 'anonymous'))('%s may follow exactly the topics that the roles allow', async (who) => {
  const page = await connect(who);
  for (const { topic, permission } of shell.live.access) {
    page.tell(topic === 'interaction' ? { kind: 'subscribe-interaction', interaction: 'i1' } : { kind: 'subscribe', topic });
    if (mayUse(permission, [who])) expect(await page.next(topic)).toMatchObject({ cursor: 1 });
    else expect(await page.next('refused')).toMatchObject({ refused: 'permission.denied' });
  }
});

test('a topic may refuse a follower who holds the permission', async () => {
  const page = await connect('agent');
  page.tell({ kind: 'subscribe-interaction', interaction: 'foreign' });
  expect(await page.next('refused')).toEqual({ kind: 'refused', refused: 'call.not-yours', message: 'not yours' });
});

test('a desk is told to its own agent alone, and nothing comes that was not asked for', async () => {
  const [agent, leader] = [await connect('agent'), await connect('leader')];
  for (const page of [agent, leader]) page.tell({ kind: 'subscribe', topic: 'desk' });
  expect(await agent.next('desk')).toMatchObject({ view: { agent: 'agent' } });
  expect(await leader.next('desk')).toMatchObject({ view: { agent: 'leader' } });
  shell.live.publish({ topic: 'board' }, board(5));
  shell.live.publish({ topic: 'desk', agent: 'agent' }, desk('agent'));
  expect(await agent.next('desk')).toMatchObject({ cursor: 2, view: { agent: 'agent' } });
  leader.tell({ kind: 'ping', at: 1 });
  await leader.next('pong');
  expect(leader.inbox.filter((message) => message.kind !== 'hello')).toEqual([]);
});

test('a page is told that a list changed which it shows and may read: once at once, then together', async () => {
  const [agent, department] = [await connect('agent'), await connect('department')];
  for (const page of [agent, department]) {
    page.tell({ kind: 'follow-lists', lists: ['tickets', 'outbox'] });
    page.tell({ kind: 'ping', at: 1 });
    await page.next('pong');
  }
  for (let round = 0; round < 50; round += 1) shell.live.changed(['tickets', 'promises']);
  shell.live.changed(['outbox']);
  expect(await agent.next('lists')).toEqual({ kind: 'lists', changed: ['tickets'] });
  expect(await department.next('lists')).toEqual({ kind: 'lists', changed: ['tickets'] });
  expect(await agent.next('lists')).toEqual({ kind: 'lists', changed: ['tickets', 'outbox'] });
  expect(await department.next('lists')).toEqual({ kind: 'lists', changed: ['tickets'] });
});

test('of many views in a moment the newest arrives, with numbers that have no gap', async () => {
  const page = await connect('leader');
  page.tell({ kind: 'subscribe', topic: 'board' });
  const first = await page.next('board');
  for (let asOf = 1; asOf <= 500; asOf += 1) shell.live.publish({ topic: 'board' }, board(asOf));
  const cursors: number[] = [];
  let last = first;
  while (last.kind === 'board' && last.view.asOf < 500) {
    cursors.push(last.cursor);
    last = await page.next('board');
  }
  expect(last).toMatchObject({ kind: 'board', view: { asOf: 500 } });
  expect(cursors).toEqual(cursors.map((_, i) => i + 1));
  expect(cursors.length).toBeLessThan(50);
});

test('news of an interaction add up instead of replacing each other', async () => {
  const page = await connect('reviewer');
  page.tell({ kind: 'subscribe-interaction', interaction: 'i9' });
  await page.next('interaction');
  const ids = Array.from({ length: 40 }, (_, i) => `n${i}`);
  for (const id of ids) shell.live.publish({ topic: 'interaction', interaction: 'i9' }, { events: [event(id)], verdicts: [] });
  const seen: string[] = [];
  while (seen.length < ids.length) {
    const news = await page.next('interaction');
    if (news.kind === 'interaction') seen.push(...news.events.map((each) => each.id));
  }
  expect(seen).toEqual(ids);
});

test('after unsubscribing nothing more comes, and coming back goes on counting', async () => {
  const page = await connect('leader');
  page.tell({ kind: 'subscribe', topic: 'board' });
  await page.next('board');
  page.tell({ kind: 'unsubscribe', topic: 'board' });
  page.tell({ kind: 'ping', at: 1 });
  await page.next('pong');
  expect(shell.live.followed({ topic: 'board' })).toBe(false);
  shell.live.publish({ topic: 'board' }, board(9));
  page.tell({ kind: 'subscribe', topic: 'board' });
  expect(await page.next('board')).toMatchObject({ cursor: 2, view: { asOf: 0 } });
});

test('when the session ends every page of it is told and closed', async () => {
  const credentials = await shell.cookieOf('agent');
  const pages = [await connect('agent', credentials), await connect('agent', credentials)];
  await shell.request('DELETE', '/api/session', { as: credentials });
  for (const page of pages) {
    expect(await page.next('signed-out')).toEqual({ kind: 'signed-out', reason: 'signed-out' });
    expect(await page.closed).toBe(4401);
  }
});

test('a session that runs out is noticed although nothing is asked of it', async () => {
  const page = await connect('operations');
  await page.next('hello');
  shell.clock.now += 12 * 3_600_000;
  await shell.live.checkAll();
  expect(await page.next('signed-out')).toMatchObject({ reason: 'expired' });
  expect(await page.closed).toBe(4401);
});

test('a message that is not understood is refused; one that is too large, or a flood, ends the socket', async () => {
  const page = await connect('agent');
  page.socket.send('{"kind":"dance"}');
  expect(await page.next('refused')).toMatchObject({ refused: 'live.invalid' });
  page.socket.send(Buffer.from([1, 2, 3]));
  expect(await page.next('refused')).toMatchObject({ refused: 'live.invalid' });
  page.socket.send('x'.repeat(70_000));
  expect(await page.closed).toBe(1009);

  const flooding = await connect('agent');
  for (let i = 0; i < 300; i += 1) flooding.tell({ kind: 'ping', at: i });
  expect(await flooding.closed).toBe(1008);
});

test('a session may open eight pages and no more', async () => {
  const credentials = await shell.cookieOf('norm-owner');
  for (let i = 0; i < 8; i += 1) await connect('norm-owner', credentials);
  expect(await refusedUpgrade('/live', { cookie: credentials.cookie, origin })).toEqual({ status: 429, refused: 'live.too-many' });
});

test('a page that stops reading is dropped, and the others get everything', async () => {
  const [slow, quick] = [await connect('leader'), await connect('leader')];
  for (const page of [slow, quick]) {
    page.tell({ kind: 'subscribe-interaction', interaction: 'big' });
    await page.next('interaction');
  }
  slow.socket.pause();
  const [stalled] = shell.live.pagesOf('leader');
  let sent = 0;
  while (stalled?.open && sent < 400) {
    stalled.send({ kind: 'refused', refused: 'x', message: 'y'.repeat(100_000) });
    sent += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stalled?.open).toBe(false);
  expect(sent).toBeLessThan(400);
  shell.live.publish({ topic: 'interaction', interaction: 'big' }, { events: [event('after')], verdicts: [] });
  expect(await quick.next('interaction')).toMatchObject({ events: [{ id: 'after' }] });
});

test('the phone of a page is refused until the calls are there, and then handed over', async () => {
  const page = await connect('agent');
  page.tell({ kind: 'phone-connect' });
  expect(await page.next('refused')).toMatchObject({ refused: 'phone.unavailable' });
  const answers: string[] = [];
  await new Promise<void>((resolve) => {
    shell.live.phone({
      connect: (client) => client.send({ kind: 'phone-offer', connection: 'c1', sdp: 'v=0' }),
      answer: (_client, connection, sdp) => void answers.push(`${connection} ${sdp}`),
      gone: () => resolve(),
    });
    page.tell({ kind: 'phone-connect' });
    void page.next('phone-offer').then(() => {
      page.tell({ kind: 'phone-answer', connection: 'c1', sdp: 'v=1' });
      page.tell({ kind: 'ping', at: 2 });
      void page.next('pong').then(() => page.socket.close());
    });
  });
  expect(answers).toEqual(['c1 v=1']);
});
