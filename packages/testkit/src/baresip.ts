import dgram from 'node:dgram';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { type Running, run } from './processes.ts';
import { findTool, toolPath } from './tools.ts';

export interface Baresip {
  /** dials a SIP URI */
  dial(uri: string): void;
  hangUp(): void;
  digit(key: string): void;
  readonly process: Running;
  /** what it heard and sent, as the WAV files that its recorder wrote; complete after `stop` */
  heard(): string[];
  stop(): Promise<void>;
}

const moduleFolders = () => {
  const beside = path.join(path.dirname(findTool('baresip') ?? ''), '../root/usr/lib/baresip/modules');
  return [beside, '/usr/lib/baresip/modules', '/usr/lib64/baresip/modules'].filter((folder) => existsSync(folder));
};

/** Where a soft phone registers; it answers calls by itself then. */
export interface BaresipAccount {
  readonly user: string;
  readonly password: string;
  /** host:port of the registrar */
  readonly registrar: string;
}

/** A soft phone that speaks `wav` (8 kHz mono) and records what it hears. */
export async function startBaresip(wav: string, account?: BaresipAccount): Promise<Baresip> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-baresip-'));
  const control = await freePort();
  const sip = await freePort();
  const modules = moduleFolders()[0];
  writeFileSync(
    path.join(folder, 'config'),
    [
      ...(modules ? [`module_path ${modules}`] : []),
      ...['account.so', 'g711.so', 'aufile.so', 'sndfile.so', 'menu.so', 'ctrl_tcp.so', 'stdio.so'].map((name) => `module ${name}`),
      `sip_listen 127.0.0.1:${sip}`,
      `ctrl_tcp_listen 127.0.0.1:${control}`,
      `audio_source aufile,${wav}`,
      'audio_player aufile,/dev/null',
      'audio_alert aufile,/dev/null',
      `snd_path ${folder}`,
      'audio_channels 1-1',
      'call_local_timeout 120',
      '',
    ].join('\n'),
  );
  const identity =
    account === undefined
      ? '<sip:13800138000@127.0.0.1>;regint=0'
      : `<sip:${account.user}@${account.registrar}>;auth_user=${account.user};auth_pass=${account.password};regint=60;answermode=auto`;
  writeFileSync(path.join(folder, 'accounts'), `${identity};audio_codecs=PCMA,PCMU\n`);
  writeFileSync(path.join(folder, 'contacts'), '');
  const phone = run(toolPath('baresip'), ['-f', folder]);
  await phone.prints(/baresip is ready/);
  const socket = net.connect(control, '127.0.0.1').on('error', () => {});
  socket.resume();
  const command = (name: string, params = '') => {
    const json = JSON.stringify({ command: name, params });
    socket.write(`${Buffer.byteLength(json)}:${json},`);
  };
  return {
    process: phone,
    dial: (uri) => command('dial', uri),
    hangUp: () => command('hangup'),
    digit: (key) => command('sndcode', key),
    heard: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.wav'))
        .map((name) => path.join(folder, name)),
    stop: async () => {
      socket.destroy();
      await phone.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Below the ports that the system gives to whoever asks for any, or a connection of somebody else takes one between the look and its use. */
const [firstPort, portsOfProcess, processes] = [11_000, 40, 200];
let given = 0;

/**
 * A port that nobody has on this machine, nor the one after it (baresip listens for TLS there). Each process looks in a stretch of its
 * own, and gives none a second time before it has been through it.
 */
export async function freePort(): Promise<number> {
  const begin = firstPort + (process.pid % processes) * portsOfProcess;
  for (let tried = 0; tried < portsOfProcess / 2; tried += 1) {
    const port = begin + (given % (portsOfProcess / 2)) * 2;
    given += 1;
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
  throw new Error(`no free port from ${begin} to ${begin + portsOfProcess - 1}`);
}

async function isFree(port: number): Promise<boolean> {
  return (await isFreeFor(net.createServer(), port)) && (await isFreeForUdp(port));
}

function isFreeFor(probe: net.Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function isFreeForUdp(port: number): Promise<boolean> {
  const probe = dgram.createSocket('udp4');
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.bind(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
