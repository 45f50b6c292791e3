import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VoiceSupervisor } from '@threerings/voice/process/supervisor';
import type { TrunkSettings } from '@threerings/voice/switch/telephony';
import { ringingTone } from '../channels/voice-embedded/names.ts';
import { ringingToneWav } from '../channels/voice-embedded/ringing-tone.ts';
import type { Config } from '../config.ts';
import { reachOf } from '../http/exposure.ts';
import { soundFiles } from '../prompts/sound-files.ts';
import { StartRefused } from '../store/start-refused.ts';
import type { PartContext } from './product-part.ts';

export interface OpenVoice {
  readonly supervisor: VoiceSupervisor;
  /** somebody recorded a prompt, or put an older recording back: what plays goes on, what comes next is the new one */
  refreshSounds(): Promise<void>;
}

/**
 * Starts the voice process, or adopts the one that an earlier life of this server left with its calls, and tells it the
 * sounds it may play.
 */
export async function openVoice({ config, form, log, store }: PartContext): Promise<OpenVoice> {
  const { sipHost, sipPort, rtpPorts, webrtcPort, grace, trunkAddresses: addresses, sipPublicAddress } = config;
  const announced = sipPublicAddress === undefined ? {} : { announced: sipPublicAddress };
  if (addresses.length === 0 && reachOf(sipHost) !== 'loopback') {
    throw new StartRefused('option.missing', '--trunk-addresses: expected beside a --sip-host beyond loopback: who may call');
  }
  try {
    const supervisor = await VoiceSupervisor.start({
      directory: path.join(config.data, 'voice'),
      settings: {
        graceMs: grace,
        rtp: { address: sipHost, ...rtpPorts, ...announced },
        webrtc: { bindAddress: config.host, port: webrtcPort },
        sip: { address: sipHost, port: sipPort, ...announced, trunks: [trunkOf(config)] },
      },
      onExited: (exit) => log.error(exit, 'the voice process ended; its calls are lost, it is started again'),
    });
    const read = async () => ({ ...ringing(config.data), ...(await soundFiles({ form, data: config.data }, store.db)) });
    let sounds = await read();
    const configure = async (graceMs?: number) => {
      const answer = await supervisor.voice.send({ kind: 'configure', ...(graceMs === undefined ? {} : { graceMs }), sounds });
      if (!answer.ok) log.error({ refused: answer.refused, message: answer.message }, 'these sounds cannot be played; all others can');
    };
    await configure(grace);
    // A process that is started anew after a crash knows nothing of the sounds.
    supervisor.voice.listen((event) => {
      if (event.kind === 'snapshot') void configure();
    });
    const refreshSounds = async () => {
      sounds = await read();
      await configure();
    };
    return { supervisor, refreshSounds };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const option = why.includes('SIP cannot be opened') ? `--sip-port ${sipPort}` : `--data ${config.data}`;
    throw new StartRefused('voice.failed', `${option}: ${why}`, { cause: error });
  }
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
