import { readFileSync } from 'node:fs';
import type { AriFault } from '@threerings/voice/asterisk/ari/connection';
import { AsteriskUnreachable, AsteriskVoice } from '@threerings/voice/asterisk/engine';
import type { Voice } from '@threerings/voice/port';
import type { Config } from '../config.ts';
import { openInteractions } from '../store/interaction-rows.ts';
import { StartRefused } from '../store/start-refused.ts';
import type { EngineWatch } from './engine-watch.ts';
import type { PartContext } from './product-part.ts';

/** An Asterisk that starts at the same time is waited for so long, ms; later it is found when it comes. */
const patienceMs = 3000;
/** Nobody can call meanwhile, and a refused connection costs nothing, ms. */
const longestRetryMs = 2000;

/**
 * Connects to Asterisk; `gateway` is the voice process, which has the browsers and the recordings. Without Asterisk the server
 * starts all the same and says so; wrong settings refuse the start.
 */
export async function openAsterisk(context: PartContext, gateway: Voice, watch: EngineWatch): Promise<AsteriskVoice> {
  const { config, log, store, now } = context;
  const { asteriskUrl: url = '', asteriskUser: user, asteriskApp: application, asteriskSounds: sounds = '' } = config;
  const onState = (fault: AriFault | undefined) => {
    if (fault === undefined && watch.down !== undefined) log.warn({ url }, 'Asterisk is there again; its calls were read back');
    if (fault !== undefined && watch.down?.code !== fault.code)
      log.error({ ...fault }, 'Asterisk is not there; it is tried again and again');
    watch.tell(fault === undefined ? undefined : { since: now(), code: fault.code });
  };
  try {
    return await AsteriskVoice.start(
      {
        access: { url, user, password: passwordOf(config), application },
        gateway,
        gatewayEndpoint: `PJSIP/${config.asteriskEndpoint}/sip:{user}@${addressOf(config)}:${config.sipPort}`,
        dial: config.asteriskDial,
        sounds: { write: sounds, read: sounds },
        graceMs: config.grace,
        times: { longestRetryMs },
        awaitsCalls: (await openInteractions(store.db)).length > 0,
        onState,
        onUnplayable: (sound) =>
          log.error({ sound, folder: sounds }, 'Asterisk cannot play this; it must be able to read --asterisk-sounds'),
      },
      patienceMs,
    );
  } catch (error) {
    if (error instanceof AsteriskUnreachable)
      throw new StartRefused('voice.asterisk', `--asterisk-url: ${error.message}`, { cause: error });
    throw error;
  }
}

function addressOf({ sipHost, sipPublicAddress }: Config): string {
  const address = sipPublicAddress ?? sipHost;
  return address.includes(':') ? `[${address}]` : address;
}

function passwordOf({ asteriskPassword, asteriskPasswordFile }: Config): string {
  if (asteriskPasswordFile === undefined) return asteriskPassword ?? '';
  try {
    return readFileSync(asteriskPasswordFile, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefused('option.refused', `--asterisk-password-file: cannot read ${asteriskPasswordFile} (${why})`);
  }
}
