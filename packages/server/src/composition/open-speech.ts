import type { Voice } from '@threerings/voice/port';
import { agentLeg } from '../channels/voice-embedded/names.ts';
import { systemClock } from '../clock.ts';
import type { HeardSource } from '../speech/listener/protocol.ts';
import { ListenerProcess } from '../speech/listener-process.ts';
import { recogniserSettings } from '../speech/recogniser-settings.ts';
import type { RecogniserSettings } from '../speech/recognisers/make-recogniser.ts';
import { SpeechService } from '../speech/speech-service.ts';
import { StartRefused } from '../store/start-refused.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';
import type { Unfinished } from './restore-hotline.ts';

/** Who listens to the calls of this server. */
export interface Ears {
  readonly measures: boolean;
  readonly recogniser: RecogniserSettings | undefined;
}

/** From the settings. A recogniser that is not there is no reason not to take calls: there is no transcript, and every call says so. */
export function earsOf({ config, log }: PartContext, calls: boolean): Ears {
  if (!calls) return { measures: false, recogniser: undefined };
  const read = recogniserSettings(config);
  if ('wrong' in read) throw new StartRefused('option.missing', read.wrong);
  if ('missing' in read) log.warn({ missing: read.missing }, 'no speech recognition: calls have no transcript');
  return { measures: config.audioMeasures, recogniser: 'settings' in read ? read.settings : undefined };
}

/** Begins to listen to the calls of this server, those that go on included; undefined where nobody listens. */
export async function openSpeech(
  { config, log }: PartContext,
  { measures, recogniser }: Ears,
  parts: HotlineParts,
  voice: Voice,
  unfinished: Unfinished,
): Promise<SpeechService | undefined> {
  const words: readonly HeardSource[] = recogniser === undefined ? [] : ['speech.agent', 'speech.customer'];
  const sources = measures ? (['audio', ...words] as const) : words;
  if (sources.length === 0) return undefined;
  const speech = new SpeechService({
    clock: systemClock,
    voice,
    sources,
    recogniser,
    log,
    makeListener: (events) => new ListenerProcess(config.data, systemClock, events),
    legOf: (side, interaction, agent) => (side === 'customer' ? interaction : agentLeg(agent)),
    isLive: (interaction) => parts.origins.get(interaction) === 'live',
    append: async (interaction, events) => {
      const answer = await parts.events.append({
        stream: `interaction-${interaction}`,
        interaction,
        events,
        origin: 'live',
        lenient: true,
      });
      if ('refused' in answer) throw new Error(`${interaction}: ${answer.refused}`);
    },
    watermark: (interaction, marks) => parts.observer.watermark(interaction, marks),
  });
  parts.dispatch.subscribe('speech', speech.take);
  for (const [interaction, since] of unfinished) speech.restore(interaction, await parts.events.loadInteraction(interaction), since);
  speech.start();
  return speech;
}
