import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';
import { type Layout, laneOf, layoutOf, type RoutedQueue, type RoutedStaff } from './layout.ts';
import { type Sorted, sortedByNumber, sortedByText } from './sorted.ts';
import { type Lane, noteAnswer, ownLane, ownPool, type Pool, placeSince } from './waiting-lines.ts';

export interface RoutedAgent {
  readonly agent: string;
  /** presence as last heard; only `ready` is rung */
  readonly state: string;
  /** free without a break since, ms UTC */
  readonly idleSince: Instant;
  /** the call that has this agent, from the offer to the end of the work after it */
  readonly call?: string | undefined;
  /** place among the idle of the group; absent = cannot be rung */
  readonly key?: number | undefined;
}

export interface WaitingCall {
  readonly interaction: string;
  readonly queue: string;
  /** first queued, ms UTC: does not start again when a second agent is rung, nor in another queue */
  readonly since: Instant;
  /** number of the queue and place in it; absent while the call changes its queue */
  readonly lane?: number | undefined;
  readonly key: number;
  /** whom the caller asked for, or who spoke to the caller before: rung first where free */
  readonly prefers?: string | undefined;
  /** nobody but the preferred agent is rung */
  readonly named: boolean;
  readonly offered?: { readonly agent: string; readonly leg: string } | undefined;
}

/**
 * Everything the router of one hotline knows: a fold of the events of the calls that are waiting and of the presence of its
 * agents, so that a new owner builds the same state. Its parts are sorted, and shared between copies: read it through
 * `choose.ts`, change it through `evolveRouter`.
 */
export interface Router {
  readonly layout: Layout;
  /** fencing epoch under which this router may reserve agents */
  readonly epoch: number;
  /** highest epoch seen in a reservation: above the own one, another router has taken over */
  readonly seenEpoch: number;
  /** by number in the layout */
  readonly agents: Sorted<number, RoutedAgent>;
  readonly calls: Sorted<string, WaitingCall>;
  /** who has each call, from the offer to the end of the work after it */
  readonly holders: Sorted<string, number>;
  /** the colleague who is rung or spoken to about taking each call over */
  readonly consulted: Sorted<string, number>;
  readonly lanes: Sorted<number, Lane>;
  /** by class of queues */
  readonly pools: Sorted<number, Pool>;
  /** everybody who can be rung, longest idle first */
  readonly idle: Sorted<number, number>;
  /** queues with callers who can be offered */
  readonly openLanes: Sorted<number, true>;
  /** classes with both: a caller who can be offered, and somebody who can be rung */
  readonly matches: Sorted<number, true>;
  /** calls that wait for one agent by name, in the order in which they began to */
  readonly named: readonly string[];
  readonly owner: object;
}

/** An event and the interaction or the agent whose stream it is of. */
export interface RoutedEvent {
  readonly interaction?: string | undefined;
  readonly event: Happened;
}

/** As much of somebody's presence as routing reads. */
export interface Standing {
  readonly state: string;
  readonly idleSince?: Instant | undefined;
}

type Mutable<Type> = { -readonly [Name in keyof Type]: Type[Name] };
/** A router that nobody else holds: changed in place. */
export type OwnRouter = Mutable<Router>;

export function emptyRouter(queues: readonly RoutedQueue[], staff: readonly RoutedStaff[], epoch: number): OwnRouter {
  return routerOn(layoutOf(queues, staff), epoch, epoch);
}

function routerOn(layout: Layout, epoch: number, seenEpoch: number): OwnRouter {
  const router: OwnRouter = {
    ...{ layout, epoch, seenEpoch, named: [], owner: {} },
    ...{
      agents: sortedByNumber(),
      calls: sortedByText(),
      holders: sortedByText(),
      consulted: sortedByText(),
      lanes: sortedByNumber(),
      pools: sortedByNumber(),
    },
    ...{ idle: sortedByNumber(), openLanes: sortedByNumber(), matches: sortedByNumber() },
  };
  for (const [person, { agent }] of layout.staff.entries()) router.agents.set(person, { agent, state: 'offline', idleSince: 0 });
  return router;
}

