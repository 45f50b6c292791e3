import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fact } from '@threerings/core/timeline/decider';
import { boardView, type EngineDown } from '@threerings/core/wire/board';
import type { Voice } from '@threerings/voice/port';
import { v7 as uuidv7 } from 'uuid';
import { templateFeature } from '../acting/template-routes.ts';
import { liveFlows } from '../call-flows/flow-book.ts';
import { CallerPages } from '../caller/caller-pages.ts';
import type { ChannelSink } from '../channels/channel.ts';
import { ReplayChannel } from '../channels/replay/replay-channel.ts';
import { trunkAddress } from '../channels/voice-embedded/dialling.ts';
import { VoiceChannel } from '../channels/voice-embedded/voice-channel.ts';
import { systemClock } from '../clock.ts';
import { playDemoReplays } from '../demo/demo-replays.ts';
import { colleagueFeature } from '../desk/colleague-routes.ts';
import { deskFeature } from '../desk/desk-routes.ts';
import { matterFeature } from '../desk/matter-routes.ts';
import { phoneGateway } from '../desk/phone-gateway.ts';
import { standingCalls } from '../hotline/standing-calls.ts';
import { plainPlan, readStoredPlan } from '../hotline-plan/plan-read-model.ts';
import { planFeature } from '../hotline-plan/plan-routes.ts';
import type { Feature } from '../http/app.ts';
import { interactionFeature } from '../interactions/interaction-routes.ts';
import { lengthOfWav } from '../interactions/peaks.ts';
import { fileOfRecording } from '../interactions/recordings-read-model.ts';
import { Sight } from '../interactions/sight.ts';
import { leaderFeature } from '../monitoring/leader-routes.ts';
import { runPromiseTimers } from '../promises/promise-timers.ts';
import { followNodes, type Nodes } from '../runtime/follow-nodes.ts';
import type { SpeechService } from '../speech/speech-service.ts';
import { answerOf, forgetAnswers } from '../store/answered-commands.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import { type Lease, takeLease } from '../store/lease.ts';
import { StartRefused } from '../store/start-refused.ts';
import { callbackFeature } from '../text-channels/callback-routes.ts';
import { callFlowFeatures, openLookups } from './call-flows.ts';
import { type Chats, chatFilesFeature, chatsFeature, openChats } from './chats.ts';
import { runChores } from './chores.ts';
import type { EngineWatch } from './engine-watch.ts';
import {
  boardPlan,
  type Configured,
  connectReaders,
  type HotlineParts,
  makeHotline,
  recordingsFolder,
  settingsOf,
  staffOf,
} from './hotline-parts.ts';
import { offerTopics } from './hotline-topics.ts';
import { type Matters, matterFeatures, openMatters } from './matters.ts';
import { NormPublishing } from './norm-publishing.ts';
import { type NormsInForce, readNorms } from './norms-in-force.ts';
import { earsOf, openSpeech } from './open-speech.ts';
import { type OpenVoice, openVoice } from './open-voice.ts';
import type { MakePart, PartContext } from './product-part.ts';
import { restoreHotline } from './restore-hotline.ts';

interface Running {
  readonly parts: HotlineParts;
  readonly matters: Matters;
  readonly norms: NormsInForce;
  readonly chats: Chats;
  /** router and board follow who works here, how, and which norms are in force */
  reconfigure(): Promise<void>;
  /** why the telephone engine is not there; undefined where it is, and without voice */
  engineDown(): EngineDown | undefined;
  refreshSounds(): Promise<void>;
  stop(): Promise<void>;
}

/** How often people and queues that were added or changed reach the router and the board, ms. */
const staffEveryMs = 5000;

/** The hotline itself: calls, norms, desks, the board, promises and recordings. */
export const hotlinePart: MakePart = (context) => {
  let running: Running | undefined;
  const now = (): Running => {
    if (running === undefined) throw new Error('the hotline is asked before it has started');
    return running;
  };
  const sight = new Sight(context.shell.people, context.now);
  const publishing = new NormPublishing({
    context,
    norms: () => now().norms,
    changed: () => now().reconfigure(),
    raise: ({ alert, kind }) => void raiseAlert(now().parts, context, alert, kind),
  });
  offerTopics(context, sight, now);
  return {
    name: 'hotline',
    features: [...featuresOf(context, sight, now), publishing.feature],
    degraded: () => [
      ...(running?.norms.unreadable === undefined ? [] : ['norms']),
      ...(running?.engineDown() === undefined ? [] : ['telephone']),
      ...(running?.chats.channels.degraded() ?? []),
    ],
    start: async () => {
      running = await open(context, sight);
      publishing.start();
    },
    stop: async () => {
      await publishing.stop();
      await running?.stop();
    },
  };
};

