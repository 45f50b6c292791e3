import { WebSocket } from 'ws';
import { type AriEvent, readEvent, restResponse } from './messages.ts';

export interface AriAccess {
  /** `http://host:8088` or `https://…`, with the prefix of http.conf where there is one; `/ari` is added */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** the Stasis application; every controller of the same calls bears the same name */
  readonly application: string;
}

/** Why there is no connection. Stable codes; `message` says what was found and what to do. */
export type AriFaultCode =
  /** nobody listens, or the name is not known */
  | 'ari.unreachable'
  /** 401: user or password */
  | 'ari.password'
  /** 403: the user may only read */
  | 'ari.forbidden'
  /** 404: ARI is not enabled, or the prefix is another one */
  | 'ari.absent'
  /** any other answer than a WebSocket */
  | 'ari.refused'
  /** requests over the event socket are not answered: Asterisk before 22.4 */
  | 'ari.too-old'
  /** another controller opened the same application */
  | 'ari.replaced'
  /** the connection was there and broke */
  | 'ari.lost';

export interface AriFault {
  readonly code: AriFaultCode;
  readonly message: string;
}

/** `status` is HTTP's; 0 = the request never reached Asterisk, or its answer never came. */
export interface AriAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly reason: string;
}

export interface AriListener {
  /** connected; requests can be made, no event has been told yet */
  up(): void;
  down(fault: AriFault): void;
  event(event: AriEvent): void;
}

export interface AriTimes {
  /** an answer that takes longer counts as lost, ms; default 5000 */
  readonly answerMs?: number;
  /** the first pause before connecting again, ms; doubled up to `longestRetryMs`; default 100 and 10,000 */
  readonly firstRetryMs?: number;
  readonly longestRetryMs?: number;
}

type Method = 'GET' | 'POST' | 'DELETE';
export type Query = Readonly<Record<string, string | number | undefined>>;

interface Waiting {
  readonly resolve: (answer: AriAnswer) => void;
  readonly timer: NodeJS.Timeout;
}

const HANDSHAKE_MS = 5000;
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
/** More than this unanswered means that Asterisk hangs: the rest is refused at once. */
const MAX_WAITING = 5000;

/**
 * One WebSocket to Asterisk: events come over it, and REST requests go over it (Asterisk 22.4 and later), so that an answer
 * stands in one order with the events around it. Connects again for ever with growing pauses. The password goes nowhere but
 * into the Authorization header.
 */
export class AriConnection {
  private readonly access: AriAccess;
  private readonly listener: AriListener;
  private readonly times: Required<AriTimes>;
  private readonly waiting = new Map<string, Waiting>();
  private socket: WebSocket | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs: number;
  private requests = 0;
  private fault: AriFault | undefined;
  private closed = false;
  private up = false;

  constructor(access: AriAccess, listener: AriListener, times: AriTimes = {}) {
    this.access = access;
    this.listener = listener;
    this.times = { answerMs: 5000, firstRetryMs: 100, longestRetryMs: 10_000, ...times };
    this.retryMs = this.times.firstRetryMs;
  }

