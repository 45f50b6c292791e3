import path from 'node:path';
import { isRefusal } from '@threerings/core/errors/refusal';
import { ownersFor, seatOfOwner } from '@threerings/core/experts/seats';
import type { Effect, MediumEffect } from '@threerings/core/hotline/effects';
import type { LiveFlow } from '@threerings/core/hotline/in-flow';
import { emptyHotline, type Hotline, type HotlineSetup } from '@threerings/core/hotline/state';
import type { RoutedStaff } from '@threerings/core/routing/layout';
import { canServe } from '@threerings/core/routing/layout';
import type { Settings } from '@threerings/core/settings/defaults';
import { withSettings } from '@threerings/core/settings/defaults';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { toWire } from '@threerings/core/timeline/to-wire';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import { listsOfEvent } from '@threerings/core/wire/lists';
import type { PersonRow } from '@threerings/core/wire/people';
import { programPart } from '@threerings/norms/program';
import { v7 as uuidv7 } from 'uuid';
import { planDigest } from '../acting/plan-digest.ts';
import { Attachments } from '../attachments/attachments.ts';
import { scannerOf } from '../attachments/scanner.ts';
import { Blocklist } from '../blocklist/blocklist.ts';
import { LiveBoard } from '../board/live-board.ts';
import type { ChannelAnswer } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { LiveDesks } from '../desk/live-desks.ts';
import { Floor, type Touched } from '../hotline/floor.ts';
import { RepeatCallers } from '../hotline/repeat-callers.ts';
import { projectRecordings } from '../interactions/recordings-read-model.ts';
import { settingsUnder } from '../norm-packs/pack-rules.ts';
import type { Judged } from '../observance/call-watch.ts';
import { CaseBook } from '../observance/case-book.ts';
import { historyOfCase } from '../observance/case-history.ts';
import { deskAsks } from '../observance/desk-asks.ts';
import { Guide } from '../observance/guide.ts';
import { LateFacts } from '../observance/late-facts.ts';
import { LiveTimelines } from '../observance/live-timelines.ts';
import { actionRequests } from '../observance/norm-actions.ts';
import { Observer } from '../observance/observer.ts';
import { ProposalDesk } from '../observance/proposal-desk.ts';
import { readVerdicts } from '../observance/verdicts-read-model.ts';
import { PromiseBook } from '../promises/promise-book.ts';
import { callWindowsOf, workCalendarOf } from '../promises/work-calendar.ts';
import { projectRatings } from '../reports/call-facts-read-model.ts';
import { Dispatch } from '../runtime/dispatch.ts';
import { rememberAnswers } from '../store/answered-commands.ts';
import { projectAppeals } from '../store/appeal-rows.ts';
import type { Origin } from '../store/append-request.ts';
import { projectBulletinReads } from '../store/bulletin-rows.ts';
import { projectCases } from '../store/case-rows.ts';
import { emergencyProjector } from '../store/emergency-rows.ts';
import { EventStore } from '../store/event-store.ts';
import { closedInteraction, projectInteractions } from '../store/interaction-rows.ts';
import { projectKnowledgeUses } from '../store/knowledge-use-rows.ts';
import { projectOutages } from '../store/outage-rows.ts';
import { policyOf, promiseProjector } from '../store/promise-rows.ts';
import { projectProposals } from '../store/proposal-rows.ts';
import { projectTickets } from '../store/ticket-rows.ts';
import { Vault } from '../store/vault.ts';
import { projectTextChannels } from '../text-channels/threads-read-model.ts';
import type { NormsInForce } from './norms-in-force.ts';
import type { PartContext } from './product-part.ts';

export interface HotlineParts {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly events: EventStore;
  readonly dispatch: Dispatch;
  readonly timelines: LiveTimelines;
  /** files that belong to chats, tickets and knowledge */
  readonly attachments: Attachments;
  readonly observer: Observer;
  readonly cases: CaseBook;
  readonly late: LateFacts;
  readonly guide: Guide;
  readonly desks: LiveDesks;
  readonly board: LiveBoard;
  readonly promises: PromiseBook;
  readonly proposals: ProposalDesk;
  readonly floor: Floor;
  readonly repeatCallers: RepeatCallers;
  readonly blocklist: Blocklist;
  /** how each interaction that is going on came here */
  readonly origins: Map<string, Origin>;
}

