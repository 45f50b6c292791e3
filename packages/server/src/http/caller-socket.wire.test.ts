import { once } from 'node:events';
import { type CallerMessage, type CallerPush, callerPush } from '@threerings/core/wire/caller';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CallerPage } from './caller-socket.ts';

const { db } = await testDatabase();
const shell = await testShell(db);
const port = await shell.listen('127.0.0.1', 0);
const origin = `http://127.0.0.1:${port}`;

const start = (body: object = { language: 'zh' }) => shell.request('POST', '/api/caller/calls', { body });
const nextMinute = () => {
  shell.clock.now += 60_000;
};

/** A gateway that keeps a log and knows the calls it was told of. */
function recordingGateway() {
  const log: string[] = [];
  const pages = new Map<string, CallerPage>();
  const known = new Set<string>();
  const changed: (() => void)[] = [];
  const note = (line: string) => {
    log.push(line);
    for (const wake of changed.splice(0)) wake();
  };
  shell.callers.gateway({
    async start({ call, language, queue }) {
      if (queue === 'closed') return { refused: 'queue.closed', message: 'closed' };
      known.add(call);
      note(`start ${language}`);
      return undefined;
    },
    attach(call, page) {
      if (!known.has(call)) return false;
      pages.set(call, page);
      note('attach');
      page.send({ kind: 'state', state: 'queued', since: 1, position: 1, recording: false });
      return true;
    },
    message: (_call, message: CallerMessage) => note(`message ${message.kind}`),
    detach: () => note('detach'),
  });
  const until = async (line: string) => {
    while (!log.includes(line)) await new Promise<void>((resolve) => changed.push(resolve));
  };
  return { log, pages, known, until };
}

async function connect(token: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/caller-live?token=${token}`, { headers: { origin } });
  const closed = once(socket, 'close').then(([code]) => Number(code));
  const first = once(socket, 'message').then(([data]): CallerPush => callerPush.parse(JSON.parse(String(data))));
  await once(socket, 'open');
  return { socket, closed, first, tell: (message: CallerMessage) => socket.send(JSON.stringify(message)) };
}

async function refusedStatus(token: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/caller-live?token=${token}`, { headers: { origin } });
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  return response.statusCode;
}

test('before the calls are there a caller is told so', async () => {
  expect(await start()).toMatchObject({ status: 503, body: { refused: 'phone.unavailable' } });
});

test('a caller needs no account: the call begins, its page is attached and heard', async () => {
  nextMinute();
  const gateway = recordingGateway();
  const answer = await start();
  expect(answer.status).toBe(201);
  const { token, call } = answer.body as { token: string; call: string };
  const page = await connect(token);
  expect(await page.first).toMatchObject({ kind: 'state', state: 'queued' });
  page.tell({ kind: 'digit', digit: '1' });
  page.tell({ kind: 'hang-up' });
  await gateway.until('message hang-up');
  gateway.pages.get(call)?.close();
  expect(await page.closed).toBe(4000);
  await gateway.until('detach');
  expect(gateway.log).toEqual(['start zh', 'attach', 'message digit', 'message hang-up', 'detach']);
});

test('a reloaded page takes the call over, and the old one is not missed', async () => {
  nextMinute();
  const gateway = recordingGateway();
  const { token } = (await start()).body as { token: string };
  const old = await connect(token);
  await old.first;
  const fresh = await connect(token);
  expect(await old.closed).toBe(4001);
  expect(await fresh.first).toMatchObject({ state: 'queued' });
  fresh.tell({ kind: 'reconnect' });
  await gateway.until('message reconnect');
  expect(gateway.log).not.toContain('detach');
  fresh.socket.close();
  await gateway.until('detach');
});

test('a forged or expired token opens nothing, and a call that is over closes its page', async () => {
  nextMinute();
  const gateway = recordingGateway();
  const { token, call } = (await start()).body as { token: string; call: string };
  expect(await refusedStatus(`${token.slice(0, -2)}xx`)).toBe(401);
  gateway.known.delete(call);
  const page = await connect(token);
  expect(await page.closed).toBe(4000);
  shell.clock.now += 4 * 3_600_000;
  expect(await refusedStatus(token)).toBe(401);
});

test('the refusal of the hotline reaches the caller', async () => {
  nextMinute();
  recordingGateway();
  expect(await start({ language: 'zh', queue: 'closed' })).toMatchObject({ status: 409, body: { refused: 'queue.closed' } });
});

test('one address begins at most six calls in a minute', async () => {
  nextMinute();
  recordingGateway();
  for (let i = 0; i < 6; i += 1) expect((await start()).status).toBe(201);
  expect(await start()).toMatchObject({ status: 503, body: { refused: 'request.busy' } });
  nextMinute();
  expect((await start()).status).toBe(201);
});