  open(): void {
    const { url, user, password, application } = this.access;
    const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/ari/events?app=${encodeURIComponent(application)}`;
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const socket = new WebSocket(address, {
      headers: { authorization },
      handshakeTimeout: HANDSHAKE_MS,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    this.socket = socket;
    this.fault = undefined;
    socket.on('open', () => void this.greet(socket));
    socket.on('message', (data) => this.read(String(data)));
    socket.on('unexpected-response', (_request, response) => {
      this.fault = faultOfStatus(response.statusCode ?? 0, this.access);
      response.destroy();
      socket.terminate();
    });
    socket.on('error', (error) => {
      this.fault ??= {
        code: 'ari.unreachable',
        message: `${this.access.url}: ${error.message}; is Asterisk running, and http.conf enabled?`,
      };
    });
    socket.on('close', () => this.lost(socket));
  }

  /** Never rejects. Path segments are to be encoded by the caller; parameters are encoded here. */
  request(method: Method, path: string, query: Query = {}, body?: unknown): Promise<AriAnswer> {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(lostAnswer('not connected to Asterisk'));
    if (this.waiting.size >= MAX_WAITING) return Promise.resolve(lostAnswer('too many requests wait for an answer of Asterisk'));
    const id = String(++this.requests);
    const message = {
      ...{ type: 'RESTRequest', transaction_id: id, request_id: id, method, uri: `${path}${queryOf(query)}` },
      ...(body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }),
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(id, lostAnswer(`no answer within ${this.times.answerMs} ms`)), this.times.answerMs);
      this.waiting.set(id, { resolve, timer });
      socket.send(JSON.stringify(message));
    });
  }

  /** Gives the connection up and makes a new one: its answers have stopped coming. */
  renew(fault: AriFault): void {
    this.fault = fault;
    this.socket?.terminate();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.retry);
    const { socket } = this;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.terminate();
    });
  }

  /** An Asterisk that is too old ignores requests on this socket in silence. */
  private async greet(socket: WebSocket): Promise<void> {
    const answer = await this.request('GET', 'asterisk/ping');
    if (this.socket !== socket || socket.readyState !== WebSocket.OPEN) return;
    if (answer.status === 200) {
      this.up = true;
      this.retryMs = this.times.firstRetryMs;
      this.listener.up();
      return;
    }
    const tooOld = answer.status === 0;
    this.renew({
      code: tooOld ? 'ari.too-old' : 'ari.refused',
      message: tooOld
        ? `${this.access.url}: no answer to a request over the event socket; Asterisk 22.4 or later is needed`
        : `${this.access.url}: ${answer.status} ${answer.reason}`,
    });
  }

  private lost(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.up = false;
    const fault = this.fault ?? { code: 'ari.lost', message: `${this.access.url}: Asterisk closed the connection` };
    for (const id of [...this.waiting.keys()]) this.settle(id, lostAnswer(fault.message));
    if (this.closed) return;
    this.listener.down(fault);
    // Two controllers that take the application from each other at once would do so for ever.
    const pause = fault.code === 'ari.replaced' ? this.times.longestRetryMs : this.retryMs;
    this.retry = setTimeout(() => this.open(), pause);
    this.retryMs = Math.min(this.retryMs * 2, this.times.longestRetryMs);
  }

  private read(data: string): void {
    const message = parse(data);
    if (isResponse(message)) {
      this.answered(message);
      return;
    }
    const event = readEvent(message);
    if (event === undefined) return;
    if (event.type === 'ApplicationReplaced') this.renew(replaced(this.access));
    else if (this.up) this.listener.event(event);
  }

  private answered(message: unknown): void {
    const response = restResponse.read(message);
    if (response === undefined) return;
    const { status_code: status, reason_phrase: reason, message_body: body } = response;
    this.settle(response.request_id, { status, reason, body: body === undefined ? undefined : parse(body) });
  }

  private settle(id: string, answer: AriAnswer): void {
    const waiting = this.waiting.get(id);
    if (waiting === undefined) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  }
}

function faultOfStatus(status: number, { url, user }: AriAccess): AriFault {
  if (status === 401) return { code: 'ari.password', message: `${url}: user ${user} was refused; compare user and password with ari.conf` };
  if (status === 403) return { code: 'ari.forbidden', message: `${url}: user ${user} may not do this; set read_only = no in ari.conf` };
  if (status === 404)
    return { code: 'ari.absent', message: `${url}: there is no ARI; set enabled = yes in ari.conf and http.conf, and look at the prefix` };
  if (status === 503) return { code: 'ari.unreachable', message: `${url}: Asterisk is still starting, or its HTTP server is full` };
  return { code: 'ari.refused', message: `${url}: answered ${status} instead of opening a WebSocket` };
}

function replaced({ application }: AriAccess): AriFault {
  const message = `another controller took the application ${application}; each hotline needs its own --asterisk-app`;
  return { code: 'ari.replaced', message };
}

function lostAnswer(reason: string): AriAnswer {
  return { status: 0, body: undefined, reason };
}

function queryOf(query: Query): string {
  const parts = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${encodeURIComponent(value)}`));
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function isResponse(message: unknown): boolean {
  return typeof message === 'object' && message !== null && (message as { readonly type?: unknown }).type === 'RESTResponse';
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
