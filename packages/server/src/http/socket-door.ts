import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { tokenFromCookie } from '../session/session-cookie.ts';
import type { Sessions, SignedIn } from '../session/sessions.ts';
import type { App } from './app.ts';
import type { Exposure } from './exposure.ts';
import { type Language, languageOf, type ShellRefusal, shellRefusals, speakShell } from './refusals.ts';
import { hostAllowed, originAllowed } from './site-identity.ts';

/** What came with the request for a socket, already past the Host and Origin checks. */
export interface SocketRequest {
  readonly query: URLSearchParams;
  readonly address: string;
  readonly language: Language;
  /** who is signed in in this browser, if anybody */
  readonly signedIn: SignedIn | undefined;
}

export interface SocketRoute {
  readonly path: string;
  /** Refuses before the handshake, or says who takes the open socket. */
  admit(request: SocketRequest): Promise<ShellRefusal | ((socket: WebSocket) => void)> | ShellRefusal | ((socket: WebSocket) => void);
}

/** Largest message a browser may send: an SDP answer of 20,000 characters and its frame. */
export const maxMessageBytes = 65_536;

/**
 * The one place where a request becomes a WebSocket. `noServer`: given the server, ws would take over its `error` events
 * and turn a busy port into a crash.
 */
export class SocketDoor {
  readonly #routes = new Map<string, SocketRoute>();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  readonly #exposure: Exposure;
  readonly #sessions: Sessions;
  #closed = false;

  constructor(app: App, exposure: Exposure, sessions: Sessions) {
    this.#exposure = exposure;
    this.#sessions = sessions;
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      this.#enter(request, socket, head).catch((error: unknown) => {
        app.log.error({ err: error }, 'socket request failed');
        socket.destroy();
      });
    });
    app.addHook('preClose', async () => this.#close());
  }

  route(route: SocketRoute): void {
    this.#routes.set(route.path, route);
  }

  async #enter(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { headers } = request;
    const url = new URL(request.url ?? '/', 'http://server');
    const language = languageOf(headers['accept-language']);
    const refuse = (code: ShellRefusal, facts = {}) => answer(socket, code, language, facts);
    const route = this.#routes.get(url.pathname);
    if (!hostAllowed(headers, this.#exposure)) return refuse('host.unknown', { host: (headers.host ?? '').slice(0, 100) });
    if (!originAllowed(headers, this.#exposure)) return refuse('origin.foreign');
    if (route === undefined) return refuse('route.unknown');
    const token = tokenFromCookie(headers.cookie, this.#exposure);
    const signedIn = token === undefined ? undefined : await this.#sessions.find(token);
    const admitted = await route.admit({ query: url.searchParams, address: this.#addressOf(request), language, signedIn });
    if (typeof admitted === 'string') return refuse(admitted);
    if (this.#closed || socket.destroyed) return void socket.destroy();
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      // A message over the limit or a broken frame: ws closes the socket itself with 1009 or 1002.
      client.on('error', () => client.terminate());
      admitted(client);
    });
  }

  /** The proxy's own word on loopback is taken, nobody else's. */
  #addressOf(request: IncomingMessage): string {
    const direct = request.socket.remoteAddress ?? '';
    if (!this.#exposure.behindProxy) return direct;
    return (
      String(request.headers['x-forwarded-for'] ?? direct)
        .split(',')
        .at(-1)
        ?.trim() ?? direct
    );
  }

  #close(): void {
    this.#closed = true;
    for (const client of this.#sockets.clients) {
      client.close(1001, 'server stops');
      // A browser that does not answer the close must not keep the server: nothing is in flight that it has not got.
      setTimeout(() => client.terminate(), 1000).unref();
    }
    this.#sockets.close();
  }
}

function answer(socket: Duplex, code: ShellRefusal, language: Language, facts: Readonly<Record<string, string>>): void {
  const body = JSON.stringify(speakShell(code, language, facts));
  const head = [`HTTP/1.1 ${shellRefusals[code].status} Refused`, 'connection: close', 'content-type: application/json; charset=utf-8'];
  socket.end([...head, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
}
