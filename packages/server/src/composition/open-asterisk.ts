import { readFileSync } from 'node:fs';
import type { AriFault } from '@threerings/voice/asterisk/ari/connection';
import { AsteriskUnreachable, AsteriskVoice } from '@threerings/voice/asterisk/engine';
import type { Voice } from '@threerings/voice/port';
import type { Config } from '../config.ts';
import { StartRefused } from '../store/start-refused.ts';
import type { PartContext } from './product-part.ts';

/** Connects to Asterisk; `gateway` is the voice process, which has the browsers and the recordings. */
export async function openAsterisk({ config, log }: Pick<PartContext, 'config' | 'log'>, gateway: Voice): Promise<AsteriskVoice> {
  const { asteriskUrl: url = '', asteriskUser: user, asteriskApp: application, asteriskSounds: sounds = '' } = config;
  let down = false;
  const onState = (fault: AriFault | undefined) => {
    if (fault === undefined && down) log.warn({ url }, 'Asterisk is there again; its calls were read back');
    if (fault !== undefined && !down) log.error({ ...fault }, 'Asterisk is not there; it is tried again and again');
    down = fault !== undefined;
  };
  try {
    return await AsteriskVoice.start({
      access: { url, user, password: passwordOf(config), application },
      gateway,
      gatewayEndpoint: `PJSIP/${config.asteriskEndpoint}/sip:{user}@${addressOf(config)}:${config.sipPort}`,
      dial: config.asteriskDial,
      sounds: { write: sounds, read: sounds },
      graceMs: config.grace,
      onState,
      onUnplayable: (sound) => log.error({ sound, folder: sounds }, 'Asterisk cannot play this; it must be able to read --asterisk-sounds'),
    });
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
