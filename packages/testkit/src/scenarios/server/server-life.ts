import path from 'node:path';
import type { WordsCheck } from '@threerings/core/words/words-check';
import { trunkAddress } from '@threerings/server/channels/voice-embedded/dialling';
import { VoiceChannel } from '@threerings/server/channels/voice-embedded/voice-channel';
import type { Clock } from '@threerings/server/clock';
import { type Chats, openChats } from '@threerings/server/composition/chats';
import { followDay } from '@threerings/server/composition/day-work';
import { connectReaders, type HotlineParts, makeHotline, staffOf } from '@threerings/server/composition/hotline-parts';
import { type Matters, openMatters } from '@threerings/server/composition/matters';
import type { NormsInForce } from '@threerings/server/composition/norms-in-force';
import type { PartContext } from '@threerings/server/composition/product-part';
import { restoreHotline } from '@threerings/server/composition/restore-hotline';
import { type ConfiguredChannel, channelsIn } from '@threerings/server/composition/text-channel-settings';
import { standingCalls } from '@threerings/server/hotline/standing-calls';
import { plainPlan, readStoredPlan } from '@threerings/server/hotline-plan/plan-read-model';
import { fileOfRecording } from '@threerings/server/interactions/recordings-read-model';
import { Sight } from '@threerings/server/interactions/sight';
import { runPromiseTimers } from '@threerings/server/promises/promise-timers';
import type { Sender } from '@threerings/server/sending/sender';
import type { Voice } from '@threerings/voice/port';
import type { SimClock } from '../../sim-clock.ts';
import type { FakeVendor } from '../../vendors/fake-vendor.ts';
import type { LookupAnswer, Scenario } from '../scenario.ts';
import { blockedNumbers, flowsOf } from '../stage.ts';

/** One life of a server process: the hotline's parts on a database, and their channel. */
export interface Life {
  readonly parts: HotlineParts;
  readonly channel: VoiceChannel;
  readonly chats: Chats;
  readonly matters: Matters;
  /** the check before sending, as the norms in force ask for it */
  readonly checkWords: WordsCheck;
  /** The parts that hold something of this interaction because it goes on. */
  holds(interaction: string): string[];
  /** Everything that was begun is stored and carried out. */
  settled(): Promise<void>;
  /** Ends like a process: its timers and its connection to the voice process are gone, nobody is told. */
  kill(): Promise<void>;
}

export interface LifeOptions {
  readonly norms: NormsInForce;
  readonly clock: SimClock;
  readonly voice: Voice;
  readonly recogniser: boolean;
  readonly epoch: number;
  readonly flow: Scenario['flow'];
  readonly lookups: Scenario['lookups'];
  readonly outages: Scenario['outages'];
  readonly blocked: Scenario['blocked'];
  readonly wecom: FakeVendor | undefined;
  /** set where people work on what is in no call: where text messages go */
  readonly sms: Sender | undefined;
  /** the database has nothing to do, see TestDatabase.quiet */
  quiet(): Promise<void>;
}

/** Begins a life where the stored events leave the hotline, as the composition root does. */
export async function beginLife(context: PartContext, options: LifeOptions): Promise<Life> {
  const { norms, clock, voice, recogniser, epoch, quiet, flow, lookups, outages, blocked, wecom, sms } = options;
  const own = new MortalClock(clock);
  const [plan = plainPlan, people] = await Promise.all([readStoredPlan(context.store.db), context.shell.people.people()]);
  let channel: VoiceChannel | undefined;
  let chats: Chats | undefined;
  const parts = makeHotline(context, norms, { plan, people, flows: flowsOf(flow) }, own, {
    epoch,
    recogniser,
    perform: async (effect) => (await channel?.perform(effect)) ?? { ok: false, refused: 'voice.off', message: 'no channel yet' },
    lookUp: ({ url }) => answered(own, lookups[url]),
    isPhoneConnected: (agent) => channel?.phones.isConnected(agent) ?? false,
    floorChanged: (touched) => chats?.changed(touched),
    dutiesChanged: (interaction) => chats?.live.touched(interaction),
  });
  const staff = staffOf(people).map(({ agent }) => agent);
  const zone = norms.calendar.table.zone[0]?.offsetMs ?? 0;
  const { hotline, unfinished } = await restoreHotline(parts, context, staff, parts.floor.hotline, zone);
  parts.floor.restore(hotline);
  connectReaders(parts, context);
  chats = await openChats(context, parts, accountsAt(wecom, clock.now));
  const openedChats = chats;
  const matters = await openMatters(context, parts, norms, new Sight(context.shell.people, clock.now));
  parts.blocklist.replace(blockedNumbers(blocked));
  if (outages.length > 0) await parts.floor.tell({ kind: 'outages', outages, at: clock.now() });
  const timers = runPromiseTimers({
    db: context.store.db,
    clock: own,
    promises: parts.promises,
    dispatch: parts.dispatch,
    onError: (error) => context.log.error({ err: error }, 'a timer failed'),
  });
  const day = sms === undefined ? undefined : beginDay(context, parts, matters, own, sms);
  channel = makeChannel(parts, context, own, voice);
  channel.phones.expect([...hotline.people].filter(([, { phone }]) => phone).map(([agent]) => agent));
  await channel.start({
    tell: async (input) => void (await parts.floor.tell(input)),
    report: async (interaction, events) =>
      void (await parts.events.append({ stream: `interaction-${interaction}`, interaction, events, origin: 'live', lenient: true })),
    watermark: (interaction, marks) => parts.observer.watermark(interaction, marks),
  });
  await openedChats.channels.start();
  for (const [interaction, since] of unfinished) void parts.floor.tell({ kind: 'unwatched', interaction, since, at: clock.now() });
  const settled = async () => {
    await settledParts(parts);
    await openedChats.channels.settled();
    await timers.settled();
    await day?.settled();
    await settledParts(parts);
    await quiet();
  };
  return {
    parts,
    channel,
    chats: openedChats,
    matters,
    checkWords: norms.book.checkWords,
    holds: (interaction) => holders(parts, interaction),
    settled,
    async kill() {
      await settled();
      own.die();
      await day?.stop();
      await voice.close();
    },
  };
}

