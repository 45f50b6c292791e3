import type { FieldValue, Instant, TraceEvent } from '@threerings/norms/trace';
import type { Refusal } from '../errors/refusal.ts';
import type { NewEvent, PersonalValue } from './event.ts';
import type { EventType } from './vocabulary.ts';

/** What a lifecycle answers to a command: the events that make it happen, or why it does not. No events = nothing to do. */
export type Decision = readonly NewEvent[] | Refusal;

/** As much of an event as a lifecycle folds: stored events have it, and events that are about to be stored. */
export type Happened = Pick<TraceEvent, 'type' | 'by' | 'occurredAt' | 'fields'>;

/** An event for the recorder; fields and personal values that are undefined are left out. */
export function fact(
  type: EventType,
  occurredAt: Instant,
  fields: Readonly<Record<string, FieldValue | undefined>> = {},
  more: { readonly by?: string | undefined; readonly personal?: Readonly<Record<string, PersonalValue | undefined>> } = {},
): NewEvent {
  const personal = defined(more.personal ?? {});
  return {
    type,
    occurredAt,
    fields: defined(fields),
    ...(more.by === undefined ? {} : { by: more.by }),
    ...(Object.keys(personal).length === 0 ? {} : { personal }),
  };
}

function defined<Value>(record: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** A text field of an event, or undefined. */
export function textOf(event: Pick<Happened, 'fields'>, name: string): string | undefined {
  const value = event.fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number field of an event, or undefined. */
export function numberOf(event: Pick<Happened, 'fields'>, name: string): number | undefined {
  const value = event.fields[name];
  return typeof value === 'number' ? value : undefined;
}
