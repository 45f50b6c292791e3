import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { CommandAnswer, CommandEnvelope, Voice, VoiceCommand, VoiceEvent } from '../port.ts';
import { checkCommand } from './command-check.ts';
import { LineReader, MAX_EVENT_BYTES, type ProcessLine, writeLine } from './lines.ts';

const FIRST_RETRY_MS = 20;
/** A refused Unix socket costs microseconds, and calls wait for us. */
const LONGEST_RETRY_MS = 100;
const DEFAULT_ANSWER_MS = 10_000;

interface Waiting {
  readonly envelope: CommandEnvelope;
  readonly resolve: (answer: CommandAnswer) => void;
  readonly timer: NodeJS.Timeout;
  /** the process it was sent to; undefined = not sent yet */
  sentTo: string | undefined;
}

export interface VoiceClientOptions {
  /** A command without an answer for so long is refused with `process.gone`. Default 10,000 ms. */
  readonly answerMs?: number;
  /** The connection was lost, or none could be made (again and again while it lasts). */
  readonly onDisconnected?: () => void;
}

/**
 * The port, spoken to a voice process. Reconnects for ever with back-off. A command in flight at a disconnect is sent again
 * under its id to the same process, which does it once; a process that was started anew in between refuses it as
 * `process.gone`, because its legs are gone with the old one.
 */
export class VoiceClient implements Voice {
  private readonly path: string;
  private readonly options: VoiceClientOptions;
  private readonly prefix = randomUUID();
  private readonly waiting = new Map<string, Waiting>();
  private readonly listeners = new Map<(event: VoiceEvent) => void, { greeted: boolean }>();
  private socket: Socket | undefined;
  private connectedTo: string | undefined;
  private commands = 0;
  private retryMs = FIRST_RETRY_MS;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(path: string, options: VoiceClientOptions = {}) {
    this.path = path;
    this.options = options;
    this.connect();
  }

  send(command: VoiceCommand): Promise<CommandAnswer> {
    const id = `${this.prefix}-${++this.commands}`;
    const problem = checkCommand(command);
    if (problem !== undefined) return Promise.resolve({ id, ok: false, refused: 'command.invalid', message: problem });
    if (this.closed) return Promise.resolve(gone(id, 'this client was closed'));
    return new Promise((resolve) => {
      const answerMs = this.options.answerMs ?? DEFAULT_ANSWER_MS;
      const timer = setTimeout(() => this.settle(gone(id, `the voice process did not answer within ${answerMs} ms`)), answerMs);
      const waiting: Waiting = { envelope: { id, command }, resolve, timer, sentTo: undefined };
      this.waiting.set(id, waiting);
      this.transmit(waiting);
    });
  }

  listen(onEvent: (event: VoiceEvent) => void): () => void {
    this.listeners.set(onEvent, { greeted: false });
    if (this.connectedTo !== undefined) this.socket?.write(writeLine({ snapshot: true }));
    return () => void this.listeners.delete(onEvent);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.retry);
    for (const { envelope } of [...this.waiting.values()]) this.settle(gone(envelope.id, 'this client was closed'));
    this.listeners.clear();
    const { socket } = this;
    if (socket === undefined || socket.destroyed) return;
    await new Promise((resolve) => {
      socket.once('close', resolve);
      socket.destroy();
    });
  }

  private connect(): void {
    const socket = connect(this.path);
    this.socket = socket;
    const reader = new LineReader(
      MAX_EVENT_BYTES,
      (line) => this.read(line),
      () => socket.destroy(),
    );
    socket.on('data', (chunk) => reader.push(chunk as Buffer));
    socket.on('error', () => {});
    socket.once('close', () => this.lost());
  }

  private lost(): void {
    this.connectedTo = undefined;
    for (const listener of this.listeners.values()) listener.greeted = false;
    if (this.closed) return;
    this.options.onDisconnected?.();
    this.retry = setTimeout(() => this.connect(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private read(text: string): void {
    const line = JSON.parse(text) as ProcessLine;
    if ('answer' in line) this.settle(line.answer);
    else if (line.event.kind === 'snapshot') this.greet(line.event);
    else this.tell(line.event);
  }

  private greet(event: Extract<VoiceEvent, { kind: 'snapshot' }>): void {
    const { pid, startedAt } = event.snapshot.process;
    const first = this.connectedTo === undefined;
    this.connectedTo = `${pid}@${startedAt}`;
    this.retryMs = FIRST_RETRY_MS;
    for (const [onEvent, listener] of this.listeners) {
      if (listener.greeted) continue;
      listener.greeted = true;
      onEvent(event);
    }
    if (first) this.resend();
  }

  private resend(): void {
    for (const waiting of [...this.waiting.values()]) {
      if (waiting.sentTo === undefined || waiting.sentTo === this.connectedTo) this.transmit(waiting);
      else this.settle(gone(waiting.envelope.id, 'the voice process was started anew before it answered; its calls are lost'));
    }
  }

  private transmit(waiting: Waiting): void {
    if (this.connectedTo === undefined) return;
    waiting.sentTo = this.connectedTo;
    this.socket?.write(writeLine(waiting.envelope));
  }

  private tell(event: VoiceEvent): void {
    for (const [onEvent, listener] of this.listeners) if (listener.greeted) onEvent(event);
  }

  private settle(answer: CommandAnswer): void {
    const waiting = this.waiting.get(answer.id);
    if (waiting === undefined) return;
    this.waiting.delete(answer.id);
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  }
}

function gone(id: string, message: string): CommandAnswer {
  return { id, ok: false, refused: 'process.gone', message };
}
