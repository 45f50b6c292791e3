import type { WireEvent } from '../wire/events.ts';
import type { TimelineEvent } from './event.ts';

/**
 * An event as a browser gets it: no hash, no stream bookkeeping, personal fields still references. `text` is what was said
 * or written, given only for a reader who may read it.
 */
export function toWire(event: TimelineEvent, text?: string): WireEvent {
  const { id, type, source, occurredAt, seq, interaction, by } = event;
  const fields: WireEvent['fields'] = {};
  for (const [name, value] of Object.entries(event.fields)) fields[name] = typeof value === 'object' ? [...value] : value;
  return { id, type, source, occurredAt, seq, fields, interaction, by, text };
}