export type LookUpEffect = Extract<Effect, { readonly kind: 'look-up' }>;

/** What the parts need of the voice channel, which is made after them, and of the lease under which this process routes. */
export interface Medium {
  /** fencing epoch of the router's lease */
  readonly epoch: number;
  perform(effect: MediumEffect): Promise<ChannelAnswer>;
  /** asks a service of the house for a call flow; undefined = no answer in time. Absent = nothing may be asked */
  lookUp?(effect: LookUpEffect): Promise<string | undefined>;
  isPhoneConnected(agent: string): boolean;
  /** after the commit of a turn */
  floorChanged(touched: Touched): void;
  /** the norms want something else of the agent in this interaction */
  dutiesChanged?(interaction: string): void;
  /** what is said is written down and reported like any other event; absent = nobody does */
  readonly recogniser?: boolean;
  /** who speaks and when is measured and reported; absent = nobody does */
  readonly measures?: boolean;
}

export const isOnTheDesk = (person: PersonRow) => person.active && person.roles.some((role) => role === 'agent' || role === 'leader');

export const staffOf = (people: readonly PersonRow[]): RoutedStaff[] =>
  people.filter(isOnTheDesk).map(({ agent, skills }) => ({ agent, skills }));

/** How this hotline works: its plan, and who works there. */
export interface Configured {
  readonly plan: HotlinePlan;
  readonly people: readonly PersonRow[];
  /** absent = none: every caller comes straight to a person */
  readonly flows?: readonly LiveFlow[];
}

/** The plan's settings with the figures of the pack in force. */
export function settingsOf(plan: HotlinePlan, norms: NormsInForce): Settings {
  const changed = withSettings(plan.settings);
  if (isRefusal(changed)) throw new Error(`the hotline plan: ${changed.refused} ${JSON.stringify(changed.facts)}`);
  return settingsUnder(norms.book.pack, changed);
}

type House = () => HotlineParts;
type Scene = Configured & { readonly context: PartContext; readonly norms: NormsInForce; readonly clock: Clock; readonly medium: Medium };

/** Makes the parts of a running hotline and connects them. Nothing runs yet but timers of the clock. */
export function makeHotline(context: PartContext, norms: NormsInForce, configured: Configured, clock: Clock, medium: Medium): HotlineParts {
  const scene: Scene = { ...configured, context, norms, clock, medium };
  const kept = keptTimeline(context, settingsOf(configured.plan, norms), clock);
  // The parts speak of each other when something happens, never while they are made.
  const house: House = () => parts;
  const parts: HotlineParts = {
    ...kept,
    clock,
    attachments: makeAttachments(context, kept.vault, clock),
    guide: new Guide(() => norms.book),
    floor: makeFloor(scene, house),
    blocklist: new Blocklist(),
    repeatCallers: new RepeatCallers(() => house().floor.hotline.settings.repeatCallerDays),
    observer: makeObserver(scene, house),
    cases: makeCases(scene, house),
    late: makeLate(scene, house),
    desks: makeDesks(scene, house),
    board: new LiveBoard({
      clock,
      plan: boardPlan(context, norms, configured),
      originOf: (interaction) => kept.origins.get(interaction),
      changed: () => showBoard(context, house),
    }),
    promises: makePromises(scene, kept, house),
    proposals: new ProposalDesk({
      store: kept.events,
      card: (norm) => norms.book.card(norm),
      now: clock.now,
      changed: (agent) => showDesk(context, house, agent),
      onError: (error) => context.log.error({ err: error }, 'a proposal could not be confirmed'),
    }),
  };
  return parts;
}

function makeAttachments({ store, config, log }: PartContext, vault: Vault, { now }: Clock): Attachments {
  const scanner = scannerOf({ command: config.attachmentScanCommand, url: config.attachmentScanUrl });
  return new Attachments({
    ...{ db: store.db, vault, data: config.data, now, mostMegabytes: config.attachmentMegabytes, scanner },
    onError: (error) => log.error({ err: error }, 'a file could not be scanned'),
  });
}

