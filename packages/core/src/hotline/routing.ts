import { decideInteraction } from '../interactions/lifecycle.ts';
import { nextOffer, unattended } from '../routing/choose.ts';
import { overflows } from './queueing.ts';
import type { Turn } from './turn.ts';
import { isLeavingWord } from './voicemail.ts';

/** Brings waiting callers to ready agents, and tells callers of an unattended queue that nobody is there. */
export function routeWaiting(turn: Turn): void {
  while (turn.routingDue) {
    turn.routingDue = false;
    offerAll(turn);
    for (const { interaction } of unattended(turn.hotline.router)) {
      const call = turn.call(interaction);
      if (call === undefined || call.queueing.turnedAway !== undefined || isLeavingWord(call) || overflows(turn, call)) continue;
      // Said once; the caller may then leave a number, or go on waiting until somebody signs in.
      if (!call.nobody) turn.tellNobodyIsThere(interaction);
    }
  }
}

function offerAll(turn: Turn): void {
  for (let offer = nextOffer(turn.hotline.router); offer !== undefined; offer = nextOffer(turn.hotline.router)) {
    const { interaction, agent, epoch, reason } = offer;
    const call = turn.call(interaction);
    if (call === undefined) return;
    const leg = `${interaction}-${call.offers + 1}`;
    const command = { kind: 'offer-to-agent', agent, leg, epoch, reason, at: turn.at } as const;
    if (turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings))) return;
  }
}
