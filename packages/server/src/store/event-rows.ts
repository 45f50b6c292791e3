import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type FieldValue, type Source, sources } from '@threerings/norms/trace';
import { type Selectable, sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

export type EventRow = Selectable<Schema['events']>;

/** Exactly what was recorded: the hash of a row that was read is the hash that was written. */
export function eventOf(row: Omit<EventRow, 'pos' | 'xid'>): TimelineEvent {
  return {
    id: row.id,
    type: row.type,
    v: row.v,
    stream: row.stream,
    n: row.n,
    ...(row.interaction === null ? {} : { interaction: row.interaction }),
    ...(row.case === null ? {} : { case: row.case }),
    source: sourceOf(row.source),
    ...(row.by === null ? {} : { by: row.by }),
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    seq: row.seq,
    ...(row.late ? { late: true as const } : {}),
    ...(row.clock === null ? {} : { clock: row.clock }),
    fields: fieldsOf(row.fields),
    hash: row.hash.toString('hex'),
  };
}

/** A row that was edited from outside may hold anything; the chain shows it, so reading it must not stumble. */
export function sourceOf(text: string): Source {
  return known.has(text) ? (text as Source) : 'system';
}

const known: ReadonlySet<string> = new Set(sources);

/** Values that no field can have are left out, for the same reason. */
export function fieldsOf(stored: unknown): Readonly<Record<string, FieldValue>> {
  const fields: Record<string, FieldValue> = {};
  if (typeof stored !== 'object' || stored === null) return fields;
  for (const [name, value] of Object.entries(stored)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') fields[name] = value;
    else if (Array.isArray(value)) fields[name] = value.map(String);
  }
  return fields;
}

/** One statement however many events: the round trip, not the row, is what an append costs. */
export async function insertEvents(tx: Tx, events: readonly TimelineEvent[]): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into events (stream, n, id, type, v, interaction, "case", source, by, occurred_at, recorded_at, seq, late, clock, fields, hash)
    select stream, n, id, type, v, interaction, "case", source, by, "occurredAt", "recordedAt", seq, coalesce(late, false), clock, fields,
           decode(hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(
      stream text, n int, id text, type text, v smallint, interaction text, "case" text, source text, by text, "occurredAt" bigint,
      "recordedAt" bigint, seq int, late boolean, clock text, fields jsonb, hash text)`.execute(tx);
}