function makePromises({ context, norms, plan }: Scene, kept: Pick<HotlineParts, 'events' | 'vault'>, house: House): PromiseBook {
  const settings = settingsOf(plan, norms);
  return new PromiseBook({
    store: kept.events,
    policy: policyOf(settings),
    windows: callWindowsOf(settings),
    calendar: workCalendarOf(norms.calendar),
    read: (references) => kept.vault.read(context.store.db, references),
    changed: (promise) => {
      house().board.promise(promise);
      for (const agent of seatOfOwner(house().floor.hotline.plan, promise.owner)?.agents ?? [promise.owner])
        showDesk(context, house, agent);
    },
  });
}

/** What is stored and how it reaches those who read it. */
function keptTimeline(
  { log, store }: PartContext,
  settings: Settings,
  clock: Clock,
): Pick<HotlineParts, 'vault' | 'events' | 'dispatch' | 'timelines' | 'origins'> {
  const vault = new Vault(store.masterKey);
  const dispatch = new Dispatch({
    load: (stream, after) => events.load(stream, after),
    onError: (who, error) => log.error({ err: error, who }, 'a subscriber failed'),
  });
  const promises = promiseProjector(policyOf(settings));
  const emergencies = emergencyProjector(settings.emergencyAnswerMs);
  const matters = [
    promises,
    projectProposals,
    projectTickets,
    projectCases,
    projectAppeals,
    projectKnowledgeUses,
    projectOutages,
    projectBulletinReads,
    emergencies,
  ];
  const projectors = [projectInteractions, ...matters, projectRecordings, projectRatings, projectTextChannels];
  const events = new EventStore({ db: store.db, vault, now: clock.now, projectors, committed: (committed) => dispatch.publish(committed) });
  const timelines = new LiveTimelines({
    withTexts: (given) => events.withTexts(given),
    onError: (interaction, error) => log.error({ err: error, interaction }, 'a timeline could not be read'),
  });
  return { vault, events, dispatch, timelines, origins: new Map<string, Origin>() };
}

function makeFloor({ context, norms, clock, medium, plan, people, flows }: Scene, house: House): Floor {
  const setup: HotlineSetup = {
    settings: settingsOf(plan, norms),
    plan,
    calendar: norms.calendar.table,
    staff: staffOf(people),
    epoch: medium.epoch,
    flows,
  };
  return new Floor(emptyHotline(setup), {
    clock,
    log: context.log,
    world: {
      newId: uuidv7,
      hangUpWaitMs: setup.settings.hangUpWaitMs,
      digest: planDigest(context.store.masterKey),
      recogniser: medium.recogniser,
      measures: medium.measures,
      promise: (promise) => house().promises.stateOf(promise),
      promisedIn: (promise) => house().promises.interactionOf(promise),
    },
    append: (requests, answered) => {
      const { events, origins } = house();
      for (const { stream, interaction } of requests)
        if (interaction !== undefined && stream.startsWith('interaction-')) origins.set(interaction, 'live');
      return events.appendTogether(rememberAnswers(requests, answered, clock.now()));
    },
    perform: (effect) => (effect.kind === 'look-up' ? looksUp(medium, effect, house) : medium.perform(effect)),
    known: (input) => house().blocklist.known(house().repeatCallers.known(input)),
    asks: (_, command, at) =>
      'interaction' in command
        ? deskAsks(house().observer.watchOf(command.interaction), house().floor.hotline, norms.book.words, command, at)
        : [],
    changed: (_, { calls, people: touched }) => {
      for (const agent of touched) showDesk(context, house, agent);
      medium.floorChanged({ calls, people: touched });
    },
  });
}

/** The answer comes as an input of its own: whoever waits for it must not hold up what else the call wants. */
async function looksUp(medium: Medium, effect: LookUpEffect, house: House): Promise<ChannelAnswer> {
  if (medium.lookUp === undefined)
    return { ok: false, refused: 'lookup.off', message: 'no address may be asked: --lookup-hosts is not set' };
  const { interaction, step } = effect;
  void medium.lookUp(effect).then((result) => {
    const { floor, clock } = house();
    void floor.tell({ kind: 'looked-up', interaction, step, result, at: clock.now() });
  });
  return { ok: true };
}

