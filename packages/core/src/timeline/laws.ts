import type { EventSpec, IntervalSpec } from '@threerings/norms/vocabulary';
import { type Refusal, refuse } from '../errors/refusal.ts';
import type { NewEvent } from './event.ts';
import { isOpen } from './open-intervals.ts';
import type { StreamState } from './stream-state.ts';
import { vocabulary } from './vocabulary.ts';

/**
 * The laws that producers of events keep. The recorder calls them by these names:
 * L1 nothing of an interaction precedes its first event or follows `interaction.closed`; nothing of telephony, speech or
 *    audio follows `call.ended`.
 * L2 an interval is closed only if open, and opened only if not open with the same key.
 * L3 `call.ended` closes every open telephony, speech and audio interval, and comes once.
 * L4 `transfer.completed` names the agent who now has the caller, or none when the caller left the house.
 * L5 `by: receiver` marks what is said or done by staff who took the conversation over by a transfer.
 * L6 `call.answered.rings` is counted by the ring model, not by the producer.
 */
export type Lawful = 'lawful' | 'already-open' | Refusal;

export function lawful(state: StreamState, spec: EventSpec, event: NewEvent): Lawful {
  const place = placeInInteraction(state, spec, event);
  return place ?? intervalLaw(state, spec, event);
}

/** The work after the call, and the file of a recording that is closed when the last leg is gone. */
const followTheCall = ['wrapup.started', 'wrapup.ended', 'recording.stopped'];
const partsOfTheCall = ['telephony', 'speech', 'audio'];

function placeInInteraction(state: StreamState, spec: EventSpec, event: NewEvent): Refusal | undefined {
  if (state.interaction === undefined) return undefined;
  const { occurredAt, type } = event;
  if (state.firstAt !== undefined && occurredAt < state.firstAt) return refuse('timeline.before-first', { type });
  if (state.closedAt !== undefined && occurredAt >= state.closedAt) return refuse('timeline.closed', { type });
  const belongs = partsOfTheCall.includes(spec.source) && !followTheCall.includes(type);
  if (state.endedAt === undefined || !belongs) return undefined;
  return type === 'call.ended' || occurredAt >= state.endedAt ? refuse('timeline.call-ended', { type }) : undefined;
}

/** Intervals with one event that opens and one that closes and does nothing else: only these are checked for L2. */
const paired: readonly IntervalSpec[] = vocabulary.intervals.filter(
  (interval) => interval.once !== true && interval.id !== 'waiting-reply' && interval.opens.length === 1 && interval.closes.length === 1,
);

function intervalLaw(state: StreamState, spec: EventSpec, event: NewEvent): Lawful {
  const happening = { type: event.type, by: event.by ?? spec.actor, occurredAt: event.occurredAt, fields: event.fields };
  for (const interval of paired) {
    const open = isOpen(state.open, interval, happening);
    if (open && interval.opens.includes(event.type)) return 'already-open';
    if (!open && interval.closes.includes(event.type)) return refuse('timeline.not-open', { type: event.type, interval: interval.en });
  }
  return 'lawful';
}