function featuresOf(context: PartContext, sight: Sight, running: () => Running): Feature[] {
  const { store, config, shell } = context;
  return [
    deskFeature({
      ask: (agent, command, id) => {
        const { floor, clock } = running().parts;
        return floor.tell({ kind: 'desk', agent, command, asks: [], at: clock.now() }, id);
      },
      answered: (agent, id) => answerOf(store.db, agent, id),
    }),
    leaderFeature({
      audit: shell.audit,
      people: shell.people,
      sight,
      now: context.now,
      hotline: () => running().parts.floor.hotline,
      ask: (leader, command) => {
        const { floor, clock } = running().parts;
        return floor.tell({ kind: 'leader', leader, command, at: clock.now() });
      },
    }),
    colleagueFeature({ people: shell.people, hotline: () => running().parts.floor.hotline, now: () => running().parts.clock.now() }),
    matterFeature(() => running().parts.floor.hotline.plan),
    {
      name: 'board',
      routes(app) {
        const route = { config: { permission: 'board.see' }, schema: { response: { 200: boardView } } } as const;
        app.get('/api/board', route, async () => running().parts.board.view('zh'));
      },
    },
    chatsFeature(running, sight, shell.people, {
      check: (text) => running().norms.book.checkWords(text),
      replies: (reply) => running().matters.knowledge.replyNow(reply),
    }),
    ...callFlowFeatures(context, running),
    chatFilesFeature(context, () => running().parts, sight),
    callbackFeature({ channel: (id) => running().chats.channels.channel(id) }),
    templateFeature({ db: store.db, audit: shell.audit, now: context.now }),
    planFeature({ db: store.db, people: shell.people, audit: shell.audit, now: context.now }),
    ...matterFeatures(context, () => running().matters),
    interactionFeature({
      db: store.db,
      events: {
        loadInteraction: (interaction) => running().parts.events.loadInteraction(interaction),
        load: (stream) => running().parts.events.load(stream),
        withTexts: (events) => running().parts.events.withTexts(events),
      },
      book: () => running().norms.book,
      bookOf: (verdict) => running().norms.bookOf(verdict),
      clause: (id) => running().norms.clauses.get(id),
      sight,
      audit: shell.audit,
      now: context.now,
      data: config.data,
    }),
  ];
}

/** What has begun when something else fails to begin is given back: the start is refused in one line and leaves nothing. */
async function open(context: PartContext, sight: Sight): Promise<Running> {
  const lease = await owned(context);
  let voice: OpenVoice | undefined;
  try {
    voice = context.config.voice === 'off' ? undefined : await openVoice(context);
    return await openOn(context, sight, lease, voice);
  } catch (error) {
    await voice?.leave();
    await lease.release();
    throw error;
  }
}

