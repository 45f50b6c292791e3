import type { TraceEvent } from '@threerings/norms/trace';
import type { ScopeSpec } from '@threerings/norms/vocabulary';
import { vocabulary } from './vocabulary.ts';

export type ScopeId = ScopeSpec['id'];

/** The part of events (in timeline order) that a scope judges: everything up to and with the event that ends it. */
export function cutToScope<Event extends Pick<TraceEvent, 'type'>>(scope: ScopeId, events: readonly Event[]): readonly Event[] {
  const spec = scopeSpec(scope);
  const end = events.findIndex((event) => spec?.ends.includes(event.type) === true);
  return end === -1 ? events : events.slice(0, end + 1);
}

/** The event at which people begin to talk in a scope, or undefined when they never did. */
export function talkBegins<Event extends Pick<TraceEvent, 'type'>>(scope: ScopeId, events: readonly Event[]): Event | undefined {
  const spec = scopeSpec(scope);
  return events.find((event) => spec?.begins.includes(event.type) === true);
}

function scopeSpec(scope: ScopeId): ScopeSpec | undefined {
  return vocabulary.scopes.find((spec) => spec.id === scope);
}