function holders({ floor, observer, origins, desks, guide }: HotlineParts, interaction: string): string[] {
  const { calls, chats: written, acting } = floor.hotline;
  const held = {
    'the call': calls.has(interaction),
    'the chat': written.has(interaction),
    'what is done for its customer': acting.has(interaction),
    'its guide': guide.of(interaction).length > 0,
    'its judging': observer.watchOf(interaction) !== undefined,
    'where it came from': origins.has(interaction),
    'its desks': desks.agentsOn(interaction).length > 0 || desks.numberOf(interaction) !== undefined,
  };
  return Object.entries(held).flatMap(([where, is]) => (is ? [where] : []));
}

function accountsAt(wecom: FakeVendor | undefined, now: Clock['now']): readonly ConfiguredChannel[] {
  if (wecom === undefined) return [];
  const read = channelsIn(JSON.stringify({ channels: [wecom.account] }), now);
  if ('wrong' in read) throw new Error(read.wrong);
  return read.channels;
}

/** Emergencies go up, messages go, whoever asked is told: what goes on in the house by itself. */
function beginDay(
  context: PartContext,
  { dispatch, floor }: HotlineParts,
  { day, outbox, outboxTimers }: Matters,
  clock: Clock,
  sms: Sender,
) {
  Object.assign(outbox.senders, { sms });
  outboxTimers.start();
  const followed = followDay({ context, work: day, clock, dispatch, settings: () => floor.hotline.settings });
  return {
    async settled() {
      await followed.settled();
      await day.outages.book.settled();
      await outboxTimers.settled();
      await day.outages.book.settled();
    },
    async stop() {
      await Promise.all([followed.stop(), outboxTimers.stop()]);
    },
  };
}

function makeChannel(parts: HotlineParts, { config }: PartContext, clock: Clock, voice: Voice): VoiceChannel {
  return new VoiceChannel({
    voice,
    clock,
    dialUri: (number) => trunkAddress(config.trunkProxy, number),
    fileOf: (recording) => path.join(config.data, fileOfRecording(recording)),
    lengthOf: async () => undefined,
    standing: () => standingCalls(parts.floor.hotline),
  });
}

/** What a service of the house says; without an answer it never does. */
function answered(clock: Clock, answer: LookupAnswer | undefined): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (answer !== undefined) clock.at(clock.now() + answer.afterMs, () => resolve(answer.result));
  });
}

/** Rounds of waiting: an effect's event can begin a turn, whose verdicts are stored after it. */
const rounds = 3;

async function settledParts({ floor, timelines, observer, events }: HotlineParts): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await floor.settled();
    await timelines.settled();
    await observer.settled();
    await events.drained();
  }
}

/** The clock of one life: when it ends, what it had planned never runs. */
class MortalClock implements Clock {
  readonly now: () => number;
  readonly #clock: SimClock;
  readonly #planned = new Set<() => void>();
  #dead = false;

  constructor(clock: SimClock) {
    this.#clock = clock;
    this.now = clock.now;
  }

  at(instant: number, run: () => void): () => void {
    if (this.#dead) return () => {};
    const cancel = this.#clock.at(instant, () => {
      this.#planned.delete(cancel);
      run();
    });
    this.#planned.add(cancel);
    return cancel;
  }

  die(): void {
    this.#dead = true;
    for (const cancel of this.#planned) cancel();
    this.#planned.clear();
  }
}
