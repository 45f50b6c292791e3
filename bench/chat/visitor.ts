import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startedChat, type VisitorMessage, type VisitorPush } from '@threerings/core/wire/chat';
import { WebSocket } from 'ws';

/** A visitor's page over its real socket: repeats what was not acknowledged, and names what it has when it comes back. */
export class Visitor {
  readonly chat: string;
  readonly token: string;
  /** ids in the order in which they were written */
  readonly written: string[] = [];
  readonly #base: string;
  readonly #address: string;
  readonly #unsent = new Map<string, string>();
  #socket: WebSocket | undefined;
  #upTo = 0;
  #closed = false;

  private constructor(base: string, address: string, started: { readonly chat: string; readonly token: string }) {
    this.#base = base;
    this.#address = address;
    this.chat = started.chat;
    this.token = started.token;
  }

  /** From an address of its own: one address may begin few chats in a minute. */
  static async begin(base: string, address: string): Promise<Visitor> {
    const started = startedChat.parse(JSON.parse(await post(`${base}/api/chat/chats`, { language: 'zh' }, address, base)));
    const visitor = new Visitor(base, address, started);
    await visitor.#connect();
    return visitor;
  }

  get unsent(): number {
    return this.#unsent.size;
  }

  /** Returns the id of the message. */
  write(): string {
    const message = randomUUID();
    this.written.push(message);
    this.#unsent.set(message, message);
    this.#send({ kind: 'write', message, text: `想问一下社保 ${message}` });
    return message;
  }

  close(): void {
    this.#closed = true;
    this.#socket?.terminate();
  }

  async #connect(): Promise<void> {
    while (!this.#closed) {
      const url = `${this.#base.replace('http', 'ws')}/chat-live?token=${encodeURIComponent(this.token)}&after=${this.#upTo}`;
      const socket = new WebSocket(url, { headers: { origin: this.#base }, localAddress: this.#address });
      const open = await new Promise<boolean>((resolve) => {
        socket.once('open', () => resolve(true));
        socket.once('error', () => resolve(false));
      });
      if (!open) {
        await sleep(500 + Math.random() * 500);
        continue;
      }
      this.#socket = socket;
      socket.on('error', () => {});
      socket.on('message', (data) => this.#take(JSON.parse(String(data)) as VisitorPush));
      socket.once('close', () => void this.#connect());
      for (const message of this.#unsent.keys()) this.#send({ kind: 'write', message, text: `想问一下社保 ${message}` });
      return;
    }
  }

  #take(push: VisitorPush): void {
    if (push.kind === 'taken') this.#unsent.delete(push.message);
    if (push.kind !== 'messages') return;
    for (const { message, seq } of push.messages) {
      this.#unsent.delete(message);
      this.#upTo = Math.max(this.#upTo, seq);
    }
  }

  #send(message: VisitorMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

/** Every message of a chat as a page gets it that has nothing yet. Takes the place of the visitor's page. */
export async function historyOf(base: string, { chat, token }: Visitor): Promise<{ readonly chat: string; readonly messages: string[] }> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/chat-live?token=${encodeURIComponent(token)}&after=0`, {
    headers: { origin: base },
  });
  const messages: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${chat} was not shown`)), 20_000);
    socket.on('error', reject);
    socket.on('message', (data) => {
      const push = JSON.parse(String(data)) as VisitorPush;
      if (push.kind === 'messages') messages.push(...push.messages.map(({ message }) => message));
      // The state follows what is stored.
      if (push.kind !== 'state') return;
      clearTimeout(late);
      resolve();
    });
  });
  socket.terminate();
  return { chat, messages };
}

function post(url: string, body: object, localAddress: string, origin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin };
    const request = http.request(url, { method: 'POST', localAddress, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => (response.statusCode === 201 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`))));
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}