async function openOn(context: PartContext, sight: Sight, lease: Lease, voice: OpenVoice | undefined): Promise<Running> {
  const { config, shell, log } = context;
  const lookups = openLookups(context);
  mkdirSync(recordingsFolder(config.data), { recursive: true, mode: 0o700 });
  const norms = await readNorms(context.store.db);
  const configured = await configuredNow(context);
  let channel: VoiceChannel | undefined;
  let pages: CallerPages | undefined;
  let chats: Chats | undefined;
  let speech: SpeechService | undefined;
  const ears = earsOf(context, voice !== undefined);
  const parts = makeHotline(context, norms, configured, systemClock, {
    epoch: lease.epoch,
    perform: async (effect) =>
      (await channel?.perform(effect)) ?? { ok: false, refused: 'voice.off', message: 'the server runs without voice' },
    ...(lookups === undefined ? {} : { lookUp: (effect) => lookups.ask(effect) }),
    isPhoneConnected: (agent) => channel?.phones.isConnected(agent) ?? false,
    floorChanged: (touched) => {
      pages?.refresh();
      chats?.changed(touched);
    },
    dutiesChanged: (interaction) => chats?.live.touched(interaction),
    measures: ears.measures,
    recogniser: ears.recogniser !== undefined,
  });
  const { hotline, unfinished } = await restoreHotline(
    parts,
    context,
    staffOf(configured.people).map(({ agent }) => agent),
    parts.floor.hotline,
    norms.calendar.table.zone[0]?.offsetMs ?? 0,
  );
  parts.floor.restore(hotline);
  connectReaders(parts, context);
  chats = await openChats(context, parts);
  const openedChats = chats;
  const matters = await openMatters(context, parts, norms, sight);
  const replay = new ReplayChannel(systemClock, uuidv7);
  await replay.start(sinkOf(parts, 'replay'));
  if (voice !== undefined) {
    channel = voiceChannel(context, parts, voice.voice);
    channel.phones.expect([...hotline.people].filter(([, { phone }]) => phone).map(([agent]) => agent));
    pages = callerPages(context, parts, channel, voice.watch);
    voice.watch.follow((down) => parts.board.apply({ kind: 'engine', down }));
    speech = await openSpeech(context, ears, parts, voice.voice, unfinished);
    await channel.start(sinkOf(parts, 'live'));
    shell.live.phone(phoneGateway(channel.phones));
    shell.callers.gateway(pages);
  }
  for (const [interaction, since] of unfinished) void parts.floor.tell({ kind: 'unwatched', interaction, since, at: context.now() });
  const background = await startBackground(context, norms, parts, replay, openedChats);
  const chores = runChores(context, matters);
  return {
    parts,
    norms,
    chats: openedChats,
    engineDown: () => voice?.watch.down,
    refreshSounds: async () => voice?.refreshSounds(),
    reconfigure: async () => reconfigure(context, norms, parts, await configuredNow(context)),
    matters,
    stop: () =>
      inOrder(log, [
        background,
        () => chores.stop(),
        () => lookups?.stop(),
        () => replay.stop(),
        () => openedChats.stop(),
        () => parts.floor.stop(),
        () => channel?.stop(),
        () => speech?.stop(),
        () => Promise.all([matters.tickets.parts.book.settled(), matters.day.outages.book.settled()]),
        () => parts.timelines.settled(),
        () => Promise.all([parts.observer.stop(), parts.cases.stop(), parts.late.settled()]),
        () => parts.board.stop(),
        () => parts.events.drained(),
        () => leaveVoice(voice, context, parts),
        () => lease.release(),
      ]),
  };
}

function callerPages({ now }: PartContext, parts: HotlineParts, { callers }: VoiceChannel, watch: EngineWatch): CallerPages {
  return new CallerPages({
    callers,
    isDown: () => watch.down !== undefined,
    hotline: () => parts.floor.hotline,
    now,
    promiseOf: (interaction) => parts.promises.open().find((promise) => promise.interaction === interaction)?.dueAt,
  });
}

function voiceChannel({ config }: PartContext, parts: HotlineParts, voice: Voice): VoiceChannel {
  return new VoiceChannel({
    voice,
    clock: systemClock,
    earlyMedia: config.trunkEarlyMedia,
    // Asterisk makes its own dial string of the number.
    dialUri: (number) => trunkAddress(config.voice === 'asterisk' ? 'asterisk' : config.trunkProxy, number),
    fileOf: (recording) => path.join(config.data, fileOfRecording(recording)),
    lengthOf: (recording) => lengthOfWav(path.join(config.data, fileOfRecording(recording))),
    standing: () => standingCalls(parts.floor.hotline),
  });
}

/** Every step is taken, whatever became of those before it: a stop without a database must end the voice process all the same. */
async function inOrder(log: PartContext['log'], steps: readonly (() => unknown)[]): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      log.error({ err: error }, 'a part of the hotline did not stop cleanly');
    }
  }
  log.info({}, 'hotline stopped');
}

/** Queues and people as they are configured now. */
async function configuredNow({ store, shell }: PartContext): Promise<Configured> {
  const [plan = plainPlan, people, flows] = await Promise.all([readStoredPlan(store.db), shell.people.people(), liveFlows(store.db)]);
  return { plan, people, flows };
}