/** A router of its own that stands where this one stands. */
export function forkRouter(router: Router): OwnRouter {
  const { agents, calls, holders, consulted, lanes, pools, idle, openLanes, matches } = router;
  // What both hold belongs to neither from now on.
  (router as OwnRouter).owner = {};
  return {
    ...router,
    owner: {},
    ...{ agents: agents.clone(), calls: calls.clone(), holders: holders.clone(), consulted: consulted.clone() },
    ...{ lanes: lanes.clone(), pools: pools.clone() },
    ...{ idle: idle.clone(), openLanes: openLanes.clone(), matches: matches.clone() },
  };
}

/** The router after one more event. */
export function evolveRouter(router: Router, routed: RoutedEvent): Router {
  if (!concernsRouting(routed)) return router;
  const next = forkRouter(router);
  applyRouted(next, routed);
  return next;
}

const ofPresence = 'presence.changed';
const ofCalls: ReadonlySet<string> = new Set([
  ...['call.queued', 'call.dequeued', 'call.agent-offered', 'call.ring-stopped', 'call.answered', 'call.ended'],
  ...['consult.started', 'consult.ended', 'transfer.completed', 'writeup.ended', 'wrapup.ended', 'interaction.closed'],
]);

function concernsRouting({ interaction, event }: RoutedEvent): boolean {
  return event.type === ofPresence || (interaction !== undefined && ofCalls.has(event.type));
}

/** Folds an event into a router that nobody else holds. */
export function applyRouted(router: OwnRouter, { interaction, event }: RoutedEvent): void {
  if (event.type === ofPresence) presenceChanged(router, event);
  else if (interaction !== undefined) callChanged(router, interaction, event);
}

function callChanged(router: OwnRouter, interaction: string, event: Happened): void {
  switch (event.type) {
    case 'call.queued':
      queued(router, interaction, event);
      break;
    case 'call.dequeued':
      if (textOf(event, 'outcome') === 'overflow') changesQueue(router, interaction);
      break;
    case 'call.agent-offered':
      offered(router, interaction, event);
      break;
    case 'call.ring-stopped':
      ringStopped(router, interaction, event);
      break;
    case 'call.answered':
      if (event.by !== 'customer') answered(router, interaction, event.occurredAt);
      break;
    case 'call.ended':
      if (event.fields['talk'] === 0) freed(router, interaction);
      left(router, interaction);
      break;
    case 'consult.started':
      consults(router, interaction, textOf(event, 'agent') ?? '');
      break;
    case 'consult.ended':
      consultEnds(router, interaction);
      break;
    case 'transfer.completed':
      takesOver(router, interaction, textOf(event, 'agent'));
      break;
    case 'writeup.ended':
      releases(router, interaction, router.layout.personOf.get(textOf(event, 'agent') ?? ''));
      break;
    case 'wrapup.ended':
    case 'interaction.closed':
      left(router, interaction);
      freed(router, interaction);
      break;
  }
}

/**
 * Queues and staff as they are now configured: skills change, people come and go; who is with a caller stays so, and who
 * waits keeps the place. Somebody new may have begun the shift before this was heard: `presenceOf` tells where they stand.
 */
export function withLayout(
  router: Router,
  queues: readonly RoutedQueue[],
  staff: readonly RoutedStaff[],
  presenceOf: (agent: string) => Standing | undefined,
): Router {
  const known = new Map([...router.agents.values()].map((one) => [one.agent, one]));
  const listed = new Set(staff.map(({ agent }) => agent));
  const engaged = [...known.values()].filter(({ agent, call }) => call !== undefined && !listed.has(agent));
  const next = routerOn(
    layoutOf(queues, [...staff, ...engaged.map(({ agent }) => ({ agent, skills: {} }))]),
    router.epoch,
    router.seenEpoch,
  );
  for (const [person, { agent }] of next.layout.staff.entries()) {
    const { state = 'offline', idleSince = 0 } = known.get(agent) ?? presenceOf(agent) ?? {};
    const call = known.get(agent)?.call;
    standsAs(next, person, { agent, state: listed.has(agent) ? state : 'offline', idleSince, call });
    if (call === undefined) continue;
    if (holds(router.holders, router, agent, call)) next.holders.set(call, person);
    if (holds(router.consulted, router, agent, call)) next.consulted.set(call, person);
  }
  const waiting = [...router.calls.values()].sort((one, other) => one.since - other.since || one.key - other.key);
  for (const call of waiting) {
    next.calls.set(call.interaction, { ...call, lane: undefined });
    if (call.lane !== undefined) lineUp(next, call);
  }
  return next;
}

