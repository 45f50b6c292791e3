import { chatFileFeature } from '../chats/chat-file-routes.ts';
import { ChatFiles } from '../chats/chat-files.ts';
import { type ChatRouteParts, chatFeature } from '../chats/chat-routes.ts';
import { LiveChats } from '../chats/live-chats.ts';
import { VisitorPages } from '../chats/visitor-pages.ts';
import { demoHotline } from '../demo/demo-hotline.ts';
import type { Touched } from '../hotline/floor.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { Feature } from '../http/app.ts';
import type { Sight } from '../interactions/sight.ts';
import type { PeopleStore } from '../people/people-store.ts';
import { Paced } from '../runtime/paced.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { PartContext } from './product-part.ts';
import { accountsOf, openTextChannels, type TextChannels } from './text-channels.ts';

/** An agent's list of chats is made at most so often, ms; the open conversation is told of each message at once. */
const listEveryMs = 400;

/** Conversations in writing as they run: what visitors and agents see of them. */
export interface Chats {
  readonly pages: VisitorPages;
  readonly live: LiveChats;
  readonly channels: TextChannels;
  /** after the commit of a turn */
  changed(touched: Touched): void;
  stop(): Promise<void>;
}

type Parts = Pick<HotlineParts, 'attachments' | 'clock' | 'floor' | 'events' | 'timelines' | 'guide' | 'vault'>;

/** Begins where the stored events leave the chats. Before the first input, after the hotline was restored. */
export async function openChats(context: PartContext, parts: Parts, accounts = accountsOf(context)): Promise<Chats> {
  const { store, shell, config } = context;
  const { clock, floor, events, timelines, guide, vault } = parts;
  const hotline = () => floor.hotline;
  const lists = new Paced(clock, listEveryMs, (agent) => {
    const address = { topic: 'chats', agent } as const;
    if (shell.live.followed(address)) shell.live.publish(address, live.view(agent));
  });
  const showTo = (agent: string) => lists.ask(agent);
  const live = new LiveChats({
    hotline,
    duties: (interaction) => guide.of(interaction),
    read: (references) => vault.read(store.db, references),
    changed: showTo,
  });
  const pages = new VisitorPages({
    clock,
    hotline,
    mostFileMegabytes: config.attachmentMegabytes,
    hotlineName: { name: config.hotlineName ?? demoHotline.name, number: config.hotlineNumber ?? demoHotline.number },
    tell: async (interaction, told, language) => {
      const answer = await floor.tell({ kind: 'chat', interaction, told, at: clock.now() });
      return 'refused' in answer ? speakRefusal(answer, language) : undefined;
    },
    load: async (interaction) => events.withTexts(await events.loadInteraction(interaction)),
    typing: (agent, interaction) => shell.live.sendTo(agent, { kind: 'chat-typing', interaction }),
  });
  for (const interaction of hotline().chats.keys())
    live.take(interaction, await events.withTexts(await events.loadInteraction(interaction)));
  timelines.subscribe(live.take);
  timelines.subscribe(pages.take);
  shell.chats.gateway(pages);
  const channels = openTextChannels(context, parts, accounts);
  return {
    pages,
    live,
    channels,
    changed({ calls, people }) {
      const reseated = live.reseated(calls);
      pages.changed(calls, people.size > 0 || reseated);
      for (const agent of people) showTo(agent);
      if (people.size > 0 || reseated) live.seatsChanged();
    },
    stop: async () => {
      pages.stop();
      lists.stop();
      await channels.stop();
    },
  };
}

/** The routes of agents and leaders. */
export function chatsFeature(
  running: () => { readonly parts: Parts; readonly chats: Chats },
  sight: Sight,
  people: Pick<PeopleStore, 'person'>,
  { check, replies }: Pick<ChatRouteParts, 'check' | 'replies'> = {},
): Feature {
  return chatFeature({
    ...{ check, replies },
    ask: (agent, act) => {
      const { floor, clock } = running().parts;
      return floor.tell({ kind: 'chat-desk', agent, act, at: clock.now() });
    },
    chats: () => running().chats.live,
    holderOf: (interaction) => running().parts.floor.hotline.chats.get(interaction)?.agent,
    maySee: async (person, agent) => {
      const unit = agent === undefined ? undefined : (await people.person(agent))?.unit;
      return sight.maySee(person, { agent, unit });
    },
    typing: (_, interaction) => running().chats.pages.agentTypes(interaction),
  });
}

/** Files that visitors and agents send each other. */
export function chatFilesFeature(
  { shell, config, now, store }: Pick<PartContext, 'shell' | 'config' | 'now' | 'store'>,
  running: () => Pick<HotlineParts, 'attachments' | 'floor' | 'clock'>,
  sight: Sight,
): Feature {
  const files = new ChatFiles({
    attachments: () => running().attachments,
    hotline: () => running().floor.hotline,
    tell: (interaction, told) => running().floor.tell({ kind: 'chat', interaction, told, at: running().clock.now() }),
    ask: (agent, act) => running().floor.tell({ kind: 'chat-desk', agent, act, at: running().clock.now() }),
  });
  return chatFileFeature({
    files,
    mostBytes: config.attachmentMegabytes * 1_048_576,
    audit: shell.audit,
    now,
    chatOf: (token) => shell.chats.chatOf(token),
    maySee: async (person, interaction) => {
      const found = await findInteraction(store.db, interaction);
      return found !== undefined && sight.maySee(person, { agent: found.row.agent, unit: found.unit });
    },
  });
}
