import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './baresip.ts';
import { type Running, run } from './processes.ts';
import { toolPath } from './tools.ts';

export interface AsteriskServer {
  /** of ARI, to be followed by `/ari` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly sipPort: number;
  readonly folder: string;
  pid(): number;
  /** Sends a signal and starts it anew at the same place, without what it had. */
  restart(signal: NodeJS.Signals): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const guide = path.resolve(import.meta.dirname, '../../../docs/guides/asterisk-engine.md');

/** What the guide's configuration needs; loading everything that is installed takes ten times as long. */
const modules = [
  ...[
    'res_sorcery_config',
    'res_sorcery_memory',
    'res_sorcery_astdb',
    'res_timing_timerfd',
    'res_crypto',
    'res_http_websocket',
    'res_websocket_client',
  ],
  ...[
    'bridge_simple',
    'bridge_softmix',
    'bridge_holding',
    'bridge_builtin_features',
    'chan_bridge_media',
    'app_stasis',
    'app_dial',
    'pbx_config',
  ],
  ...['func_logic', 'func_timeout', 'func_channel', 'func_callerid', 'codec_alaw', 'codec_ulaw', 'codec_a_mu', 'codec_resample'],
  ...['format_sln', 'format_wav', 'res_rtp_asterisk', 'res_pjproject', 'res_pjsip', 'res_pjsip_session', 'res_pjsip_sdp_rtp'],
  ...['res_pjsip_endpoint_identifier_ip', 'res_pjsip_endpoint_identifier_user', 'res_pjsip_caller_id', 'res_pjsip_nat'],
  ...['res_pjsip_rfc3326', 'res_pjsip_dtmf_info', 'res_pjsip_pubsub', 'func_pjsip_endpoint', 'chan_pjsip', 'res_mutestream'],
  ...['res_stasis', 'res_stasis_answer', 'res_stasis_playback', 'res_stasis_recording', 'res_stasis_snoop', 'res_stasis_device_state'],
  ...['applications', 'asterisk', 'bridges', 'channels', 'device_states', 'endpoints', 'events', 'playbacks', 'recordings', 'sounds'].map(
    (name) => `res_ari_${name}`,
  ),
  ...['res_ari_model', 'res_ari'],
];

/** The files of the guide, by name, as somebody copies them out of it. */
export function guideConfiguration(): ReadonlyMap<string, string> {
  const files = readFileSync(guide, 'utf8').matchAll(/`(\w+\.conf)`[^\n]*\n\n```ini\n([\s\S]*?)```/g);
  return new Map([...files].map(([, name = '', text = '']) => [name, text]));
}

/** Asterisk 22 on loopback with the guide's configuration, on ports and in folders of its own. */
export async function startAsterisk(): Promise<AsteriskServer> {
  const program = toolPath('asterisk');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'asterisk-'));
  const [httpPort, sipPort] = [await freePort(), await freePort()];
  writeConfiguration(folder, path.join(path.dirname(program), 'root'), httpPort, sipPort);
  let server: Running | undefined;
  const start = async () => {
    server = run(program, ['-f', '-C', path.join(folder, 'etc/asterisk.conf')], { cwd: folder });
    await untilAnswers(server, `http://127.0.0.1:${httpPort}/ari/asterisk/ping`);
  };
  const kill = async (signal: NodeJS.Signals) => {
    await server?.stop(signal);
    rmSync(path.join(folder, 'run/asterisk.ctl'), { force: true });
  };
  const stop = async () => {
    await kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ url: `http://127.0.0.1:${httpPort}`, user: 'threerings', password: 'change-me', sipPort, folder },
    pid: () => server?.pid ?? -1,
    restart: async (signal) => {
      await kill(signal);
      await start();
    },
    ...{ kill, start, stop },
  };
}

async function untilAnswers(server: Running, address: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  let ended: number | string | undefined;
  void server.ended.then((how) => {
    ended = how;
  });
  while (ended === undefined && Date.now() < deadline) {
    const status = await fetch(address, { headers: { authorization: `Basic ${btoa('threerings:change-me')}` } }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Asterisk did not start (${ended ?? 'no ARI within 30 s'}):\n${server.output().slice(-3000)}`);
}

function writeConfiguration(folder: string, installed: string, httpPort: number, sipPort: number): void {
  for (const name of ['etc', 'lib', 'run', 'log', 'spool', 'sounds']) mkdirSync(path.join(folder, name));
  const moduleFolder = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
    .map((name) => `${installed}/usr/lib/${name}/asterisk/modules`)
    .find(existsSync);
  const directories = {
    astetcdir: `${folder}/etc`,
    astmoddir: moduleFolder ?? '',
    astdatadir: `${installed}/usr/share/asterisk`,
    ...Object.fromEntries(['astvarlibdir', 'astdbdir', 'astkeydir', 'astagidir', 'astcachedir'].map((name) => [name, `${folder}/lib`])),
    ...{ astspooldir: `${folder}/spool`, astrundir: `${folder}/run`, astlogdir: `${folder}/log`, astsbindir: `${installed}/usr/sbin` },
  };
  const files = new Map<string, string>([
    ['asterisk.conf', ['[directories]', ...Object.entries(directories).map(([name, value]) => `${name} => ${value}`)].join('\n')],
    ['modules.conf', ['[modules]', 'autoload=no', ...modules.map((name) => `load=${name}.so`)].join('\n')],
    ['logger.conf', '[general]\n[logfiles]\nmessages => notice,warning,error'],
    ['rtp.conf', `[general]\nrtpstart=${sipPort + 20_000}\nrtpend=${sipPort + 20_399}\nstrictrtp=no\nicesupport=no`],
    ...guideConfiguration(),
  ]);
  for (const [name, text] of files) {
    const placed = text
      .replaceAll('bindport=8088', `bindport=${httpPort}`)
      .replaceAll('0.0.0.0:5060', `127.0.0.1:${sipPort}`)
      .replaceAll('192.0.2.10', '127.0.0.1');
    writeFileSync(path.join(folder, 'etc', name), `${placed}\n`);
  }
}