function presenceChanged(router: OwnRouter, event: Happened): void {
  const person = router.layout.personOf.get(textOf(event, 'agent') ?? '');
  const before = person === undefined ? undefined : router.agents.get(person);
  if (person === undefined || before === undefined) return;
  const state = textOf(event, 'state') ?? 'offline';
  const idleSince = state === 'ready' && before.state !== 'ready' ? event.occurredAt : before.idleSince;
  standsAs(router, person, { agent: before.agent, state, idleSince, call: before.call });
}

/** Where somebody stands now, and so the place among those who can be rung. */
function standsAs(router: OwnRouter, person: number, { agent, state, idleSince, call }: Omit<RoutedAgent, 'key'>): void {
  const before = router.agents.get(person);
  const old = before?.key;
  if (old !== undefined) router.idle.delete(old);
  const key = state === 'ready' && call === undefined ? placeSince(router.idle, idleSince) : undefined;
  if (key !== undefined) router.idle.set(key, person);
  router.agents.set(person, { agent, state, idleSince, call, key });
  const present = (state === 'offline' ? 0 : 1) - (before === undefined || before.state === 'offline' ? 0 : 1);
  if (old === undefined && key === undefined && present === 0) return;
  for (const number of router.layout.serves[person] ?? []) {
    const pool = ownPool(router.pools, number, router.owner);
    if (old !== undefined) pool.idle.delete(old);
    if (key !== undefined) pool.idle.set(key, person);
    pool.present += present;
    matched(router, number, pool);
  }
}

function matched(router: OwnRouter, number: number, { idle, open }: Pool): void {
  const now = open > 0 && idle.size > 0;
  if ((router.matches.get(number) ?? false) === now) return;
  if (now) router.matches.set(number, true);
  else router.matches.delete(number);
}

/** The queue has somebody who can be offered, or no longer. */
function laneOpens(router: OwnRouter, lane: number, before: boolean, now: boolean): void {
  if (before === now) return;
  if (now) router.openLanes.set(lane, true);
  else router.openLanes.delete(lane);
  const number = router.layout.classOf[lane] ?? 0;
  const pool = ownPool(router.pools, number, router.owner);
  pool.open += now ? 1 : -1;
  matched(router, number, pool);
}

function queued(router: OwnRouter, interaction: string, event: Happened): void {
  const known = router.calls.get(interaction);
  if (known?.lane !== undefined) return;
  const prefers = textOf(event, 'prefers');
  const named = prefers !== undefined && textOf(event, 'reason') === 'named';
  lineUp(router, { interaction, queue: textOf(event, 'queue') ?? '', since: known?.since ?? event.occurredAt, key: 0, prefers, named });
}

/** Takes a place in the queue, by the wait so far. */
function lineUp(router: OwnRouter, call: WaitingCall): void {
  const number = laneOf(router.layout, call.queue);
  const lane = ownLane(router.lanes, number, router.owner);
  const key = placeSince(lane.all, call.since);
  lane.all.set(key, call.interaction);
  const placed = { ...call, lane: number, key };
  router.calls.set(call.interaction, placed);
  opens(router, placed);
}

/** The call can be offered, or no longer: what the choice looks at follows. */
function opens(router: OwnRouter, call: WaitingCall): void {
  if (call.named) {
    const others = router.named.filter((one) => one !== call.interaction);
    router.named = call.offered === undefined && call.lane !== undefined ? [...others, call.interaction] : others;
  } else if (call.lane !== undefined) {
    const lane = ownLane(router.lanes, call.lane, router.owner);
    const wasOpen = lane.open.size > 0;
    if (call.offered === undefined) lane.open.set(call.key, call.interaction);
    else lane.open.delete(call.key);
    laneOpens(router, call.lane, wasOpen, lane.open.size > 0);
  }
}

function unplaced(router: OwnRouter, call: WaitingCall): void {
  if (call.lane === undefined) return;
  const lane = ownLane(router.lanes, call.lane, router.owner);
  const wasOpen = lane.open.size > 0;
  lane.all.delete(call.key);
  lane.open.delete(call.key);
  laneOpens(router, call.lane, wasOpen, lane.open.size > 0);
  if (call.named) router.named = router.named.filter((one) => one !== call.interaction);
}

