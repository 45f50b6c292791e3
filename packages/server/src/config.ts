import { fileURLToPath } from 'node:url';
import { asteriskProblem, asteriskSettings } from './config/asterisk-settings.ts';
import { attachmentSettings } from './config/attachment-settings.ts';
import {
  choice,
  duration,
  file,
  folder,
  host,
  hosts,
  integer,
  ipAddress,
  origins,
  port,
  portRange,
  postgresUrl,
  serviceUrl,
  text,
  yesNo,
} from './config/kinds.ts';
import { flagOf, isSwitch, option, type Values } from './config/option.ts';
import { defaultOf, type Environment, type Given, type Read, readOptions } from './config/read-options.ts';
import { sendingSettings } from './config/sending-settings.ts';
import { trunkSettings } from './config/trunk-settings.ts';

/** Every setting of the server: flags, environment variables, help, defaults and the generated guide come from here. */
export const settings = {
  data: option(folder, {
    env: 'THREERINGS_DATA',
    help: 'where the embedded database, recordings, keys and certificates are kept',
    fallback: fileURLToPath(new URL('../../../.data', import.meta.url)),
    shown: '.data in the repository',
  }),
  host: option(host, { env: 'THREERINGS_HOST', help: 'address on which browsers are served; 0.0.0.0 = all', fallback: '127.0.0.1' }),
  port: option(port, { env: 'THREERINGS_PORT', help: 'port on which browsers are served', fallback: 8080 }),
  names: option(hosts, {
    env: 'THREERINGS_NAMES',
    help: 'further names under which browsers may address this server (Host and Origin allow-list, certificate)',
    fallback: [],
    shown: 'none',
  }),
  chatOrigins: option(origins, {
    env: 'THREERINGS_CHAT_ORIGINS',
    help: 'sites whose pages may show the chat by /chat/widget.js',
    fallback: [],
    shown: 'only this server',
  }),
  public: option(yesNo, {
    env: 'THREERINGS_PUBLIC',
    help: 'may listen on a public address; refused without TLS',
    fallback: false,
  }),
  tls: option(choice('auto', 'own', 'off'), {
    env: 'THREERINGS_TLS',
    help: 'auto = given certificate, else own authority beyond loopback; own = own authority; off = plain HTTP',
    fallback: 'auto',
  }),
  tlsCert: option(file, { env: 'THREERINGS_TLS_CERT', help: 'certificate chain in PEM, with --tls-key', fallback: undefined }),
  tlsKey: option(file, { env: 'THREERINGS_TLS_KEY', help: 'private key in PEM, with --tls-cert', fallback: undefined }),
  behindProxy: option(yesNo, {
    env: 'THREERINGS_BEHIND_PROXY',
    help: 'a reverse proxy on this machine speaks HTTPS for this server, which then listens on loopback only',
    fallback: false,
  }),
  databaseUrl: option(postgresUrl, {
    env: 'DATABASE_URL',
    help: 'PostgreSQL 15 or later to use in place of the embedded one',
    fallback: undefined,
    shown: 'embedded in --data',
    secret: true,
  }),
  masterKeyFile: option(file, {
    env: 'THREERINGS_MASTER_KEY_FILE',
    help: 'key that seals the per-person keys; made on the first start',
    fallback: undefined,
    shown: 'master.key in --data',
  }),
  hotlineName: option(text(80), {
    env: 'THREERINGS_HOTLINE_NAME',
    help: 'name of the hotline as people see it',
    fallback: undefined,
    shown: 'demo: 云州市 12333; serve: must be given',
  }),
  hotlineNumber: option(text(32), {
    env: 'THREERINGS_HOTLINE_NUMBER',
    help: 'number of the hotline as callers dial it',
    fallback: undefined,
    shown: 'demo: 12333; serve: must be given',
  }),
  voice: option(choice('embedded', 'asterisk', 'off'), {
    env: 'THREERINGS_VOICE',
    help: 'the softswitch: embedded, or an Asterisk 22 of the house; off = no calls',
    fallback: 'embedded',
  }),
  audioMeasures: option(yesNo, {
    env: 'THREERINGS_AUDIO_MEASURES',
    help: 'measure of each call who speaks and when: speech, silence, overlap, loudness; no sound is kept by it',
    fallback: true,
  }),
  recogniser: option(choice('off', 'sherpa', 'funasr', 'http'), {
    env: 'THREERINGS_RECOGNISER',
    help: 'who writes down what is said: sherpa = a model on this machine, funasr = a FunASR server, http = any server that takes WAV files',
    fallback: 'off',
  }),
  recogniserUrl: option(serviceUrl, {
    env: 'THREERINGS_RECOGNISER_URL',
    help: 'where funasr (ws, wss) or http (http, https) is served',
    fallback: undefined,
  }),
  recogniserModel: option(folder, {
    env: 'THREERINGS_RECOGNISER_MODEL',
    help: 'folder of the model for sherpa',
    fallback: undefined,
    shown: 'the only folder in models of --data',
  }),
  recogniserThreads: option(integer(1, 32), {
    env: 'THREERINGS_RECOGNISER_THREADS',
    help: 'threads with which sherpa decodes',
    fallback: 2,
  }),
  recogniserHotwords: option(file, {
    env: 'THREERINGS_RECOGNISER_HOTWORDS',
    help: 'words for funasr to listen for, one a line in UTF-8, with a weight from 1 to 100 behind a space (20 where there is none)',
    fallback: undefined,
  }),
  recogniserTextField: option(text(200), {
    env: 'THREERINGS_RECOGNISER_TEXT_FIELD',
    help: 'where the words stand in the JSON that http answers, for example result.text',
    fallback: 'text',
  }),
  recogniserConfidenceField: option(text(200), {
    env: 'THREERINGS_RECOGNISER_CONFIDENCE_FIELD',
    help: 'where a confidence between 0 and 1 stands in it',
    fallback: undefined,
  }),
  recogniserAuthorizationFile: option(file, {
    env: 'THREERINGS_RECOGNISER_AUTHORIZATION_FILE',
    help: 'file whose first line http is sent as Authorization, for example Bearer …',
    fallback: undefined,
  }),
  lookupHosts: option(origins, {
    env: 'THREERINGS_LOOKUP_HOSTS',
    help: 'services of the house that a call flow may ask',
    fallback: [],
    shown: 'none',
  }),
  sipHost: option(host, { env: 'THREERINGS_SIP_HOST', help: 'address on which SIP is served (UDP and TCP)', fallback: '127.0.0.1' }),
  sipPublicAddress: option(ipAddress, {
    env: 'THREERINGS_SIP_PUBLIC_ADDRESS',
    help: 'address that the carrier reaches --sip-port and --rtp-ports at, where a router forwards to this machine',
    fallback: undefined,
    shown: '--sip-host',
  }),
  ...trunkSettings,
  ...asteriskSettings,
  ...sendingSettings,
  ...attachmentSettings,
  sipPort: option(port, { env: 'THREERINGS_SIP_PORT', help: 'port on which SIP is served', fallback: 5060 }),
  rtpPorts: option(portRange, {
    env: 'THREERINGS_RTP_PORTS',
    help: 'UDP ports for SIP media',
    fallback: { first: 40000, last: 40999 },
    shown: '40000-40999',
  }),
  webrtcPort: option(port, { env: 'THREERINGS_WEBRTC_PORT', help: 'UDP port for the media of all browsers', fallback: 0 }),
  grace: option(duration(0, 600_000), {
    env: 'THREERINGS_GRACE',
    help: 'how long running calls outlive a lost server process',
    fallback: 30_000,
    shown: '30s',
  }),
  logLevel: option(choice('fatal', 'error', 'warn', 'info', 'debug'), {
    env: 'THREERINGS_LOG_LEVEL',
    help: 'least severity that is logged (JSON lines on standard error)',
    fallback: 'warn',
  }),
} as const;