/** One process routes a hotline: two would ring two agents for one caller. */
async function owned({ store, log }: PartContext): Promise<Lease> {
  const lease = await takeLease(store.url, 'hotline');
  if (lease === undefined) {
    throw new StartRefused(
      'hotline.owned',
      'DATABASE_URL: another ThreeRings runs the hotline of this database: stop it, or name another database',
    );
  }
  let released = false;
  void lease.lost.then((what) => released || log.error({}, what));
  return {
    ...lease,
    release: () => {
      released = true;
      return lease.release();
    },
  };
}

/** What a channel tells the hotline. */
function sinkOf(parts: HotlineParts, origin: 'live' | 'replay'): ChannelSink {
  return {
    async tell(input) {
      await parts.floor.tell(input);
    },
    async report(interaction, events) {
      parts.origins.set(interaction, origin);
      const answer = await parts.events.append({ stream: `interaction-${interaction}`, interaction, events, origin, lenient: true });
      if ('refused' in answer) throw new Error(`${interaction}: ${answer.refused} ${JSON.stringify(answer.facts)}`);
    },
    watermark: (interaction, marks) => parts.observer.watermark(interaction, marks),
  };
}

/** Timers of promises, other nodes, changed people, and in the demo a call that is played on the board. */
async function startBackground(
  context: PartContext,
  norms: NormsInForce,
  parts: HotlineParts,
  replay: ReplayChannel,
  { channels }: Chats,
): Promise<() => Promise<void>> {
  await channels.start();
  const { store, log, form } = context;
  const timers = runPromiseTimers({
    db: store.db,
    clock: systemClock,
    promises: parts.promises,
    dispatch: parts.dispatch,
    onError: (error, timer) => log.error({ err: error, timer: timer?.key }, 'a timer failed'),
  });
  await forgetAnswers(store.db, context.now());
  const nodes: Nodes = await followNodes({
    db: store.db,
    url: store.url,
    node: uuidv7(),
    clock: systemClock,
    publish: (events) => parts.dispatch.publish(events),
    onError: (error) => log.error({ err: error }, 'following other nodes failed'),
  });
  parts.dispatch.subscribe('nodes', () => nodes.committed());
  let known = JSON.stringify(await configuredNow(context));
  const refresh = setInterval(async () => {
    const configured = await configuredNow(context).catch(
      (error: unknown) => void log.error({ err: error }, 'the configuration could not be read'),
    );
    if (configured === undefined || JSON.stringify(configured) === known) return;
    known = JSON.stringify(configured);
    reconfigure(context, norms, parts, configured);
  }, staffEveryMs).unref();
  const stopReplays =
    form === 'demo' ? playDemoReplays(replay, systemClock, (error) => log.error({ err: error }, 'the demo replay failed')) : () => {};
  return async () => {
    clearInterval(refresh);
    stopReplays();
    await timers.stop();
    await nodes.stop();
  };
}

/** Who waits keeps the place, who talks goes on; figures of the norms in force – longest hold, reminders – count from here. */
function reconfigure(context: PartContext, norms: NormsInForce, parts: HotlineParts, configured: Configured): void {
  const { plan, people, flows } = configured;
  parts.board.replan(boardPlan(context, norms, configured));
  void parts.floor.tell({ kind: 'configured', plan, flows, settings: settingsOf(plan, norms), staff: staffOf(people), at: context.now() });
}

/** Stands on the board until a leader acknowledges it; its id is its stream, so that it stands there once. */
async function raiseAlert(parts: HotlineParts, context: PartContext, alert: string, kind: string): Promise<void> {
  const event = { ...fact('alert.raised', context.now(), { alert, kind, to: 'leader', severity: 'urgent' }), id: `alert-${alert}` };
  const answer = await parts.events.append({ stream: `alert-${alert}`, events: [event] });
  if (!isAppendRefusal(answer)) return;
  // It stood there before this start: the board, which begins empty, is told again.
  for (const stored of await parts.events.load(`alert-${alert}`)) parts.board.notice(stored);
}

/** A server that is restarted leaves its calls to the voice process for the grace time; a demo leaves nothing running. */
async function leaveVoice(voice: OpenVoice | undefined, { form }: PartContext, parts: HotlineParts): Promise<void> {
  if (form === 'serve' && parts.floor.hotline.calls.size > 0) await voice?.leave();
  else await voice?.stop();
}
