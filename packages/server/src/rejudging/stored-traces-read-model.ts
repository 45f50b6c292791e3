import { streamOfInteraction } from '@threerings/core/timeline/event';
import { isReference } from '@threerings/core/timeline/reference';
import type { TraceEvent } from '@threerings/norms/trace';
import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import { fieldsOf, sourceOf } from '../store/event-rows.ts';
import type { Vault } from '../store/vault.ts';

/**
 * The timelines of several interactions as the engine reads them, in no order, with what was said where it still exists. Columns that no
 * judgement looks at (hashes, positions, instants of recording) stay in the database: a year of calls is read through here.
 */
export async function storedTraces(
  db: Database,
  vault: Vault,
  interactions: readonly string[],
): Promise<ReadonlyMap<string, TraceEvent[]>> {
  const found = new Map<string, TraceEvent[]>(interactions.map((interaction) => [interaction, []]));
  const rows = await db
    .selectFrom('events')
    .select(['interaction', 'id', 'type', 'source', 'by', 'occurred_at', 'seq', 'fields'])
    .where('stream', '=', sql<string>`any(${interactions.map(streamOfInteraction)})`)
    .execute();
  const references: string[] = [];
  for (const { fields } of rows) {
    const reference = referenceIn(fields);
    if (reference !== undefined) references.push(reference);
  }
  const texts = await vault.read(db, references);
  for (const { interaction, id, type, source, by, occurred_at: occurredAt, seq, fields } of rows) {
    const text = texts.get(referenceIn(fields) ?? '');
    const event = { id, type, source: sourceOf(source), by: by ?? undefined, occurredAt, seq, fields: fieldsOf(fields), text };
    found.get(interaction ?? '')?.push(event);
  }
  return found;
}

function referenceIn(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null || !('text' in fields)) return undefined;
  return isReference(fields.text) ? fields.text : undefined;
}
