import dgram from 'node:dgram';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@threerings/testkit/baresip';
import type { Voice } from '@threerings/voice/port';
import { VoiceSupervisor } from '@threerings/voice/process/supervisor';
import { makeOffer, settleAnswer } from '@threerings/voice/sdp/negotiation';
import { openUserAgent } from '@threerings/voice/sip/open';
import type { UserAgent } from '@threerings/voice/sip/user-agent';
import { voiceEntry } from '../lib/fetched.ts';
import type { Ports } from './messages.ts';
import type { AskBrowser, Relay } from './relay.ts';

export interface VoiceRelayOptions {
  /** what each call has beside its bridge */
  readonly extra?: 'recorded' | 'tapped';
  /** the second leg of each call is a browser */
  readonly askBrowser?: AskBrowser;
}

const host = '127.0.0.1';

/**
 * Our voice process: every leg is a real SIP call into it, answered and bridged with the other legs of its call. A call
 * with three legs is mixed. A browser's leg is a real WebRTC connection.
 */
export async function relayByVoice(ports: Ports, options: VoiceRelayOptions = {}): Promise<Relay> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'bench-relay-'));
  const sipPort = await freePort();
  const supervisor = await VoiceSupervisor.start({
    directory,
    entry: voiceEntry,
    settings: {
      graceMs: 5000,
      rtp: { address: host, first: 24_000, last: 27_998, mediaTimeoutMs: 0 },
      // One port for all browsers, as a firewall wants it.
      webrtc: { bindAddress: host, port: await freeUdpPort() },
      sip: { address: host, port: sipPort, trunks: [{ name: 'bench' }] },
    },
  });
  const house = new House(supervisor.voice, directory, options);
  const agent = await openUserAgent(
    { address: host, port: 0 },
    { arrived: () => ({ answered() {}, reoffered: () => ({ status: 488 }), ended() {} }) },
  );
  if ('refused' in agent) throw new Error(agent.message);
  const close = async () => {
    await agent.close(0);
    await supervisor.stop();
    house.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await house.ready;
    const to: number[][] = [];
    for (const [call, legs] of ports.entries()) {
      const telephones = options.askBrowser === undefined ? legs : legs.slice(0, 1);
      to.push(await Promise.all(telephones.map((port, i) => dial(agent, `sip:${call}-${i}@${host}:${sipPort}`, port))));
      await house.join(call, legs.length);
    }
    return { pid: supervisor.pid ?? -1, to, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function freeUdpPort(): Promise<number> {
  const socket = dgram.createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

/** Calls the voice process; resolves with the port that it wants this leg's audio at. */
function dial(agent: UserAgent, uri: string, port: number): Promise<number> {
  const local = { address: host, port, sessionId: String(port), version: 1, codecs: ['PCMA'] as const };
  return new Promise((resolve, reject) => {
    const call = agent.dial(
      { uri, sdp: makeOffer(local) },
      {
        answered: (sdp) => {
          const media = settleAnswer(sdp ?? '', local);
          if ('refused' in media) reject(new Error(media.message));
          else resolve(media.remote.port);
        },
        reoffered: () => ({ status: 488 }),
        ended: ({ cause, status }) => reject(new Error(`${uri} ended: ${cause} ${status ?? ''}`)),
      },
    );
    if ('refused' in call) reject(new Error(call.message));
  });
}

/** The controller: answers whoever calls and joins the legs of a call. */
class House {
  /** events are told from here on; a call that came before would stand in the snapshot only */
  readonly ready: Promise<void>;
  readonly #voice: Voice;
  readonly #directory: string;
  /** legs by the user part that they called */
  readonly #legs = new Map<string, string>();
  readonly #options: VoiceRelayOptions;
  readonly #offers = new Map<string, (event: { readonly connection: string; readonly sdp: string }) => void>();
  #reader: net.Server | undefined;

  constructor(voice: Voice, directory: string, options: VoiceRelayOptions) {
    this.#voice = voice;
    this.#directory = directory;
    this.#options = options;
    let greeted = () => {};
    this.ready = new Promise((resolve) => {
      greeted = resolve;
    });
    voice.listen((event) => {
      if (event.kind === 'snapshot') greeted();
      if (event.kind === 'offered') this.#offers.get(event.leg)?.(event);
      if (event.kind !== 'leg-arrived') return;
      this.#legs.set(event.to, event.leg);
      void this.#do({ kind: 'answer', leg: event.leg });
    });
  }

  async join(call: number, count: number): Promise<void> {
    const { extra, askBrowser } = this.#options;
    if (askBrowser !== undefined) this.#legs.set(`${call}-1`, await this.#browserLeg(call, askBrowser));
    const legs = Array.from({ length: count }, (_, i) => this.#legs.get(`${call}-${i}`) ?? 'missing');
    await this.#do({ kind: 'bridge', bridge: `b${call}`, legs });
    const [left = '', right = ''] = legs;
    if (extra === 'recorded')
      await this.#do({ kind: 'record', recording: `r${call}`, left, right, file: path.join(this.#directory, `${call}.wav`) });
    if (extra === 'tapped')
      for (const leg of [left, right]) await this.#do({ kind: 'tap', tap: `t${leg}`, leg, socket: await this.#tapSocket() });
  }

  async #browserLeg(call: number, askBrowser: AskBrowser): Promise<string> {
    const leg = `browser-${call}`;
    const offered = new Promise<{ readonly connection: string; readonly sdp: string }>((resolve) => this.#offers.set(leg, resolve));
    await this.#do({ kind: 'offer', leg });
    const { connection, sdp } = await offered;
    await this.#do({ kind: 'accept-answer', leg, connection, sdp: await askBrowser(call, sdp) });
    return leg;
  }

  close(): void {
    this.#reader?.close();
  }

  /** Reads what is tapped and drops it. */
  async #tapSocket(): Promise<string> {
    const socket = path.join(this.#directory, 'tap.sock');
    if (this.#reader === undefined) {
      const reader = net.createServer((connection) => void connection.on('error', () => {}).resume());
      this.#reader = reader;
      await new Promise<void>((resolve) => reader.listen(socket, resolve));
    }
    return socket;
  }

  async #do(command: Parameters<Voice['send']>[0]): Promise<void> {
    const answer = await this.#voice.send(command);
    if (!answer.ok) throw new Error(`${command.kind} was refused: ${answer.refused}: ${answer.message}`);
  }
}
