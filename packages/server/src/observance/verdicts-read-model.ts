import type { Revision, Verdict } from '@threerings/norms/trace';
import type { Database, Tx } from '../store/database.ts';
import { dropVerdicts, loadVerdicts, loadVerdictsOf, saveVerdicts } from '../store/verdict-rows.ts';

/** A verdict as stored, with what it replaced. */
export interface StoredVerdict {
  readonly verdict: Verdict;
  readonly revisedFrom?: { readonly value: string; readonly at: number; readonly cause: string } | undefined;
}

/** Writes verdicts of one interaction and its counts, in the transaction of their events. Writing again changes nothing. */
export async function writeVerdicts(tx: Tx, interaction: string, settled: readonly Verdict[], revised: readonly Revision[]): Promise<void> {
  const fresh = settled.map((verdict): StoredVerdict => ({ verdict }));
  const changed = revised.flatMap(({ from, to, cause }): StoredVerdict[] => {
    if (to === undefined) return [];
    return [{ verdict: to, ...(from === undefined ? {} : { revisedFrom: { value: from.value, at: from.at, cause } }) }];
  });
  const rows = [...fresh, ...changed].map((stored) => ({ verdict: stored.verdict, body: stored }));
  await saveVerdicts(tx, interaction, rows);
  const gone = revised.filter(({ to }) => to === undefined);
  if (gone.length > 0) await dropVerdicts(tx, interaction, gone);
}

/** The verdicts of an interaction in the order of their anchors. */
export function readVerdicts(db: Database, interaction: string): Promise<StoredVerdict[]> {
  // Written by `writeVerdicts` alone, as JSON of this very type.
  return loadVerdicts(db, interaction, (body) => body as StoredVerdict);
}

/** The same for several interactions at once. */
export function readVerdictsOf(db: Database, interactions: readonly string[]): Promise<ReadonlyMap<string, StoredVerdict[]>> {
  return loadVerdictsOf(db, interactions, (body) => body as StoredVerdict);
}
