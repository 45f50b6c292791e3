import type { Vocabulary } from '@threerings/norms/vocabulary';
import { canonical } from '../canonical.ts';

/**
 * SHA-256 over `schemaText` of the vocabulary. Verdicts are stored with it, so that it can be told under which table they
 * were judged.
 */
export const vocabularyHash = '765d910b10f8be32ebb779b154c6ca942d769be771f8361bce7c6dec11edf7a4';

/**
 * What stored events and verdicts depend on: types, sources, fields, intervals, scopes. Display words are left out: they
 * may change at any time.
 */
export function schemaText(table: Vocabulary): string {
  const events = table.events.map(({ id, source, actor, fields }) => ({
    id,
    source,
    actor,
    fields: fields.map(({ name, type, options, optional, personal }) => ({ name, type, options, optional, personal })),
  }));
  const intervals = table.intervals.map(({ id, opens, closes, key, once }) => ({ id, opens, closes, key, once }));
  const scopes = table.scopes.map(({ id, begins, ends }) => ({ id, begins, ends }));
  return canonical({ events, intervals, scopes });
}
