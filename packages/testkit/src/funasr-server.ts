import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** What a client says first. */
export interface FirstMessage {
  readonly mode: string;
  readonly wav_format: string;
  readonly audio_fs: number;
  readonly is_speaking: boolean;
  readonly chunk_size: readonly number[];
  readonly hotwords?: string;
}

export interface FunAsrServer {
  readonly url: string;
  readonly greetings: readonly FirstMessage[];
  /** connections break, and new ones are refused until `open` */
  drop(): Promise<void>;
  open(): Promise<void>;
  stop(): Promise<void>;
}

const quietSamples = 2400;
const loud = 600;

/** One connection: finds sentences between pauses of 300 ms, tells interim words of the first pass and final ones of the second. */
function serve(socket: WebSocket, greetings: FirstMessage[]): void {
  let position = 0;
  let began: number | undefined;
  let lastLoud = 0;
  let sentences = 0;
  let interim = 0;
  const tell = (mode: string, text: string, final: boolean, times: readonly number[][]) =>
    socket.send(JSON.stringify({ mode, wav_name: 'x', text, is_final: final, timestamp: JSON.stringify(times), stamp_sents: [] }));
  const ms = (samples: number) => Math.round(samples / 8);
  const finish = () => {
    if (began === undefined) return;
    sentences += 1;
    tell('2pass-offline', `第${sentences}句话`, false, [[ms(began), ms(lastLoud)]]);
    began = undefined;
  };
  socket.on('message', (data, binary) => {
    if (!binary) {
      const message = JSON.parse(String(data)) as FirstMessage;
      if (message.mode !== undefined) greetings.push(message);
      else if (!message.is_speaking) finish();
      return;
    }
    const bytes = data as Buffer;
    for (let i = 0; i + 1 < bytes.length; i += 2, position++) {
      if (Math.abs(bytes.readInt16LE(i)) > loud) {
        began ??= position;
        lastLoud = position;
      } else if (position - lastLoud > quietSamples) finish();
    }
    if (began !== undefined && position - interim > 4800) {
      interim = position;
      tell('2pass-online', '第', false, [[ms(began), ms(position)]]);
    }
  });
}

/** Speaks the protocol of the FunASR runtime (runtime/docs/websocket_protocol.md), two-pass mode, 8 kHz; recognises nothing. */
export async function startFunAsrServer(): Promise<FunAsrServer> {
  const greetings: FirstMessage[] = [];
  let server: WebSocketServer | undefined;
  let port = 0;
  const open = () =>
    new Promise<void>((resolve) => {
      const opened = new WebSocketServer({ host: '127.0.0.1', port }, () => {
        port = (opened.address() as AddressInfo).port;
        resolve();
      });
      server = opened;
      opened.on('connection', (socket) => serve(socket, greetings));
    });
  const drop = async () => {
    for (const socket of server?.clients ?? []) socket.terminate();
    await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
    server = undefined;
  };
  await open();
  return { url: `ws://127.0.0.1:${port}`, greetings, drop, open, stop: drop };
}
