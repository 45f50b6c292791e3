import type { RoutedAgent, Router, WaitingCall } from './router.ts';

/** A reservation to be appended as `call.agent-offered`, with the epoch that fences it. */
export interface Offer {
  readonly interaction: string;
  readonly agent: string;
  readonly epoch: number;
}

/**
 * Whom to ring now: the longest waiting call first, and for it the longest idle agent who is ready, free and has the
 * skill. A call that nobody can take does not hold up the next one. Empty when another router has taken over.
 * INVARIANT (one caller, one agent): no agent stands in two offers, nor in an offer while a call has this agent.
 * The caller owes: the offers are appended, and folded into the router, before it is asked again.
 */
export function nextOffers(router: Router): readonly Offer[] {
  if (isFenced(router)) return [];
  const taken = new Set<string>();
  const offers: Offer[] = [];
  for (const call of router.waiting) {
    if (call.offered !== undefined) continue;
    const agent = longestIdle(router.agents.filter((one) => !taken.has(one.agent) && isFree(one) && serves(router, one, call.queue)));
    if (agent === undefined) continue;
    taken.add(agent.agent);
    offers.push({ interaction: call.interaction, agent: agent.agent, epoch: router.epoch });
  }
  return offers;
}

/** True when a reservation of a later epoch was seen: this router must not reserve anybody any more. */
export function isFenced(router: Router): boolean {
  return router.seenEpoch > router.epoch;
}

/** Calls that wait in a queue for which nobody is signed in: their callers are told so and offered a callback. */
export function unattended(router: Router): readonly WaitingCall[] {
  return router.waiting.filter((call) => call.offered === undefined && !isStaffedQueue(router, call.queue));
}

/** True when anybody who serves the queue is signed in, ready or not. */
export function isStaffedQueue(router: Router, queue: string): boolean {
  return router.agents.some((one) => one.state !== 'offline' && serves(router, one, queue));
}

/** Place of a caller in the queue, from 1; undefined when the call does not wait. */
export function placeInQueue(router: Router, interaction: string): number | undefined {
  const call = router.waiting.find((one) => one.interaction === interaction);
  if (call === undefined) return undefined;
  return router.waiting.filter((one) => one.queue === call.queue).findIndex((one) => one.interaction === interaction) + 1;
}

export function isFree(agent: RoutedAgent): boolean {
  return agent.state === 'ready' && agent.call === undefined;
}

function serves(router: Router, agent: RoutedAgent, queue: string): boolean {
  const routed = router.queues.find((one) => one.queue === queue);
  return routed !== undefined && (routed.skill === undefined || agent.skills.includes(routed.skill));
}

function longestIdle(agents: readonly RoutedAgent[]): RoutedAgent | undefined {
  return agents.reduce<RoutedAgent | undefined>(
    (best, one) => (best === undefined || one.idleSince < best.idleSince ? one : best),
    undefined,
  );
}
