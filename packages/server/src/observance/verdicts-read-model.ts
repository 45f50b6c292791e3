import type { Revision, Verdict } from '@threerings/norms/trace';
import { sql } from 'kysely';
import type { Database, Tx } from '../store/database.ts';

/** A verdict as stored, with what it replaced. */
export interface StoredVerdict {
  readonly verdict: Verdict;
  readonly revisedFrom?: { readonly value: string; readonly at: number; readonly cause: string } | undefined;
}

/** Writes verdicts of one interaction and its counts, in the transaction of their events. Writing again changes nothing. */
export async function writeVerdicts(tx: Tx, interaction: string, settled: readonly Verdict[], revised: readonly Revision[]): Promise<void> {
  for (const verdict of settled) await upsert(tx, interaction, { verdict });
  for (const { from, to, norm, key, cause } of revised) {
    const revisedFrom = from && { value: from.value, at: from.at, cause };
    if (to !== undefined) await upsert(tx, interaction, { verdict: to, revisedFrom });
    else await tx.deleteFrom('verdicts').where('interaction', '=', interaction).where('norm', '=', norm).where('key', '=', key).execute();
  }
  await countVerdicts(tx, interaction);
}

async function upsert(tx: Tx, interaction: string, stored: StoredVerdict): Promise<void> {
  const { verdict } = stored;
  const row = {
    pack: verdict.pack,
    pack_version: verdict.packVersion,
    value: verdict.value,
    nature: verdict.nature,
    who: verdict.who ?? null,
    anchor: verdict.anchor,
    at: verdict.at,
    body: JSON.stringify(stored),
  };
  await tx
    .insertInto('verdicts')
    .values({ interaction, norm: verdict.norm, key: verdict.key, ...row })
    .onConflict((conflict) => conflict.columns(['interaction', 'norm', 'key']).doUpdateSet(row))
    .execute();
}

/** Hints are shown, never counted. */
async function countVerdicts(tx: Tx, interaction: string): Promise<void> {
  await sql`
    update interactions set (kept, broken, unknown, moot) = (
      select count(*) filter (where value = 'kept'), count(*) filter (where value = 'broken'),
             count(*) filter (where value = 'unknown'), count(*) filter (where value = 'moot')
      from verdicts where verdicts.interaction = ${interaction} and nature = 'finding'
    ) where interaction = ${interaction}`.execute(tx);
}

/** The verdicts of an interaction by instant. */
export async function readVerdicts(db: Database, interaction: string): Promise<readonly StoredVerdict[]> {
  const rows = await db
    .selectFrom('verdicts')
    .select('body')
    .where('interaction', '=', interaction)
    .orderBy('at')
    .orderBy('norm')
    .execute();
  // Written by `upsert` alone, as JSON of this very type.
  return rows.map(({ body }) => body as StoredVerdict);
}
