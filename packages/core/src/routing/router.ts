import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** A queue of the hotline; without a skill every agent serves it. */
export interface RoutedQueue {
  readonly queue: string;
  readonly skill?: string | undefined;
}

export interface RoutedAgent {
  readonly agent: string;
  readonly skills: readonly string[];
  /** presence as last heard; only `ready` is rung */
  readonly state: string;
  /** free without a break since, ms UTC */
  readonly idleSince: Instant;
  /** the call that has this agent, from the offer to the end of the work after it */
  readonly call?: string | undefined;
}

export interface WaitingCall {
  readonly interaction: string;
  readonly queue: string;
  /** the caller was first alerted: does not start again when a second agent is rung */
  readonly since: Instant;
  readonly offered?: { readonly agent: string; readonly leg: string } | undefined;
}

/**
 * Everything the router of one hotline knows. Plain data; a fold of the events of the calls that are waiting and of the
 * presence of its agents, so that a new owner builds the same state.
 */
export interface Router {
  readonly queues: readonly RoutedQueue[];
  readonly agents: readonly RoutedAgent[];
  /** longest wait first */
  readonly waiting: readonly WaitingCall[];
  /** fencing epoch under which this router may reserve agents */
  readonly epoch: number;
  /** highest epoch seen in a reservation: above the own one, another router has taken over */
  readonly seenEpoch: number;
}

/** An event and the interaction or the agent whose stream it is of. */
export interface RoutedEvent {
  readonly interaction?: string | undefined;
  readonly event: Happened;
}

export interface RoutedStaff {
  readonly agent: string;
  readonly skills: readonly string[];
}

/** As much of somebody's presence as routing reads. */
export interface Standing {
  readonly state: string;
  readonly idleSince?: Instant | undefined;
}

export function emptyRouter(queues: readonly RoutedQueue[], staff: readonly RoutedStaff[], epoch: number): Router {
  const agents = staff.map(({ agent, skills }) => ({ agent, skills, state: 'offline', idleSince: 0 }));
  return { queues, agents, waiting: [], epoch, seenEpoch: epoch };
}

/** The router after one more event. */
export function evolveRouter(router: Router, { interaction, event }: RoutedEvent): Router {
  if (event.type === 'presence.changed') return presenceChanged(router, event);
  if (interaction === undefined) return router;
  switch (event.type) {
    case 'call.queued':
      return queued(router, interaction, event);
    case 'call.agent-offered':
      return offered(router, interaction, event);
    case 'call.ring-stopped':
      return ringStopped(router, interaction, event);
    case 'call.answered':
      return event.by === 'customer' ? router : { ...router, waiting: without(router.waiting, interaction) };
    case 'call.ended':
      return {
        ...router,
        waiting: without(router.waiting, interaction),
        agents: event.fields['talk'] === 0 ? freed(router.agents, interaction) : router.agents,
      };
    case 'wrapup.ended':
    case 'interaction.closed':
      return { ...router, waiting: without(router.waiting, interaction), agents: freed(router.agents, interaction) };
    default:
      return router;
  }
}

/**
 * Staff as they are now configured: skills change, people come and go; who is with a caller stays so. Somebody new may have
 * begun the shift before this was heard: `presenceOf` tells where they stand.
 */
export function withStaff(router: Router, staff: readonly RoutedStaff[], presenceOf: (agent: string) => Standing | undefined): Router {
  const agents = staff.map(({ agent, skills }) => {
    const known = router.agents.find((one) => one.agent === agent);
    if (known !== undefined) return { ...known, skills };
    const { state = 'offline', idleSince = 0 } = presenceOf(agent) ?? {};
    return { agent, skills, state, idleSince };
  });
  const engaged = router.agents.filter((one) => one.call !== undefined && !staff.some(({ agent }) => agent === one.agent));
  return { ...router, agents: [...agents, ...engaged.map((one) => ({ ...one, state: 'offline' }))] };
}

function presenceChanged(router: Router, event: Happened): Router {
  const agent = textOf(event, 'agent');
  const state = textOf(event, 'state') ?? 'offline';
  return {
    ...router,
    agents: router.agents.map((one) => {
      if (one.agent !== agent) return one;
      const idleSince = state === 'ready' && one.state !== 'ready' ? event.occurredAt : one.idleSince;
      return { ...one, state, idleSince };
    }),
  };
}

function queued(router: Router, interaction: string, event: Happened): Router {
  if (router.waiting.some((call) => call.interaction === interaction)) return router;
  const call: WaitingCall = { interaction, queue: textOf(event, 'queue') ?? '', since: event.occurredAt };
  const at = router.waiting.findIndex((other) => other.since > call.since);
  return { ...router, waiting: router.waiting.toSpliced(at === -1 ? router.waiting.length : at, 0, call) };
}

function offered(router: Router, interaction: string, event: Happened): Router {
  const agent = textOf(event, 'agent') ?? '';
  const leg = textOf(event, 'leg') ?? '';
  return {
    ...router,
    seenEpoch: Math.max(router.seenEpoch, numberOf(event, 'epoch') ?? 0),
    agents: router.agents.map((one) => (one.agent === agent ? { ...one, call: interaction } : one)),
    waiting: router.waiting.map((call) => (call.interaction === interaction ? { ...call, offered: { agent, leg } } : call)),
  };
}

/** Who did not answer is not rung again until presence says so; a ring that was taken back leaves the agent as before. */
function ringStopped(router: Router, interaction: string, event: Happened): Router {
  const outcome = textOf(event, 'outcome');
  const call = router.waiting.find((one) => one.interaction === interaction);
  if (call?.offered === undefined || call.offered.leg !== textOf(event, 'leg') || outcome === 'answered') return router;
  const rung = call.offered.agent;
  const state = outcome === 'cancelled' ? {} : { state: 'paused' };
  return {
    ...router,
    agents: router.agents.map((one) => (one.agent === rung && one.call === interaction ? { ...one, ...state, call: undefined } : one)),
    waiting: router.waiting.map((one) => (one.interaction === interaction ? { ...one, offered: undefined } : one)),
  };
}

function without(waiting: readonly WaitingCall[], interaction: string): readonly WaitingCall[] {
  return waiting.filter((call) => call.interaction !== interaction);
}

function freed(agents: readonly RoutedAgent[], interaction: string): readonly RoutedAgent[] {
  return agents.map((one) => (one.call === interaction ? { ...one, call: undefined } : one));
}
