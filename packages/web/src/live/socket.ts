import { backoffMs } from './backoff.ts';

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly since: number; readonly attempt: number };

export interface SocketHandlers {
  readonly onOpen: () => void;
  readonly onMessage: (data: unknown) => void;
  readonly onState: (state: LinkState) => void;
  /** the server closed for good with this code; nothing is tried again */
  readonly onFinal?: (code: number) => void;
}

/** Codes of our own server that mean: do not come again. 4000 the call is over, 4001 open elsewhere, 4401 signed out. */
const finalCodes: ReadonlySet<number> = new Set([4000, 4001, 4401]);

/** Nothing heard for this long (a ping goes out every 10 s) means the line is dead though nobody closed it. */
const silenceMs = 25_000;
const pingMs = 10_000;

/** A WebSocket of JSON messages that comes back by itself. It neither queues nor repeats: whoever uses it re-subscribes on open. */
export class ReconnectingSocket {
  readonly #url: () => string;
  readonly #handlers: SocketHandlers;
  readonly #ping: (() => unknown) | undefined;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #lostSince = 0;
  #attempt = 0;
  #stopped = false;

  /** `path` may say something else on every attempt, for example what was received so far. */
  constructor(path: string | (() => string), handlers: SocketHandlers, ping?: () => unknown) {
    this.#url = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${typeof path === 'string' ? path : path()}`;
    this.#handlers = handlers;
    this.#ping = ping;
  }

  start(): void {
    this.#stopped = false;
    this.#handlers.onState({ kind: 'connecting' });
    window.addEventListener('online', this.reconnectNow);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    window.removeEventListener('online', this.reconnectNow);
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** False when nothing was sent because the socket is not open. */
  send(message: unknown): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  reconnectNow = (): void => {
    if (this.#stopped || this.#socket?.readyState === WebSocket.OPEN) return;
    this.#attempt = 0;
    clearTimeout(this.#retry);
    this.#socket?.close();
    this.#connect();
  };

  #connect(): void {
    const socket = new WebSocket(this.#url());
    this.#socket = socket;
    socket.onopen = () => {
      this.#attempt = 0;
      this.#lostSince = 0;
      this.#heardAt = Date.now();
      this.#handlers.onState({ kind: 'open' });
      this.#handlers.onOpen();
      this.#watchLine(socket);
    };
    socket.onmessage = (message) => {
      this.#heardAt = Date.now();
      this.#handlers.onMessage(parsed(message.data));
    };
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return;
      if (!finalCodes.has(code)) return this.#lose();
      this.stop();
      this.#handlers.onFinal?.(code);
    };
  }

  #watchLine(socket: WebSocket): void {
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heardAt > silenceMs) socket.close();
      else if (this.#ping !== undefined) this.send(this.#ping());
    }, pingMs);
  }

  #lose(): void {
    clearInterval(this.#watch);
    if (this.#stopped) return;
    if (this.#lostSince === 0) this.#lostSince = Date.now();
    this.#handlers.onState({ kind: 'lost', since: this.#lostSince, attempt: this.#attempt });
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#connect(), backoffMs(this.#attempt, Math.random()));
    this.#attempt += 1;
  }
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
