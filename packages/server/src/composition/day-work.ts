import type { Settings } from '@threerings/core/settings/defaults';
import { type AnomalyDesk, anomalyFeature } from '../anomalies/anomaly-routes.ts';
import { AnomalyWatch } from '../anomalies/anomaly-watch.ts';
import { topicsSince } from '../anomalies/topics-read-model.ts';
import { BlocklistDesk } from '../blocklist/blocklist-desk.ts';
import { blocklistFeature } from '../blocklist/blocklist-routes.ts';
import { BulletinDesk } from '../bulletins/bulletin-desk.ts';
import { bulletinFeature } from '../bulletins/bulletin-routes.ts';
import type { Clock } from '../clock.ts';
import { DirectoryBook } from '../directory/directory-book.ts';
import { type DirectoryDesk, directoryFeature } from '../directory/directory-routes.ts';
import { EmergencyDesk } from '../emergencies/emergency-desk.ts';
import { emergencyFeature } from '../emergencies/emergency-routes.ts';
import type { Feature } from '../http/app.ts';
import { type InboxParts, inboxFeature } from '../inbox/inbox-routes.ts';
import type { Sight } from '../interactions/sight.ts';
import { OutageBook } from '../outages/outage-book.ts';
import { type OutageDesk, outageFeature } from '../outages/outage-routes.ts';
import type { Audit } from '../people/people-store.ts';
import { recordedPrompts } from '../prompts/prompt-rows.ts';
import { filedSounds } from '../prompts/sound-files.ts';
import type { OutboxRouteParts } from '../sending/outbox-routes.ts';
import { emergencyUnanswered } from '../store/emergency-rows.ts';
import { TimerRunner } from '../store/timer-runner.ts';
import type { TicketDesk } from '../tickets/ticket-desk.ts';
import { TrainingHouse } from '../training/training-house.ts';
import { trainingFeature } from '../training/training-routes.ts';
import { type PrivateNoteParts, privateNoteFeature } from '../wellbeing/notes-routes.ts';
import type { HotlineParts } from './hotline-parts.ts';
import type { NormsInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

/** What everybody works with through a day beside calls: outages, the directory, news. */
export interface DayWork {
  readonly outages: OutageDesk;
  readonly directory: DirectoryDesk;
  readonly bulletins: BulletinDesk;
  readonly training: TrainingHouse;
  readonly emergencies: EmergencyDesk;
  readonly anomalies: AnomalyDesk;
  readonly inbox: InboxParts;
  readonly blocklist: BlocklistDesk;
  readonly notes: PrivateNoteParts;
}

interface DayWorkHouse {
  readonly context: PartContext;
  readonly parts: HotlineParts;
  readonly sight: Sight;
  readonly hotlineName: string;
  readonly norms: NormsInForce;
  readonly outbox: Pick<OutboxRouteParts, 'senders' | 'wake'>;
  readonly tickets: TicketDesk;
  titleOf(article: string): string | undefined;
}

export async function openDayWork(house: DayWorkHouse): Promise<DayWork> {
  const { context, parts, sight } = house;
  const { store, shell } = context;
  const { floor } = parts;
  const { now } = parts.clock;
  const outages = openOutages(house);
  await outages.book.restore();
  const bulletins = new BulletinDesk({
    ...{ db: store.db, people: shell.people, audit: shell.audit, now },
    unitsBelow: (unit) => sight.unitsBelow(unit),
    acknowledge: (agent, bulletin, version) => floor.tell({ kind: 'bulletin-read', agent, bulletin, version, at: now() }),
    changed: (briefings) => floor.tell({ kind: 'briefings', briefings, at: now() }),
  });
  await bulletins.refresh();
  const directory: DirectoryDesk = {
    ...{ db: store.db, book: new DirectoryBook(store.db, now), audit: shell.audit, now },
    tell: (agent, interaction, act) => floor.tell({ kind: 'knowledge', agent, interaction, act, at: now() }),
  };
  const training = new TrainingHouse({
    ...{ db: store.db, people: shell.people, audit: shell.audit, data: context.config.data, norms: house.norms, sight, now },
    settings: () => floor.hotline.settings,
  });
  const emergencies = new EmergencyDesk({
    ...{ db: store.db, events: parts.events, now },
    read: (references) => parts.vault.read(store.db, references),
  });
  const anomalies = { db: store.db, people: shell.people, now };
  await watchCalls(house);
  const notes = { db: store.db, days: () => floor.hotline.settings.privateNoteDays, now };
  const inbox = {
    ...{ db: store.db, audit: shell.audit, people: shell.people, tickets: house.tickets, sight, now },
    alerts: () => parts.board.view('zh').alerts,
    hotline: () => floor.hotline,
  };
  const blocklist = await openBlocklist(house);
  return { outages, directory, bulletins, training, emergencies, anomalies, inbox, notes, blocklist };
}

/** Routes of the registers of a day. */
export function dayWorkFeatures(work: () => DayWork, audit: Audit): Feature[] {
  return [
    outageFeature(() => work().outages),
    directoryFeature(() => work().directory),
    bulletinFeature(() => work().bulletins),
    trainingFeature(() => work().training),
    emergencyFeature(() => work().emergencies, audit),
    anomalyFeature(() => work().anomalies),
    inboxFeature(() => work().inbox),
    blocklistFeature(() => work().blocklist),
    privateNoteFeature(() => work().notes),
  ];
}

/** People come and go, and what was published for later begins: who must read what is looked at again so often, ms. */
const refreshEveryMs = 60_000;

interface FollowedDay {
  readonly context: PartContext;
  readonly work: DayWork;
  readonly clock: Clock;
  readonly dispatch: HotlineParts['dispatch'];
  readonly settings: () => Settings;
}

/** What goes on by itself: required news is looked at again, and an emergency that nobody takes in hand goes up. */
export function followDay({ context, work, clock, dispatch, settings }: FollowedDay): Pick<TimerRunner, 'settled' | 'stop'> {
  const { log, store } = context;
  const onError = (error: unknown) => log.error({ err: error }, 'the required news could not be read');
  const failed = (error: unknown) => log.error({ err: error }, 'the blocklist could not be read');
  const timer = setInterval(() => {
    void work.bulletins.refresh().catch(onError);
    void work.blocklist.refresh().catch(failed);
  }, refreshEveryMs).unref();
  const timers = new TimerRunner({
    ...{ db: store.db, clock },
    handlers: { [emergencyUnanswered]: ({ payload }) => work.emergencies.unanswered(String(payload['emergency'])) },
    onError: (error) => log.error({ err: error }, 'an emergency could not be sent up'),
  });
  timers.start();
  dispatch.subscribe('emergencies', (events) => {
    for (const { type, occurredAt } of events) if (type === 'emergency.raised') timers.set(occurredAt + settings().emergencyAnswerMs);
  });
  return {
    settled: () => timers.settled(),
    stop: async () => {
      clearInterval(timer);
      await timers.stop();
    },
  };
}

/** Many calls about one thing within minutes. */
async function watchCalls({ context, parts, titleOf }: DayWorkHouse): Promise<void> {
  const watch = new AnomalyWatch({
    ...{ events: parts.events, titleOf },
    settings: () => parts.floor.hotline.settings,
    onError: (error) => context.log.error({ err: error }, 'similar calls could not be told'),
  });
  watch.restore(await topicsSince(context.store.db, parts.clock.now() - parts.floor.hotline.settings.similarCallsMs));
  parts.dispatch.subscribe('similar calls', watch.take);
}

/** The list itself is asked by every arriving call; the desk keeps it. */
async function openBlocklist({ context, parts }: DayWorkHouse): Promise<BlocklistDesk> {
  const { store, shell, log, config, form } = context;
  const desk = new BlocklistDesk({
    ...{ db: store.db, vault: parts.vault, audit: shell.audit, list: parts.blocklist, now: parts.clock.now },
    ownNumbers: () => Object.keys(parts.floor.hotline.plan.numbers),
    announced: async () => {
      const { placed, delivered } = filedSounds({ form, data: config.data });
      return placed.has('blocked') || delivered.has('blocked') || (await recordedPrompts(store.db)).includes('blocked');
    },
    onError: (error) => log.error({ err: error }, 'a blocked call could not be counted'),
  });
  await desk.refresh();
  parts.dispatch.subscribe('blocklist', desk.take);
  return desk;
}

function openOutages({ context, parts, sight, hotlineName, outbox }: DayWorkHouse): OutageDesk {
  const { store, shell, log } = context;
  const { floor, events, promises, vault } = parts;
  const { now } = parts.clock;
  const book = new OutageBook({
    ...{ db: store.db, vault, events, promises, now, hotlineName },
    senders: () => outbox.senders,
    wake: () => outbox.wake(),
    settings: () => floor.hotline.settings,
    changed: (outages) => floor.tell({ kind: 'outages', outages, at: now() }),
    onError: (what, error) => log.error({ err: error, what }, 'an outage could not be followed'),
  });
  parts.dispatch.subscribe('outages', book.take);
  return {
    ...{ db: store.db, book, events, people: shell.people, sight, now },
    agentOn: (interaction) => {
      const { calls, chats } = floor.hotline;
      return calls.get(interaction)?.interaction.talk?.agent ?? chats.get(interaction)?.agent;
    },
  };
}