export type SettingName = keyof typeof settings;
export type Config = Values<typeof settings>;

/** The only reader of the environment. `given` is the command line; a refusal is one line that names the option. */
export function readConfig(given: Given, env: Environment = process.env): Read<Config> {
  const read = readOptions(settings, given, env);
  if (!read.ok) return read;
  const { tlsCert, tlsKey, tls } = read.value;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    const [present, missing] = tlsCert === undefined ? ['--tls-key', '--tls-cert'] : ['--tls-cert', '--tls-key'];
    return { ok: false, message: `${missing}: expected beside ${present}: a certificate and its key come together` };
  }
  if (tlsCert !== undefined && tls !== 'auto')
    return { ok: false, message: `--tls: expected auto beside --tls-cert, found "${tls}": leave one of them out` };
  const { trunkRegister, trunkProxy, trunkUser, trunkPassword } = read.value;
  const missing = Object.entries({ '--trunk-proxy': trunkProxy, '--trunk-user': trunkUser, '--trunk-password': trunkPassword });
  const [absent] = missing.find(([, value]) => value === undefined) ?? [];
  if (trunkRegister && absent !== undefined)
    return { ok: false, message: `${absent}: expected beside --trunk-register: where to register, and as whom` };
  const asterisk = asteriskProblem(read.value);
  return asterisk === undefined ? read : { ok: false, message: asterisk };
}

/** The table for docs/generated/settings.md. */
export function settingsMarkdown(): string {
  const cell = (found: string | undefined) => (found ?? '').replaceAll('|', '\\|');
  const rows = Object.entries(settings).map(([name, of]) => {
    const flag = isSwitch(of) ? flagOf(name) : `${flagOf(name)} ${of.kind.placeholder}`;
    return `| \`${cell(flag)}\` | \`${of.env}\` | ${cell(defaultOf(of))} | ${cell(of.help)}; ${cell(of.kind.expects)} |`;
  });
  return ['| flag | environment | default | meaning |', '|---|---|---|---|', ...rows, ''].join('\n');
}
