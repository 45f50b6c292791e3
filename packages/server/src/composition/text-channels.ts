import type { ChatTold } from '@threerings/core/hotline/chat-inputs';
import { fact } from '@threerings/core/timeline/decider';
import { streamOfInteraction } from '@threerings/core/timeline/event';
import { StartRefused } from '../store/start-refused.ts';
import { Deliveries } from '../text-channels/deliveries.ts';
import { IncomingFiles } from '../text-channels/incoming-files.ts';
import { Intake } from '../text-channels/intake.ts';
import { TextChannel } from '../text-channels/text-channel.ts';
import { forgetOld } from '../text-channels/threads-read-model.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';
import { type ConfiguredChannel, readChannels } from './text-channel-settings.ts';

/** The accounts at WeCom, WeChat and QQ whose customers write to this hotline. */
export interface TextChannels {
  channel(id: string): TextChannel | undefined;
  /** `chat:` and the id of each account that the vendor does not serve now */
  degraded(): readonly string[];
  /** Begins to fetch and to send, once the hotline takes inputs. */
  start(): Promise<void>;
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** What a vendor can repeat, and what was sent, is remembered for so long, ms. */
const rememberedMs = 30 * 86_400_000;

/**
 * The accounts of `--chat-channels-file`.
 * @throws StartRefused `option.refused`: a file that cannot be read, that others may read, or that is not as expected
 */
export function accountsOf({ config: { chatChannelsFile }, now }: Pick<PartContext, 'config' | 'now'>): readonly ConfiguredChannel[] {
  if (chatChannelsFile === undefined) return [];
  const read = readChannels(chatChannelsFile, now);
  if ('wrong' in read) throw new StartRefused('option.refused', `--chat-channels-file: ${read.wrong}`);
  return read.channels;
}

type Outcome = Extract<ChatTold, { kind: 'delivered' | 'undelivered' }>;
type Parts = Pick<HotlineParts, 'attachments' | 'clock' | 'floor' | 'events' | 'timelines' | 'vault'>;

export function openTextChannels(
  { store, log }: Pick<PartContext, 'store' | 'log'>,
  parts: Parts,
  configured: readonly ConfiguredChannel[],
): TextChannels {
  const { clock, floor, vault, timelines } = parts;
  const { db, masterKey } = store;
  const hotline = () => floor.hotline;
  const channels = new Map<string, TextChannel>();
  const files = new IncomingFiles({
    ...{ db, vault, clock, attachments: parts.attachments },
    vendor: (id) => channels.get(id)?.vendor,
    report: async (interaction, event) =>
      void (await parts.events.append({ stream: streamOfInteraction(interaction), interaction, events: [event], lenient: true })),
    onError: (error, interaction) => log.error({ err: error, interaction }, 'a file of a chat could not be kept'),
  });
  const intake = new Intake({
    ...{ db, vault, clock, masterKey, hotline },
    files: (interaction) => files.expected(interaction),
    tell: (interaction, told) => floor.tell({ kind: 'chat', interaction, told, at: clock.now() }),
  });
  const deliveries = new Deliveries({
    ...{ db, vault, clock, hotline },
    openFile: (attachment) => parts.attachments.open(attachment),
    vendor: (id) => channels.get(id)?.vendor,
    tried: (id, reason) => channels.get(id)?.tried(reason),
    tell: (interaction, told) => tellOf(parts, interaction, told),
    onError: (error, interaction) => log.error({ err: error, interaction }, 'a message of a chat could not be handed on'),
  });
  for (const { id, vendor, queue } of configured)
    channels.set(id, new TextChannel({ id, vendor, queue, db, clock, intake, deliveries, log }));
  timelines.subscribe(deliveries.take);
  return {
    channel: (id) => channels.get(id),
    degraded: () => [...channels].flatMap(([id, { fault }]) => (fault === undefined ? [] : [`chat:${id}`])),
    start: async () => {
      await forgetOld(db, clock.now() - rememberedMs);
      await deliveries.start();
      await files.start(clock.now() - rememberedMs);
      for (const channel of channels.values()) channel.start();
    },
    settled: async () => {
      for (const channel of channels.values()) await channel.settled();
      await intake.settled();
      await files.settled();
      await deliveries.settled();
    },
    stop: async () => {
      for (const channel of channels.values()) await channel.stop();
      await intake.settled();
      await files.stop();
      await deliveries.stop();
    },
  };
}

/** What became of a message. One that is given up after its chat was closed still stands in the chat's timeline. */
async function tellOf({ floor, events, clock }: Parts, interaction: string, told: Outcome): Promise<void> {
  const at = clock.now();
  const answer = await floor.tell({ kind: 'chat', interaction, told, at });
  if (!('refused' in answer)) return;
  if (answer.refused !== 'chat.unknown') throw new Error(`${told.kind} was not stored: ${answer.refused}`);
  if (told.kind !== 'undelivered' || !told.final) return;
  const { message, reason, final } = told;
  const late = fact('chat.undelivered', at, { message, reason, final }, { by: 'system' });
  await events.append({ stream: streamOfInteraction(interaction), interaction, events: [late], lenient: true });
}
