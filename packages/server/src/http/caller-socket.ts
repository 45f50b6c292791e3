import { randomUUID } from 'node:crypto';
import { type CallerMessage, type CallerPush, callerMessage, startCallBody, startedCall } from '@threerings/core/wire/caller';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import type { App } from './app.ts';
import { callerToken, callOfToken } from './caller-token.ts';
import { MessageBudget } from './message-budget.ts';
import { type Language, refuseRequest, sendRefusal, speakShell } from './refusals.ts';
import type { SocketDoor } from './socket-door.ts';
import { StartLimit } from './start-limit.ts';

/** The open page of a web caller. */
export interface CallerPage {
  send(push: CallerPush): void;
  /** 4000 = the call has ended; the page does not come again */
  close(): void;
}

/** Implemented by the part that owns calls from the web page. */
export interface CallerGateway {
  /** A caller pressed “call”. A refusal is told to the page; nothing is held for it then. */
  start(call: {
    readonly call: string;
    readonly language: 'zh' | 'en';
    readonly queue?: string | undefined;
    readonly agent?: string | undefined;
  }): Promise<RefusalOnWire | undefined>;
  /** The page is there, for the first time or again. False: this call is over or unknown. */
  attach(call: string, page: CallerPage): boolean;
  message(call: string, message: CallerMessage): void;
  /** The page is gone; the gateway decides for how long its call stays. */
  detach(call: string, page: CallerPage): void;
}

export interface CallerParts {
  /** 32 secret bytes */
  readonly key: Buffer;
  readonly now: () => number;
  readonly log: Logger;
}

const maxPages = 500;
const maxQueuedBytes = 262_144;
/** New calls from one address in a minute: a household or an office that redials, not a flood. */
const maxStartsPerMinute = 6;

/** `POST /api/caller/calls` and `/caller-live`: the web page that needs no account. */
export class CallerSocket {
  readonly #parts: CallerParts;
  readonly #pages = new Map<string, WebSocket>();
  readonly #starts = new StartLimit(maxStartsPerMinute);
  #gateway: CallerGateway | undefined;

  constructor(parts: CallerParts) {
    this.#parts = parts;
  }

  gateway(gateway: CallerGateway): void {
    this.#gateway = gateway;
  }

  routes(app: App): void {
    const route = { config: { permission: 'public' }, schema: { body: startCallBody, response: { 201: startedCall } } } as const;
    app.post('/api/caller/calls', route, async (request, reply) => {
      const gateway = this.#gateway;
      if (gateway === undefined) return refuseRequest(request, reply, 'phone.unavailable');
      if (this.#pages.size >= maxPages || !this.#starts.take(request.ip, this.#parts.now()))
        return refuseRequest(request, reply, 'request.busy');
      const call = randomUUID();
      const refused = await gateway.start({ call, ...request.body });
      if (refused !== undefined) return sendRefusal(reply, 409, refused);
      return reply.code(201).send({ call, token: callerToken(this.#parts.key, call, this.#parts.now()) });
    });
  }

  attach(door: SocketDoor): void {
    door.route({
      path: '/caller-live',
      admit: ({ query, language }) => {
        const call = callOfToken(this.#parts.key, query.get('token') ?? '', this.#parts.now());
        if (call === undefined || this.#gateway === undefined) return 'session.none';
        if (this.#pages.size >= maxPages && !this.#pages.has(call)) return 'live.too-many';
        const gateway = this.#gateway;
        return (socket) => this.#open(gateway, call, language, socket);
      },
    });
  }

  #open(gateway: CallerGateway, call: string, language: Language, socket: WebSocket): void {
    // The newest page of a call wins: a reload arrives before the old socket is known to be dead.
    this.#pages.get(call)?.close(4001, 'open elsewhere');
    this.#pages.set(call, socket);
    const page: CallerPage = {
      send: (push) => send(socket, push),
      close: () => socket.close(4000, 'call ended'),
    };
    const budget = new MessageBudget();
    socket.on('message', (data, binary) => {
      if (!budget.take(performance.now())) return socket.close(1008, 'too many messages');
      if (this.#pages.get(call) !== socket) return;
      const message = binary ? undefined : parse(String(data));
      if (message !== undefined) return gateway.message(call, message);
      const { refused, message: sentence } = speakShell('live.invalid', language);
      page.send({ kind: 'refused', refused, message: sentence });
    });
    socket.on('close', () => {
      if (this.#pages.get(call) !== socket) return;
      this.#pages.delete(call);
      gateway.detach(call, page);
    });
    if (!gateway.attach(call, page)) socket.close(4000, 'call ended');
  }
}

function send(socket: WebSocket, push: CallerPush): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > maxQueuedBytes) socket.terminate();
  else socket.send(JSON.stringify(push));
}

function parse(text: string): CallerMessage | undefined {
  try {
    return callerMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