function makeObserver({ context, norms, clock, medium }: Scene, house: House): Observer {
  return new Observer({
    program: () => norms.program,
    clock,
    horizon: () => house().floor.horizon(),
    isReading: (interaction) => house().timelines.isReading(interaction),
    append: (request, judged) => {
      const wanted =
        request.origin === 'live' ? actionRequests(request.interaction ?? '', judged.settled, (norm) => norms.book.norm(norm)) : [];
      return house().events.appendTogether([request, ...wanted]);
    },
    changed: (interaction, judged, watch) => {
      const { board, guide, desks, floor } = house();
      board.judged(interaction, judged);
      const changed = guide.refresh(interaction, watch, clock.now(), slotsOf(floor.hotline, interaction));
      if (changed) board.duties(interaction, guide.of(interaction));
      const next = guide.nextChange(interaction, clock.now());
      const verdicts = judged.settled.length + judged.revised.length;
      if (verdicts === 0 && !changed) return next;
      for (const agent of desks.agentsOn(interaction)) showDesk(context, house, agent);
      medium.dutiesChanged?.(interaction);
      if (verdicts > 0) tellVerdicts(context, norms, interaction, judged, watch.events);
      return next;
    },
    onError: (interaction, error) => context.log.error({ err: error, interaction }, 'verdicts could not be stored'),
  });
}

function makeCases({ context, norms, clock }: Scene, house: House): CaseBook {
  const { db } = context.store;
  return new CaseBook({
    program: () => norms.program,
    clock,
    horizon: () => house().floor.horizon(),
    isReading: (interaction) => house().timelines.isReading(interaction),
    marksOf: (interaction) => house().observer.marksOf(interaction),
    history: (matter) => historyOfCase(house().events, db, matter),
    stored: async (interaction) => (await readVerdicts(db, interaction)).map(({ verdict }) => verdict),
    append: (request) => house().events.append(request),
    changed: (interaction, judged, watch) => {
      house().board.judged(interaction, judged);
      tellVerdicts(context, norms, interaction, judged, watch.events);
    },
    onError: (interaction, error) => context.log.error({ err: error, interaction }, 'verdicts of a case could not be stored'),
  });
}

function makeLate({ context, norms, clock }: Scene, house: House): LateFacts {
  const { db } = context.store;
  return new LateFacts({
    clock,
    closed: (interaction) => closedInteraction(db, interaction),
    history: async (interaction) => house().events.withTexts(await house().events.loadInteraction(interaction)),
    stored: async (interaction) => (await readVerdicts(db, interaction)).map(({ verdict }) => verdict),
    programUnder: (of) => {
      const program = norms.programUnder(of);
      return program && programPart(program, (scope) => scope !== 'case');
    },
    append: (request, judged) => {
      const wanted = actionRequests(request.interaction ?? '', judged.settled, (norm) => norms.book.norm(norm));
      return house().events.appendTogether([request, ...(request.origin === 'live' ? wanted : [])]);
    },
    changed: (interaction, judged, events) => {
      house().board.judged(interaction, judged);
      tellVerdicts(context, norms, interaction, judged, events);
    },
    onError: (interaction, error) => context.log.error({ err: error, interaction }, 'a closed call could not be judged again'),
  });
}

function makeDesks({ context, norms, medium }: Scene, house: House): LiveDesks {
  return new LiveDesks({
    hotline: () => house().floor.hotline,
    rules: () => norms.rules,
    verdicts: (interaction) => {
      const watch = house().observer.watchOf(interaction);
      return (watch?.verdicts ?? []).map((verdict) => norms.bookOf(verdict).onWire({ verdict }, watch?.events ?? []));
    },
    duties: (interaction) => house().guide.of(interaction),
    promises: (agent) => house().promises.open(...ownersFor(house().floor.hotline.plan, agent)),
    proposals: (agent) => house().proposals.open(agent),
    isPhoneConnected: (agent) => medium.isPhoneConnected(agent),
    read: (references) => house().vault.read(context.store.db, references),
    changed: (agent) => showDesk(context, house, agent),
  });
}

function showDesk({ shell }: PartContext, house: House, agent: string): void {
  const address = { topic: 'desk', agent } as const;
  if (shell.live.followed(address)) shell.live.publish(address, house().desks.view(agent));
}

function showBoard({ shell }: PartContext, house: House): void {
  if (shell.live.followed({ topic: 'board' })) shell.live.publish({ topic: 'board' }, house().board.view('zh'));
}

