import type { Source } from '@threerings/norms/trace';
import type { EventSpec, Vocabulary } from '@threerings/norms/vocabulary';
import { actingEvents } from './vocabulary/acting.ts';
import { callEvents } from './vocabulary/call.ts';
import { caseEvents } from './vocabulary/cases.ts';
import { chatEvents } from './vocabulary/chat.ts';
import { deskEvents } from './vocabulary/desk.ts';
import { holdingEvents } from './vocabulary/holding.ts';
import { intervals, scopes } from './vocabulary/intervals.ts';
import { lineEvents } from './vocabulary/line.ts';
import { presenceEvents } from './vocabulary/presence.ts';
import { promiseEvents } from './vocabulary/promises.ts';
import { qualityEvents } from './vocabulary/quality.ts';
import { registerEvents } from './vocabulary/registers.ts';
import { speechEvents } from './vocabulary/speech.ts';
import { ticketEvents } from './vocabulary/tickets.ts';
import { transferEvents } from './vocabulary/transfer.ts';
import { fieldWords, roles } from './vocabulary/words.ts';

const events = [
  ...callEvents,
  ...holdingEvents,
  ...transferEvents,
  ...lineEvents,
  ...speechEvents,
  ...chatEvents,
  ...deskEvents,
  ...actingEvents,
  ...promiseEvents,
  ...ticketEvents,
  ...registerEvents,
  ...presenceEvents,
  ...qualityEvents,
  ...caseEvents,
] as const;

/** Every event that can stand in a timeline, by name. */
export type EventType = (typeof events)[number]['id'];

/**
 * All that can happen at a hotline: the one table that live guidance, judging, promises and reports have in common.
 * INVARIANT (names are forever): a type name is never reused and a field never changes its meaning; an optional field
 * may be added; anything else is a new version `v` of the type with an upcaster. Display words (zh, en) may change.
 */
export const vocabulary: Vocabulary = { events, intervals, scopes, fieldWords, roles };

const byType: ReadonlyMap<string, EventSpec> = new Map(events.map((spec) => [spec.id, spec]));

/** The row of the table for one event type, or undefined when there is no such event. */
export function eventSpec(type: string): EventSpec | undefined {
  return byType.get(type);
}

/** What `sourceOf` needs to know of an event. */
export interface Sourced {
  readonly type: string;
  readonly by?: string | undefined;
  readonly source?: Source | undefined;
}

/**
 * The source that observes an event. Speech belongs to the side that spoke; `source.*` events belong to the source that
 * they speak about, which only the event itself can tell. Undefined for an unknown type.
 */
export function sourceOf(event: Sourced): Source | undefined {
  const spec = byType.get(event.type);
  if (spec === undefined) return undefined;
  if (event.type.startsWith('source.')) return event.source ?? 'system';
  if (spec.source !== 'speech') return spec.source;
  return event.by === 'customer' ? 'speech.customer' : 'speech.agent';
}
