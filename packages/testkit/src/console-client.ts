import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { DeskCommand } from '@threerings/core/wire/desk';
import { type Push, push, type ToServer } from '@threerings/core/wire/live';
import { type Me, me } from '@threerings/core/wire/session';
import { WebSocket } from 'ws';

/** A person signed in to a running product, over its real HTTP and socket. */
export interface ConsoleClient {
  readonly me: Me;
  get(path: string): Promise<Answer>;
  /** Changes something: sends the CSRF token. */
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Answer>;
  /** A desk command with an id of its own. */
  desk(command: DeskCommand): Promise<Answer>;
  /** `unchecked`: pushes are taken as they come, for benches: their schemas cost more than the page that is measured */
  live(options?: { readonly unchecked?: boolean }): Promise<LiveClient>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface LiveClient {
  tell(message: ToServer): void;
  /** the newest push that `wanted` accepts, now or within `ms` */
  until<P extends Push>(wanted: (message: Push) => message is P, ms?: number): Promise<P>;
  untilAny(wanted: (message: Push) => boolean, ms?: number): Promise<Push>;
  /** every push from now on */
  listen(onPush: (message: Push) => void): void;
  /** settles when the server or `close` ended the socket */
  readonly closed: Promise<void>;
  close(): void;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
}

/** `base` is the address of the console, for example `http://127.0.0.1:8080`. */
export async function signIn(base: string, login: string, password: string): Promise<ConsoleClient> {
  const response = await fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ login, password }),
  });
  if (response.status !== 200) throw new Error(`sign-in of ${login} answered ${response.status}: ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const person = me.parse(await response.json());
  const headers = { cookie, origin: base };
  const send: ConsoleClient['send'] = async (method, path, body) =>
    answerOf(
      await fetch(base + path, {
        method,
        headers: { ...headers, 'x-csrf-token': person.csrf, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  return {
    me: person,
    get: async (path) => answerOf(await fetch(base + path, { headers })),
    send,
    desk: (command) => send('POST', '/api/desk', { command: randomUUID(), do: command }),
    live: ({ unchecked = false } = {}) => openLive(base, cookie, unchecked),
  };
}

async function openLive(base: string, cookie: string, unchecked: boolean): Promise<LiveClient> {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/live`, { headers: { cookie, origin: base } });
  const seen: Push[] = [];
  const watchers = new Set<() => void>();
  const listeners = new Set<(message: Push) => void>();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('message', (data) => {
    const read: unknown = JSON.parse(String(data));
    const message = unchecked ? (read as Push) : push.parse(read);
    seen.push(message);
    if (seen.length > 500) seen.shift();
    for (const listener of listeners) listener(message);
    for (const look of watchers) look();
  });
  socket.on('error', () => {});
  await once(socket, 'open');
  const untilAny: LiveClient['untilAny'] = (wanted, ms = 15_000) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = seen.findLast(wanted);
        if (!found) return;
        finish();
        resolve(found);
      };
      const finish = () => {
        watchers.delete(look);
        clearTimeout(timer);
      };
      const timer = setTimeout(() => {
        finish();
        reject(
          new Error(
            `no such push within ${ms} ms; seen: ${seen.map((message) => message.kind).join(', ')}; last ${JSON.stringify(seen.at(-1))?.slice(0, 2000)}`,
          ),
        );
      }, ms);
      watchers.add(look);
      look();
    });
  return {
    tell: (message) => socket.send(JSON.stringify(message)),
    untilAny,
    until: async (wanted, ms) => {
      const found = await untilAny(wanted, ms);
      if (!wanted(found)) throw new Error('unreachable: the push was accepted a moment ago');
      return found;
    },
    listen: (onPush) => void listeners.add(onPush),
    closed,
    close: () => socket.terminate(),
  };
}
