import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { VoiceSupervisor } from '@threerings/voice/process/supervisor';
import type { TrunkSettings } from '@threerings/voice/switch/telephony';
import { ringingTone } from '../channels/voice-embedded/names.ts';
import { ringingToneWav } from '../channels/voice-embedded/ringing-tone.ts';
import type { Config } from '../config.ts';
import { reachOf } from '../http/exposure.ts';
import { StartRefused } from '../store/start-refused.ts';
import type { PartContext } from './product-part.ts';

/** Sounds of the demo, beside this package: `src/composition` and `dist/composition` lie equally deep. */
const demoSounds = fileURLToPath(new URL('../../sounds/demo/', import.meta.url));

/**
 * Starts the voice process, or adopts the one that an earlier life of this server left with its calls, and tells it the
 * sounds it may play.
 */
export async function openVoice({ config, form, log }: PartContext): Promise<VoiceSupervisor> {
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
    const sounds = soundsOf(form, config.data);
    await supervisor.voice.send({ kind: 'configure', graceMs: grace, sounds });
    // A process that is started anew after a crash knows nothing of the sounds.
    supervisor.voice.listen((event) => {
      if (event.kind === 'snapshot') void supervisor.voice.send({ kind: 'configure', sounds });
    });
    return supervisor;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const option = why.includes('SIP cannot be opened') ? `--sip-port ${sipPort}` : `--data ${config.data}`;
    throw new StartRefused('voice.failed', `${option}: ${why}`, { cause: error });
  }
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

/** Prompts that people of the hotline recorded; in the demo synthetic ones stand in. The ringing tone is the network's, unless a hotline has its own. */
function soundsOf(form: PartContext['form'], data: string): Readonly<Record<string, string>> {
  const own = path.join(data, 'sounds');
  mkdirSync(own, { recursive: true });
  const tone = path.join(data, 'voice', `${ringingTone}.wav`);
  mkdirSync(path.dirname(tone), { recursive: true });
  writeFileSync(tone, ringingToneWav());
  const folders = form === 'demo' ? [demoSounds, own] : [own];
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)));
  const recorded = files.filter((file) => file.endsWith('.wav')).map((file) => [path.basename(file, '.wav'), file] as const);
  return Object.fromEntries([[ringingTone, tone], ...recorded]);
}