/** Leaves the queue for another one and keeps the time waited. */
function changesQueue(router: OwnRouter, interaction: string): void {
  const call = router.calls.get(interaction);
  if (call === undefined) return;
  unplaced(router, call);
  router.calls.set(interaction, { ...call, lane: undefined });
}

function left(router: OwnRouter, interaction: string): void {
  const call = router.calls.get(interaction);
  if (call === undefined) return;
  unplaced(router, call);
  router.calls.delete(interaction);
}

/** Leaves the queue, which is known to be answered so often from then on. */
function answered(router: OwnRouter, interaction: string, at: Instant): void {
  const lane = router.calls.get(interaction)?.lane;
  left(router, interaction);
  if (lane !== undefined) noteAnswer(ownLane(router.lanes, lane, router.owner), at);
}

function offered(router: OwnRouter, interaction: string, event: Happened): void {
  router.seenEpoch = Math.max(router.seenEpoch, numberOf(event, 'epoch') ?? 0);
  const agent = textOf(event, 'agent') ?? '';
  const person = router.layout.personOf.get(agent);
  const standing = person === undefined ? undefined : router.agents.get(person);
  if (person !== undefined && standing !== undefined) {
    standsAs(router, person, { ...standing, call: interaction });
    router.holders.set(interaction, person);
  }
  const call = router.calls.get(interaction);
  if (call === undefined) return;
  const rung = { ...call, offered: { agent, leg: textOf(event, 'leg') ?? '' } };
  router.calls.set(interaction, rung);
  opens(router, rung);
}

/** Who did not answer is not rung again until presence says so; a ring that was taken back leaves the agent as before. */
function ringStopped(router: OwnRouter, interaction: string, event: Happened): void {
  const outcome = textOf(event, 'outcome');
  const call = router.calls.get(interaction);
  if (call?.offered === undefined || call.offered.leg !== textOf(event, 'leg') || outcome === 'answered') return;
  const person = router.layout.personOf.get(call.offered.agent);
  const standing = person === undefined ? undefined : router.agents.get(person);
  if (person !== undefined && standing?.call === interaction) {
    standsAs(router, person, { ...standing, ...(outcome === 'cancelled' ? {} : { state: 'paused' }), call: undefined });
    router.holders.delete(interaction);
  }
  const waits = { ...call, offered: undefined };
  router.calls.set(interaction, waits);
  opens(router, waits);
}

/** The agent of this call is free of it. */
function freed(router: OwnRouter, interaction: string): void {
  const person = router.holders.get(interaction);
  router.holders.delete(interaction);
  releases(router, interaction, person);
}

/** A colleague is rung about a call: not rung for another one meanwhile. */
function consults(router: OwnRouter, interaction: string, agent: string): void {
  const person = router.layout.personOf.get(agent);
  const standing = person === undefined ? undefined : router.agents.get(person);
  if (person === undefined || standing === undefined) return;
  standsAs(router, person, { ...standing, call: interaction });
  router.consulted.set(interaction, person);
}

function consultEnds(router: OwnRouter, interaction: string): void {
  const person = router.consulted.get(interaction);
  router.consulted.delete(interaction);
  if (router.holders.get(interaction) !== person) releases(router, interaction, person);
}

/** The call is the colleague's; who had it before is not free until the part is written up. */
function takesOver(router: OwnRouter, interaction: string, agent: string | undefined): void {
  const person = agent === undefined ? undefined : router.layout.personOf.get(agent);
  const standing = person === undefined ? undefined : router.agents.get(person);
  if (person === undefined || standing === undefined) return;
  standsAs(router, person, { ...standing, call: interaction });
  router.holders.set(interaction, person);
}

function releases(router: OwnRouter, interaction: string, person: number | undefined): void {
  const standing = person === undefined ? undefined : router.agents.get(person);
  if (person !== undefined && standing?.call === interaction) standsAs(router, person, { ...standing, call: undefined });
}

function holds(who: Sorted<string, number>, { agents }: Router, agent: string, interaction: string): boolean {
  const person = who.get(interaction);
  return person !== undefined && agents.get(person)?.agent === agent;
}
