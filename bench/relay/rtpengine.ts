import dgram from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@threerings/testkit/baresip';
import { type Running, run } from '@threerings/testkit/processes';
import { fetched } from '../lib/fetched.ts';
import type { Ports } from './messages.ts';
import type { AskBrowser, Relay } from './relay.ts';

/**
 * rtpengine without its kernel module, relaying every call between two telephones, or a telephone and a browser where
 * `askBrowser` is given. Control: its JSON protocol over UDP.
 */
export async function relayByRtpengine(ports: Ports, threads: number, askBrowser?: AskBrowser): Promise<Relay> {
  const control = await freePort();
  const options = ['--interface=127.0.0.1', `--listen-ng=127.0.0.1:${control}`, '--table=-1', '--port-min=28000', '--port-max=31998'];
  const logging = ['--foreground', '--log-stderr', '--log-level=3'];
  const server = run(fetched('rtpengine'), [...options, ...logging, `--num-threads=${threads}`]);
  const client = new Client(control, server);
  try {
    await client.untilReady();
    const to: number[][] = [];
    for (const [i, [a = 0, b = 0]] of ports.entries()) {
      const call = { 'call-id': `bench-${i}`, 'from-tag': 'a' };
      const offered = await client.ask({ command: 'offer', ...call, ...(askBrowser ? toBrowser : toTelephone), sdp: sdpOf(a) });
      const sdp = askBrowser ? await askBrowser(i, offered.sdp ?? '') : sdpOf(b);
      const answered = await client.ask({ command: 'answer', ...call, 'to-tag': 'b', ...toTelephone, sdp });
      to.push([portOf(answered), portOf(offered)]);
    }
    return {
      pid: server.pid,
      to,
      close: async () => {
        client.close();
        await server.stop();
      },
    };
  } catch (error) {
    client.close();
    await server.stop();
    throw error;
  }
}

const toTelephone = { ICE: 'remove', 'transport-protocol': 'RTP/AVP', 'rtcp-mux': ['demux'] };
const toBrowser = {
  ICE: 'force',
  'transport-protocol': 'UDP/TLS/RTP/SAVPF',
  'rtcp-mux': ['require'],
  flags: ['generate-mid', 'SDES-off'],
};

const sdpOf = (port: number) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n`;

function portOf({ sdp }: { readonly sdp?: string }): number {
  const port = /^m=audio (\d+)/m.exec(sdp ?? '')?.[1];
  if (port === undefined) throw new Error(`rtpengine gave no port: ${sdp}`);
  return Number(port);
}

interface Answer {
  readonly result: string;
  readonly sdp?: string;
}

class Client {
  readonly #socket = dgram.createSocket('udp4');
  readonly #port: number;
  readonly #server: Running;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #asked = 0;

  constructor(port: number, server: Running) {
    this.#port = port;
    this.#server = server;
    this.#socket.on('message', (message) => {
      const text = message.toString();
      const space = text.indexOf(' ');
      this.#waiting.get(text.slice(0, space))?.(JSON.parse(text.slice(space + 1)) as Answer);
    });
    this.#socket.on('error', () => {});
  }

  async untilReady(): Promise<void> {
    for (let i = 0; i < 50; i++) {
      await sleep(100);
      if ((await this.#send({ command: 'ping' }, 200))?.result === 'pong') return;
    }
    throw new Error(`rtpengine does not answer; it printed:\n${this.#server.output().slice(-2000)}`);
  }

  async ask(command: object): Promise<Answer> {
    const answer = await this.#send(command, 3000);
    if (answer?.result !== 'ok') throw new Error(`rtpengine refused: ${JSON.stringify(answer)}`);
    return answer;
  }

  close(): void {
    this.#socket.close();
  }

  #send(command: object, ms: number): Promise<Answer | undefined> {
    const cookie = `bench${++this.#asked}`;
    return new Promise((resolve) => {
      const finish = (answer: Answer | undefined) => {
        clearTimeout(timer);
        this.#waiting.delete(cookie);
        resolve(answer);
      };
      const timer = setTimeout(() => finish(undefined), ms);
      this.#waiting.set(cookie, finish);
      this.#socket.send(`${cookie} ${JSON.stringify(command)}`, this.#port, '127.0.0.1');
    });
  }
}
