import type { Instant } from '@threerings/norms/trace';
import { canServe, laneOf } from './layout.ts';
import type { RoutedAgent, Router, WaitingCall } from './router.ts';

const hourMs = 3_600_000;

/** A reservation to be appended as `call.agent-offered`, with the epoch that fences it. */
export interface Offer {
  readonly interaction: string;
  readonly agent: string;
  readonly epoch: number;
  /** why this agent, where it is not the longest idle one: asked for by name, or the caller's first receiver */
  readonly reason?: 'named' | 'first-receiver' | undefined;
}

/**
 * Whom to ring now, undefined = nobody. Of the queues in which somebody waits whom a free agent can take: the one of the
 * highest priority, then the caller who waits longest; for that caller the first receiver where free, else the agent who
 * serves the queue and is idle longest. A caller who asked for an agent by name waits for that agent alone.
 * Nobody, when another router has taken over.
 * INVARIANT (one caller, one agent): no agent stands in two offers, nor in an offer while a call has this agent.
 * The caller owes: the offer is appended, and folded into the router, before it is asked again.
 */
export function nextOffer(router: Router): Offer | undefined {
  if (isFenced(router)) return undefined;
  const named = namedOffer(router);
  if (named !== undefined) return named;
  const lane = bestLane(router);
  const interaction = lane === undefined ? undefined : firstOf(router, lane);
  const call = interaction === undefined ? undefined : router.calls.get(interaction);
  if (lane === undefined || call === undefined) return undefined;
  const { epoch } = router;
  if (call.prefers !== undefined && isFreeFor(router, call.prefers, lane))
    return { interaction: call.interaction, agent: call.prefers, epoch, reason: 'first-receiver' };
  const agent = longestIdle(router, lane)?.agent;
  return agent === undefined ? undefined : { interaction: call.interaction, agent, epoch };
}

/** True when a reservation of a later epoch was seen: this router must not reserve anybody any more. */
export function isFenced(router: Router): boolean {
  return router.seenEpoch > router.epoch;
}

/** Calls that wait in a queue for which nobody is signed in: their callers are told so and offered a callback. */
export function unattended(router: Router): readonly WaitingCall[] {
  const calls: WaitingCall[] = [];
  for (const lane of router.openLanes.keys()) {
    if (isStaffedLane(router, lane)) continue;
    for (const interaction of router.lanes.get(lane)?.open.values() ?? []) {
      const call = router.calls.get(interaction);
      if (call !== undefined) calls.push(call);
    }
  }
  return calls;
}

/** True when anybody who serves the queue is signed in, ready or not. */
export function isStaffedQueue(router: Router, queue: string): boolean {
  return isStaffedLane(router, laneOf(router.layout, queue));
}

/** People signed in who serve the queue, ready or not. */
export function staffOn(router: Router, queue: string): number {
  return poolOf(router, laneOf(router.layout, queue))?.present ?? 0;
}

/** Callers who wait in the queue, also those for whom an agent is rung. */
export function waitingIn(router: Router, queue: string): number {
  return router.lanes.get(laneOf(router.layout, queue))?.all.size ?? 0;
}

/** Place of a caller in the queue, from 1; undefined when the call does not wait. `most` = looking further is not worth it. */
export function placeInQueue(router: Router, interaction: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const call = router.calls.get(interaction);
  const line = call?.lane === undefined ? undefined : router.lanes.get(call.lane)?.all;
  if (call === undefined || line === undefined) return undefined;
  let place = 1;
  for (const key of line.keys()) {
    if (key >= call.key || place > most) break;
    place += 1;
  }
  return place;
}

/**
 * How long a caller at this place will wait, by the answers of the last hour in this queue; undefined with fewer than `least`
 * of them. ms
 */
export function expectedWait(
  router: Router,
  queue: string,
  place: number,
  { at, least }: { readonly at: Instant; readonly least: number },
): number | undefined {
  const lately = router.lanes.get(laneOf(router.layout, queue))?.answered.filter((answer) => at - answer < hourMs) ?? [];
  const [oldest] = lately;
  if (oldest === undefined || lately.length < least) return undefined;
  return Math.round((place * (at - oldest)) / lately.length);
}

