import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '@threerings/testkit/baresip';
import { run } from '@threerings/testkit/processes';
import { fetched } from '../lib/fetched.ts';

export interface AsteriskServer {
  readonly port: number;
  readonly pid: number;
  readonly version: string;
  stop(): Promise<void>;
}

/** What a dialplan `Dial` between two SIP endpoints needs, and nothing that would cost time beside it (no CDR, no logs). */
const modules = [
  ...['res_sorcery_config', 'res_sorcery_memory', 'res_sorcery_astdb', 'res_timing_timerfd'],
  ...['bridge_simple', 'bridge_native_rtp', 'bridge_builtin_features', 'bridge_holding', 'app_dial', 'pbx_config'],
  ...['codec_alaw', 'codec_ulaw', 'res_rtp_asterisk', 'res_pjproject', 'res_pjsip', 'res_pjsip_session', 'res_pjsip_sdp_rtp'],
  ...['res_pjsip_endpoint_identifier_ip', 'res_pjsip_caller_id', 'res_pjsip_nat', 'res_pjsip_rfc3326', 'res_pjsip_dtmf_info'],
  ...['res_pjsip_pubsub', 'func_pjsip_endpoint', 'chan_pjsip'],
];

/** Asterisk whose dialplan dials the peer for every caller, both legs through its own media as ours are. */
export async function startAsterisk(peerPort: number): Promise<AsteriskServer> {
  const program = fetched('asterisk');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-asterisk-'));
  const port = await freePort();
  writeConfig(folder, path.join(path.dirname(program), 'root'), port, peerPort);
  const config = path.join(folder, 'etc/asterisk.conf');
  const server = run(program, ['-f', '-C', config], { cwd: folder });
  const stop = async () => {
    await server.stop('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilBooted(program, config);
    const version = run(program, ['-V']);
    await version.ended;
    return { port, pid: server.pid, version: version.output().trim(), stop };
  } catch (error) {
    const said = server.output().slice(-2000);
    await stop();
    throw new Error(`Asterisk did not start: ${error instanceof Error ? error.message : String(error)}\n${said}`);
  }
}

async function untilBooted(program: string, config: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const asked = run(program, ['-C', config, '-rx', 'core waitfullybooted']);
    if ((await asked.ended) === 0 && /fully booted/i.test(asked.output())) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('not booted within 20 s');
}

function writeConfig(folder: string, installed: string, port: number, peerPort: number): void {
  for (const name of ['etc', 'lib', 'run', 'log', 'spool']) mkdirSync(path.join(folder, name));
  const directories = {
    astetcdir: `${folder}/etc`,
    astmoddir: `${installed}/usr/lib/x86_64-linux-gnu/asterisk/modules`,
    astdatadir: `${installed}/usr/share/asterisk`,
    ...Object.fromEntries(['astvarlibdir', 'astdbdir', 'astkeydir', 'astagidir', 'astcachedir'].map((name) => [name, `${folder}/lib`])),
    astspooldir: `${folder}/spool`,
    astrundir: `${folder}/run`,
    astlogdir: `${folder}/log`,
    astsbindir: `${installed}/usr/sbin`,
  };
  const endpoint = (name: string) => [
    ...[`[${name}]`, 'type=endpoint', 'transport=udp', 'context=callers', 'disallow=all', 'allow=alaw', 'direct_media=no'],
    ...[`aors=${name}`, `[${name}]`, 'type=aor', `contact=sip:peer@127.0.0.1:${peerPort}`],
  ];
  const files: Readonly<Record<string, readonly string[]>> = {
    'asterisk.conf': ['[directories]', ...Object.entries(directories).map(([name, value]) => `${name} => ${value}`)],
    'modules.conf': ['[modules]', 'autoload=no', ...modules.map((name) => `load=${name}.so`)],
    'logger.conf': ['[general]', '[logfiles]'],
    'rtp.conf': ['[general]', 'rtpstart=20000', 'rtpend=23999', 'strictrtp=no', 'icesupport=no'],
    'extensions.conf': ['[general]', 'static=yes', '[callers]', 'exten => _X.,1,Dial(PJSIP/peer)', ' same => n,Hangup()'],
    'pjsip.conf': [
      ...['[system]', 'type=system', 'threadpool_initial_size=4', 'disable_tcp_switch=yes'],
      ...['[udp]', 'type=transport', 'protocol=udp', `bind=127.0.0.1:${port}`],
      ...endpoint('trunk'),
      ...['[trunk]', 'type=identify', 'endpoint=trunk', 'match=127.0.0.1'],
      ...endpoint('peer'),
    ],
  };
  for (const [name, lines] of Object.entries(files)) writeFileSync(path.join(folder, 'etc', name), `${lines.join('\n')}\n`);
}
