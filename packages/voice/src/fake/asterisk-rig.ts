import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { AriFault } from '../asterisk/ari/connection.ts';
import { type AsteriskOptions, AsteriskVoice } from '../asterisk/engine.ts';
import { VoiceRig } from './voice-rig.ts';

/** Where a real Asterisk runs; `startAsterisk` of the testkit gives it. */
export interface AsteriskPlace {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly sipPort: number;
  readonly folder: string;
}

/** The engine on a real Asterisk and a real gateway, on loopback; for wire tests. */
export class AsteriskRig {
  readonly gateway: VoiceRig;
  readonly options: AsteriskOptions;
  readonly faults: (AriFault | undefined)[] = [];
  private readonly voices: AsteriskVoice[] = [];

  private constructor(gateway: VoiceRig, place: AsteriskPlace) {
    this.gateway = gateway;
    const sounds = path.join(place.folder, 'sounds');
    mkdirSync(sounds, { recursive: true });
    this.options = {
      access: { url: place.url, user: place.user, password: place.password, application: 'threerings' },
      gateway: gateway.voice,
      gatewayEndpoint: `PJSIP/threerings/${gateway.sipUri.replace('12345', '{user}')}`,
      dial: 'PJSIP/trunk/{uri}',
      sounds: { write: sounds, read: sounds },
      graceMs: 5000,
      times: { firstRetryMs: 50, longestRetryMs: 200 },
      onState: (fault) => this.faults.push(fault),
    };
  }

  static async start(place: AsteriskPlace): Promise<AsteriskRig> {
    return new AsteriskRig(await VoiceRig.start(), place);
  }

  /** A controller; a later one takes over the calls of the one before. */
  async connect(): Promise<AsteriskVoice> {
    const voice = await AsteriskVoice.start(this.options);
    this.voices.push(voice);
    return voice;
  }

  /** Like `connect`, without waiting for it. */
  open(): AsteriskVoice {
    const voice = AsteriskVoice.open(this.options);
    this.voices.push(voice);
    return voice;
  }

  async close(): Promise<void> {
    for (const voice of this.voices) await voice.close();
    await this.gateway.close();
  }
}