/** The standing of somebody who answers calls; undefined = does not work here. */
export function agentIn(router: Router, agent: string): RoutedAgent | undefined {
  const person = router.layout.personOf.get(agent);
  return person === undefined ? undefined : router.agents.get(person);
}

/** True when this agent works here and can be rung now. */
export function isFreeAgent(router: Router, agent: string): boolean {
  const standing = agentIn(router, agent);
  return standing !== undefined && isFree(standing);
}

export function isFree(agent: RoutedAgent): boolean {
  return agent.state === 'ready' && agent.call === undefined;
}

/** Queues that this agent serves. */
export function queuesOf(router: Router, agent: string): readonly string[] {
  const person = router.layout.personOf.get(agent);
  if (person === undefined) return [];
  const { serves, queuesIn, queues } = router.layout;
  const lanes = (serves[person] ?? []).flatMap((number) => queuesIn[number] ?? []);
  return lanes.sort((one, other) => one - other).flatMap((lane) => queues[lane]?.queue ?? []);
}

function namedOffer(router: Router): Offer | undefined {
  for (const interaction of router.named) {
    const agent = router.calls.get(interaction)?.prefers;
    const standing = agent === undefined ? undefined : agentIn(router, agent);
    if (standing !== undefined && isFree(standing)) return { interaction, agent: standing.agent, epoch: router.epoch, reason: 'named' };
  }
  return undefined;
}

/** Of the queues in which somebody waits whom somebody can answer now. Most of the time there is none, or one. */
function bestLane(router: Router): number | undefined {
  let best: number | undefined;
  for (const number of router.matches.keys())
    for (const lane of router.layout.queuesIn[number] ?? [])
      if (router.openLanes.get(lane) === true && (best === undefined || goesBefore(router, lane, best))) best = lane;
  return best;
}

function goesBefore(router: Router, lane: number, other: number): boolean {
  const priority = (of: number) => router.layout.queues[of]?.priority ?? 0;
  const first = (of: number) => router.lanes.get(of)?.open.minKey() ?? Number.MAX_SAFE_INTEGER;
  return priority(lane) !== priority(other) ? priority(lane) > priority(other) : first(lane) < first(other);
}

function firstOf(router: Router, lane: number): string | undefined {
  const open = router.lanes.get(lane)?.open;
  const key = open?.minKey();
  return key === undefined ? undefined : open?.get(key);
}

/** Who serves the queue, can be rung now, and is idle longest, but for these. */
export function freeIn(router: Router, queue: string, not: readonly string[]): RoutedAgent | undefined {
  for (const person of poolOf(router, laneOf(router.layout, queue))?.idle.values() ?? []) {
    const standing = router.agents.get(person);
    if (standing !== undefined && !not.includes(standing.agent)) return standing;
  }
  return undefined;
}

/** How many of the queue's people can be rung now. */
export function countFree(router: Router, queue: string): number {
  return poolOf(router, laneOf(router.layout, queue))?.idle.size ?? 0;
}

function longestIdle(router: Router, lane: number): RoutedAgent | undefined {
  const idle = poolOf(router, lane)?.idle;
  const key = idle?.minKey();
  const person = key === undefined ? undefined : idle?.get(key);
  return person === undefined ? undefined : router.agents.get(person);
}

function poolOf({ layout, pools }: Router, lane: number) {
  return pools.get(layout.classOf[lane] ?? 0);
}

function isFreeFor(router: Router, agent: string, lane: number): boolean {
  const standing = agentIn(router, agent);
  if (standing === undefined || !isFree(standing)) return false;
  const { skills } = router.layout.staff[router.layout.personOf.get(agent) ?? -1] ?? { skills: {} };
  const queue = router.layout.queues[lane];
  return queue !== undefined && canServe(skills, queue);
}

function isStaffedLane(router: Router, lane: number): boolean {
  return (poolOf(router, lane)?.present ?? 0) > 0;
}
