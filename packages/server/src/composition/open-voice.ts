import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Voice } from '@threerings/voice/port';
import type { VoiceSettings } from '@threerings/voice/process/settings';
import { VoiceSupervisor } from '@threerings/voice/process/supervisor';
import type { TrunkSettings } from '@threerings/voice/switch/telephony';
import { ringingTone } from '../channels/voice-embedded/names.ts';
import { ringingToneWav } from '../channels/voice-embedded/ringing-tone.ts';
import type { Config } from '../config.ts';
import { reachOf } from '../http/exposure.ts';
import { soundFiles } from '../prompts/sound-files.ts';
import { StartRefused } from '../store/start-refused.ts';
import { EngineWatch } from './engine-watch.ts';
import { openAsterisk } from './open-asterisk.ts';
import type { PartContext } from './product-part.ts';

export interface OpenVoice {
  /** the engine that the hotline speaks to */
  readonly voice: Voice;
  /** whether an engine outside of this machine's processes is there */
  readonly watch: EngineWatch;
  /** somebody recorded a prompt, or put an older recording back: what plays goes on, what comes next is the new one */
  refreshSounds(): Promise<void>;
  /** goes away and leaves calls to their grace time */
  leave(): Promise<void>;
  /** ends every call */
  stop(): Promise<void>;
}

/**
 * Starts the voice process, or adopts the one that an earlier life of this server left with its calls, and tells it the
 * sounds it may play.
 */
export async function openVoice(context: PartContext): Promise<OpenVoice> {
  const { config, form, log, store } = context;
  const { sipPort, grace } = config;
  if (config.trunkAddresses.length === 0 && reachOf(config.sipHost) !== 'loopback') {
    throw new StartRefused('option.missing', '--trunk-addresses: expected beside a --sip-host beyond loopback: who may call');
  }
  try {
    const supervisor = await VoiceSupervisor.start({
      directory: path.join(config.data, 'voice'),
      settings: processSettings(config),
      onExited: (exit) => log.error(exit, 'the voice process ended; its calls are lost, it is started again'),
    });
    const engine = await engineOn(supervisor, context);
    const { voice } = engine;
    const read = async () => ({ ...ringing(config.data), ...(await soundFiles({ form, data: config.data }, store.db)) });
    let sounds = await read();
    const configure = async (graceMs?: number) => {
      const answer = await voice.send({ kind: 'configure', ...(graceMs === undefined ? {} : { graceMs }), sounds });
      if (!answer.ok) log.error({ refused: answer.refused, message: answer.message }, 'these sounds cannot be played; all others can');
    };
    await configure(grace);
    // A process that is started anew after a crash knows nothing of the sounds.
    voice.listen((event) => {
      if (event.kind === 'snapshot') void configure();
    });
    const refreshSounds = async () => {
      sounds = await read();
      await configure();
    };
    return { ...engine, refreshSounds };
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const option = why.includes('SIP cannot be opened') ? `--sip-port ${sipPort}` : `--data ${config.data}`;
    throw new StartRefused('voice.failed', `${option}: ${why}`, { cause: error });
  }
}

/** The voice process itself, or Asterisk with the voice process as its gateway to browsers. */
async function engineOn(supervisor: VoiceSupervisor, context: PartContext): Promise<Omit<OpenVoice, 'refreshSounds'>> {
  const watch = new EngineWatch();
  if (context.config.voice !== 'asterisk')
    return { voice: supervisor.voice, watch, leave: () => supervisor.leave(), stop: () => supervisor.stop() };
  try {
    const asterisk = await openAsterisk(context, supervisor.voice, watch);
    return {
      voice: asterisk,
      watch,
      leave: () => asterisk.close().then(() => supervisor.leave()),
      stop: () => asterisk.stop().then(() => supervisor.stop()),
    };
  } catch (error) {
    await supervisor.leave();
    throw error;
  }
}

function processSettings(config: Config): Omit<VoiceSettings, 'socket'> {
  const { sipHost, sipPort, rtpPorts, webrtcPort, grace, sipPublicAddress } = config;
  const announced = sipPublicAddress === undefined ? {} : { announced: sipPublicAddress };
  // Asterisk sends nothing to a browser that nobody talks to.
  const silence = config.voice === 'asterisk' ? { mediaTimeoutMs: 0 } : {};
  return {
    graceMs: grace,
    rtp: { address: sipHost, ...rtpPorts, ...announced, ...silence },
    webrtc: { bindAddress: config.host, port: webrtcPort },
    sip: { address: sipHost, port: sipPort, ...announced, trunks: [trunkOf(config)] },
  };
}

/** The network’s, unless a hotline has its own. */
function ringing(data: string): Readonly<Record<string, string>> {
  const file = path.join(data, 'voice', `${ringingTone}.wav`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, ringingToneWav());
  return { [ringingTone]: file };
}

function trunkOf(config: Config): TrunkSettings {
  const { trunkAddresses: addresses, trunkProxy: proxy, trunkUser: username, trunkPassword: password } = config;
  return {
    name: 'trunk',
    trustAssertedIdentity: config.trunkIdentity === 'asserted',
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(username === undefined || password === undefined ? {} : { credentials: { username, password } }),
    ...(config.trunkRegister ? { register: {} } : {}),
    ...(config.trunkNumbers === 'as-is' ? {} : { numbers: { country: '86', dialled: 'as-is' } }),
  };
}
