import { offerEnds, offeredToAgent, rings } from '../match/anatomy.ts';
import { matchEvent } from '../match/event.ts';
import { notDelivered } from '../reasons.ts';
import type { Instant, TraceEvent } from '../trace.ts';
import { caps, type OpenOffer } from './state.ts';
import { bareScene, doubtful, emitFor, inEffect, type Work } from './work.ts';

/** A device that was offered a call and never acknowledged by ringing: what ring norms would have asked cannot be told. */
export function takeOffers(work: Work, event: TraceEvent): void {
  const { state } = work;
  if (!inEffect(work, event.occurredAt)) return;
  const leg = event.fields['leg'];
  if (typeof leg !== 'string') return;
  if (event.type === offeredToAgent) {
    if (wouldTrigger(work, event) && state.offers.length < caps.offers)
      state.offers = [...state.offers, { leg, id: event.id, at: event.occurredAt }];
    return;
  }
  if (event.type !== rings && !offerEnds.has(event.type)) return;
  const delivered = event.type === rings || event.type === 'call.answered';
  for (const offer of state.offers) if (offer.leg === leg && !delivered) undelivered(work, offer, event.occurredAt);
  state.offers = state.offers.filter((offer) => offer.leg !== leg);
}

/** Nobody answers for it: the device failed, not the person. */
export function undelivered(work: Work, offer: OpenOffer, at: Instant): void {
  emitFor(work, doubtful(offer.id, offer.at, undefined, [{ event: offer.id }]), at, { value: 'unknown', reason: notDelivered }, {});
}

/** Would ringing of the offered leg have made a duty? */
function wouldTrigger(work: Work, offer: TraceEvent): boolean {
  const { trigger } = work.plan.norm;
  if (trigger.kind !== 'onEvent') return true;
  const { id, source, occurredAt, seq, text, before } = offer;
  const fields = Object.assign({}, offer.fields, { target: 'agent' });
  const ringing: TraceEvent = { id, type: rings, source, by: 'system', occurredAt, seq, fields, text, before };
  return matchEvent(trigger.pattern, ringing, bareScene(work, offer.occurredAt)).v !== 'F';
}
