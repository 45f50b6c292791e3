import { createHmac, randomUUID } from 'node:crypto';
import {
  type ChatDoor,
  chatDoor,
  startChatBody,
  startedChat,
  type VisitorMessage,
  type VisitorPush,
  visitorMessage,
} from '@threerings/core/wire/chat';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { VisitorPage } from '../chats/visitor-page.ts';
import type { App } from './app.ts';
import { callerToken, callOfToken } from './caller-token.ts';
import { MessageBudget } from './message-budget.ts';
import { type Language, refuseRequest, sendRefusal, speakShell } from './refusals.ts';
import type { SocketDoor } from './socket-door.ts';
import { StartLimit } from './start-limit.ts';

/** Implemented by the part that owns chats. */
export interface ChatGateway {
  door(queue: string | undefined): ChatDoor;
  /** A visitor begins a chat. A refusal is told to the page; nothing is held for it then. */
  start(chat: {
    readonly chat: string;
    readonly language: 'zh' | 'en';
    readonly queue?: string | undefined;
    readonly name?: string | undefined;
  }): Promise<RefusalOnWire | undefined>;
  /** The page is there, for the first time or again, and has everything up to `after`. False: the chat is closed or unknown. */
  attach(chat: string, page: VisitorPage, after: number, language: Language): Promise<boolean>;
  message(chat: string, page: VisitorPage, message: VisitorMessage): Promise<void>;
  /** The page is gone; the gateway decides for how long its chat stays. */
  detach(chat: string, page: VisitorPage): void;
}

export interface ChatSocketParts {
  /** 32 secret bytes */
  readonly key: Buffer;
  readonly now: () => number;
  readonly log: Logger;
}

const maxPages = 5000;
const maxQueuedBytes = 262_144;
/** New chats from one address in a minute: an office behind one address, not a flood. */
const maxStartsPerMinute = 10;
/** Messages of one page that wait for their commit; beyond it the page is told to wait. */
const maxUnderWay = 20;

/** `/api/chat…` and `/chat-live`: the visitor's page, which needs no account. */
export class ChatSocket {
  readonly #parts: ChatSocketParts;
  readonly #key: Buffer;
  readonly #pages = new Map<string, WebSocket>();
  readonly #starts = new StartLimit(maxStartsPerMinute);
  #gateway: ChatGateway | undefined;

  constructor(parts: ChatSocketParts) {
    this.#parts = parts;
    // A caller's token must not open a chat, nor the other way round.
    this.#key = createHmac('sha256', parts.key).update('chat').digest();
  }

  gateway(gateway: ChatGateway): void {
    this.#gateway = gateway;
  }

  routes(app: App): void {
    const door = { querystring: z.object({ queue: z.string().max(64).optional() }), response: { 200: chatDoor } };
    app.get('/api/chat', { config: { permission: 'public' }, schema: door }, async (request, reply) => {
      const gateway = this.#gateway;
      return gateway === undefined ? refuseRequest(request, reply, 'chat.unavailable') : gateway.door(request.query.queue);
    });
    const start = { body: startChatBody, response: { 201: startedChat } };
    app.post('/api/chat/chats', { config: { permission: 'public' }, schema: start }, async (request, reply) => {
      const gateway = this.#gateway;
      if (gateway === undefined) return refuseRequest(request, reply, 'chat.unavailable');
      if (this.#pages.size >= maxPages || !this.#starts.take(request.ip, this.#parts.now()))
        return refuseRequest(request, reply, 'request.busy');
      const chat = randomUUID();
      const refused = await gateway.start({ chat, ...request.body });
      if (refused !== undefined) return sendRefusal(reply, 409, refused);
      return reply.code(201).send({ chat, token: callerToken(this.#key, chat, this.#parts.now()) });
    });
  }

  /** The chat that a token speaks for, or undefined if it is forged or expired. */
  chatOf(token: string): string | undefined {
    return callOfToken(this.#key, token, this.#parts.now());
  }

  attach(door: SocketDoor): void {
    door.route({
      path: '/chat-live',
      admit: ({ query, language }) => {
        const chat = this.chatOf(query.get('token') ?? '');
        if (chat === undefined || this.#gateway === undefined) return 'session.none';
        if (this.#pages.size >= maxPages && !this.#pages.has(chat)) return 'live.too-many';
        const gateway = this.#gateway;
        const after = Number(/^\d{1,9}$/.exec(query.get('after') ?? '')?.[0] ?? 0);
        return (socket) => this.#open(gateway, { chat, after, language }, socket);
      },
    });
  }

  #open(
    gateway: ChatGateway,
    { chat, after, language }: { readonly chat: string; readonly after: number; readonly language: Language },
    socket: WebSocket,
  ): void {
    // The newest page of a chat wins: a reload arrives before the old socket is known to be dead.
    this.#pages.get(chat)?.close(4001, 'open elsewhere');
    this.#pages.set(chat, socket);
    const page: VisitorPage = { send: (push) => send(socket, push), close: () => socket.close(4000, 'chat closed') };
    const budget = new MessageBudget();
    let underWay = 0;
    const refuse = (code: 'live.invalid' | 'request.busy', about?: string) => {
      const { refused, message: words } = speakShell(code, language);
      page.send({ kind: 'refused', refused, words, ...(about === undefined ? {} : { message: about }) });
    };
    const attached = gateway.attach(chat, page, after, language).catch((error: unknown) => {
      this.#parts.log.error({ err: error, chat }, 'a chat could not be shown');
      socket.close(1011, 'server failed');
      return true;
    });
    void attached.then((found) => found || socket.close(4000, 'chat closed'));
    socket.on('message', (data, binary) => {
      if (!budget.take(performance.now())) return socket.close(1008, 'too many messages');
      if (this.#pages.get(chat) !== socket) return;
      const message = binary ? undefined : parse(String(data));
      if (message === undefined) return refuse('live.invalid');
      if (underWay >= maxUnderWay) return refuse('request.busy', 'message' in message ? message.message : undefined);
      underWay += 1;
      attached
        .then(() => gateway.message(chat, page, message))
        .catch((error: unknown) => {
          // Not acknowledged: the page sends it again.
          this.#parts.log.error({ err: error, chat, message: message.kind }, 'a message of a chat failed');
        })
        .finally(() => {
          underWay -= 1;
        });
    });
    socket.on('close', () => {
      if (this.#pages.get(chat) === socket) this.#pages.delete(chat);
      gateway.detach(chat, page);
    });
  }
}

function send(socket: WebSocket, push: VisitorPush): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > maxQueuedBytes) socket.terminate();
  else socket.send(JSON.stringify(push));
}

function parse(text: string): VisitorMessage | undefined {
  try {
    return visitorMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
