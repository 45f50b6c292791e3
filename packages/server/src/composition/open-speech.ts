import type { Voice } from '@threerings/voice/port';
import { agentLeg } from '../channels/voice-embedded/names.ts';
import { systemClock } from '../clock.ts';
import { ListenerProcess } from '../speech/listener-process.ts';
import { SpeechService } from '../speech/speech-service.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';
import type { Unfinished } from './restore-hotline.ts';

/** Begins to listen to the calls of this server, those that go on included; undefined where the settings say no. */
export async function openSpeech(
  { config, log }: PartContext,
  parts: HotlineParts,
  voice: Voice,
  unfinished: Unfinished,
): Promise<SpeechService | undefined> {
  if (!config.audioMeasures) return undefined;
  const speech = new SpeechService({
    clock: systemClock,
    voice,
    sources: ['audio'],
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