function tellVerdicts(
  { shell }: PartContext,
  norms: NormsInForce,
  interaction: string,
  judged: Judged,
  events: readonly TimelineEvent[],
): void {
  const address = { topic: 'interaction', interaction } as const;
  if (!shell.live.followed(address)) return;
  const revised = judged.revised.flatMap(({ from, to, cause }) => {
    if (to === undefined) return [];
    return [norms.bookOf(to).onWire({ verdict: to, ...(from && { revisedFrom: { value: from.value, at: from.at, cause } }) }, events)];
  });
  shell.live.publish(address, {
    events: [],
    verdicts: [...judged.settled.map((verdict) => norms.bookOf(verdict).onWire({ verdict }, events)), ...revised],
  });
}

/** Brings committed events to those who read them. Order matters: a call is watched before its events are judged. */
export function connectReaders(
  { dispatch, timelines, observer, cases, late, desks, board, promises, proposals, origins, repeatCallers }: HotlineParts,
  context: PartContext,
): void {
  const { live } = context.shell;
  dispatch.subscribe('lists', (events) => live.changed([...new Set(events.flatMap(({ type }) => listsOfEvent(type)))]));
  dispatch.subscribe('promises', promises.take);
  dispatch.subscribe('proposals', proposals.take);
  dispatch.subscribe('alerts', (events) => {
    for (const event of events)
      if (/^(?:alert|support|emergency)-/.test(event.stream) || event.type.startsWith('promise.')) board.notice(event);
  });
  dispatch.subscribe('presence', (events) => {
    for (const event of events) if (event.stream.startsWith('presence-')) board.presence(event);
  });
  dispatch.subscribe('timelines', timelines.take);
  timelines.subscribe((interaction, events) => {
    const origin = origins.get(interaction);
    // What becomes of a promise or a case concerns the calls that it belongs to, also when they are long over.
    if (origin === 'live' || events.every(({ stream }) => /^(?:promise|case|support)-/.test(stream)))
      cases.take(interaction, events, origin === 'live');
    // Somebody else's – an import beside this server –, or something that is told of a call that is over.
    if (origin === undefined) {
      late.take(interaction, events);
      if (live.followed({ topic: 'interaction', interaction }))
        live.publish({ topic: 'interaction', interaction }, { events: events.map(onWire), verdicts: [] });
      return;
    }
    if (events.some((event) => event.n === 1 && event.stream.startsWith('interaction-'))) observer.open(interaction, origin);
    observer.take(interaction, events);
    if (origin === 'live') {
      desks.take(interaction, events);
      for (const event of events) repeatCallers.take(interaction, event);
    }
    board.take(interaction, events);
    const address = { topic: 'interaction', interaction } as const;
    if (live.followed(address)) live.publish(address, { events: events.map(onWire), verdicts: [] });
    if (events.some((event) => event.type === 'interaction.closed')) origins.delete(interaction);
  });
}

/** What the call knows to fill a sentence with. Before an answer: who is being rung. */
function slotsOf(hotline: Hotline, interaction: string): Readonly<Record<string, string>> {
  const call = hotline.calls.get(interaction)?.interaction;
  const agent = call?.talk?.agent ?? call?.offer?.agent;
  return agent === undefined ? {} : { 工号: agent };
}

export function boardPlan({ form }: PartContext, norms: NormsInForce, { plan, people }: Configured) {
  const { serviceLevelMs, shortAbandonMs } = settingsOf(plan, norms);
  return {
    queues: plan.queues.map(({ queue, name }) => ({ queue, name })),
    staff: people.filter(isOnTheDesk).map(({ agent, name, unit, skills }) => {
      const queues = plan.queues.filter((queue) => canServe(skills, queue)).map(({ queue }) => queue);
      return { agent, name, unit, queues };
    }),
    norms: norms.book.cards,
    zoneOffsetMs: norms.calendar.table.zone[0]?.offsetMs ?? 0,
    serviceLevelMs,
    shortAbandonMs,
    countReplays: form === 'demo',
  };
}

function onWire(event: TimelineEvent) {
  return toWire(event, event.text);
}

export const recordingsFolder = (data: string) => path.join(data, 'recordings');
