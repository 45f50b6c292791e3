import { decideInteraction } from '../interactions/lifecycle.ts';
import { nextOffers, unattended } from '../routing/choose.ts';
import type { Turn } from './turn.ts';

/** Brings waiting callers to ready agents, and tells callers of an unattended queue that nobody is there. */
export function routeWaiting(turn: Turn): void {
  turn.routingDue = false;
  for (const { interaction, agent, epoch } of nextOffers(turn.hotline.router)) {
    const call = turn.call(interaction);
    if (call === undefined) continue;
    const leg = `${interaction}-${call.offers + 1}`;
    const command = { kind: 'offer-to-agent', agent, leg, epoch, at: turn.at } as const;
    turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings));
  }
  for (const { interaction } of unattended(turn.hotline.router)) {
    // Said once; the caller may then leave a number, or go on waiting until somebody signs in.
    const told = turn.call(interaction)?.nobody ?? true;
    if (!told) turn.tellNobodyIsThere(interaction);
  }
}
