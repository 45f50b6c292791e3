import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { AriConnection, type AriFault } from './connection.ts';
import type { AriEvent } from './messages.ts';

const soon = { timeout: 10_000, interval: 5 };
const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Answers as Asterisk does; `status` refuses the WebSocket, `silent` answers no request. */
class FakeAsterisk {
  readonly asked: { readonly url: string | undefined; readonly authorization: string | undefined }[] = [];
  readonly requests: { readonly method: string; readonly uri: string; readonly message_body?: string }[] = [];
  readonly sockets: WebSocket[] = [];
  status: number | undefined;
  silent = false;
  url = '';

  static async start(): Promise<FakeAsterisk> {
    const fake = new FakeAsterisk();
    const server = http.createServer();
    const upgraded = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      fake.asked.push({ url: request.url, authorization: request.headers.authorization });
      if (fake.status !== undefined) return void socket.end(`HTTP/1.1 ${fake.status} Refused\r\nContent-Length: 0\r\n\r\n`);
      upgraded.handleUpgrade(request, socket, head, (opened) => fake.opened(opened));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    cleanups.push(() => {
      for (const socket of fake.sockets) socket.terminate();
      server.close();
    });
    return fake;
  }

  tell(message: unknown): void {
    this.sockets.at(-1)?.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  private opened(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('message', (data) => {
      const request = JSON.parse(String(data)) as { request_id: string; method: string; uri: string };
      this.requests.push(request);
      if (this.silent) return;
      const known = request.uri.startsWith('asterisk/ping') || request.uri.startsWith('channels/known');
      const answer = {
        type: 'RESTResponse',
        request_id: request.request_id,
        status_code: known ? 200 : 404,
        reason_phrase: known ? 'OK' : 'Not Found',
      };
      socket.send(JSON.stringify({ ...answer, message_body: '{"said":"yes"}' }));
    });
  }
}

function connect(fake: FakeAsterisk, answerMs = 5000) {
  const seen = { ups: 0, faults: [] as AriFault[], events: [] as AriEvent[] };
  const access = { url: fake.url, user: 'hotline', password: 'secret', application: 'threerings' };
  const listener = {
    up() {
      seen.ups += 1;
    },
    down: (fault: AriFault) => void seen.faults.push(fault),
    event: (event: AriEvent) => void seen.events.push(event),
  };
  const connection = new AriConnection(access, listener, { answerMs, firstRetryMs: 5, longestRetryMs: 20 });
  connection.open();
  cleanups.push(() => connection.close());
  return { connection, seen };
}

describe('the connection to ARI', () => {
  it('asks as whom it is told to, sends requests over the event socket and encodes what stands in them', async () => {
    const fake = await FakeAsterisk.start();
    const { connection, seen } = connect(fake);
    await expect.poll(() => seen.ups, soon).toBe(1);
    expect(fake.asked).toEqual([{ url: '/ari/events?app=threerings', authorization: `Basic ${btoa('hotline:secret')}` }]);
    expect(await connection.request('POST', 'channels/known', { a: 'x y&z', b: undefined }, { c: 1 })).toEqual({
      ...{ status: 200, reason: 'OK', body: { said: 'yes' } },
    });
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', uri: 'channels/known?a=x%20y%26z', message_body: '{"c":1}' });
    expect((await connection.request('GET', 'channels/none')).status).toBe(404);
  });

  it.each([
    [401, 'ari.password'],
    [403, 'ari.forbidden'],
    [404, 'ari.absent'],
    [503, 'ari.unreachable'],
    [500, 'ari.refused'],
  ])('says in words what an answer of %i means, tries again, and tells nobody the password', async (status, code) => {
    const fake = await FakeAsterisk.start();
    fake.status = status;
    const { seen } = connect(fake);
    await expect.poll(() => seen.faults.length, soon).toBeGreaterThan(1);
    expect(seen.faults[0]?.code).toBe(code);
    expect(JSON.stringify(seen.faults)).not.toMatch(/secret/);
    fake.status = undefined;
    await expect.poll(() => seen.ups, soon).toBe(1);
  });

  it('knows an Asterisk that is too old by its silence', async () => {
    const fake = await FakeAsterisk.start();
    fake.silent = true;
    const { seen } = connect(fake, 20);
    await expect.poll(() => seen.faults[0]?.code, soon).toBe('ari.too-old');
  });

  it('passes over what is no event of its own, and stays connected', async () => {
    const fake = await FakeAsterisk.start();
    const { seen } = connect(fake);
    await expect.poll(() => seen.ups, soon).toBe(1);
    for (const nonsense of ['', 'null', '[]', '{"type":1}', '{"type":"StasisStart"}', '{"type":"RESTResponse"}', '\u0000'])
      fake.tell(nonsense);
    fake.tell({ type: 'PlaybackFinished', playback: { id: 'p', state: 'done' } });
    await expect.poll(() => seen.events, soon).toEqual([{ type: 'PlaybackFinished', playback: { id: 'p', state: 'done' } }]);
    expect(seen.faults).toEqual([]);
  });

  it('answers what was under way when the connection breaks, and connects again', async () => {
    const fake = await FakeAsterisk.start();
    const { connection, seen } = connect(fake);
    await expect.poll(() => seen.ups, soon).toBe(1);
    fake.silent = true;
    const asked = connection.request('GET', 'channels/known');
    fake.sockets.at(-1)?.terminate();
    expect(await asked).toMatchObject({ status: 0 });
    expect(seen.faults.map(({ code }) => code)).toEqual(['ari.lost']);
    fake.silent = false;
    await expect.poll(() => seen.ups, soon).toBe(2);
    fake.tell({ type: 'ApplicationReplaced', application: 'threerings' });
    await expect.poll(() => seen.faults.at(-1)?.code, soon).toBe('ari.replaced');
  });
});
