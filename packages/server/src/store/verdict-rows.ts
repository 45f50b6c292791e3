import type { Verdict } from '@threerings/norms/trace';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

export interface StoredVerdict<Body> {
  readonly verdict: Verdict;
  /** what a reader gets: the verdict with title, severity, explanation, and what it revised */
  readonly body: Body;
}

/** Writes settled verdicts of one interaction, newer ones in place of older ones of the same duty, and counts anew. */
export async function saveVerdicts<Body>(tx: Tx, interaction: string, verdicts: readonly StoredVerdict<Body>[]): Promise<void> {
  if (verdicts.length === 0) return;
  const rows = verdicts.map(({ verdict, body }) => ({
    interaction,
    norm: verdict.norm,
    key: verdict.key,
    pack: verdict.pack,
    pack_version: verdict.packVersion,
    value: verdict.value,
    nature: verdict.nature,
    who: verdict.who ?? null,
    anchor: verdict.anchor,
    at: verdict.at,
    body: JSON.stringify(body),
  }));
  await tx
    .insertInto('verdicts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['interaction', 'norm', 'key']).doUpdateSet((given) => ({
        pack: given.ref('excluded.pack'),
        pack_version: given.ref('excluded.pack_version'),
        value: given.ref('excluded.value'),
        nature: given.ref('excluded.nature'),
        who: given.ref('excluded.who'),
        anchor: given.ref('excluded.anchor'),
        at: given.ref('excluded.at'),
        body: given.ref('excluded.body'),
      })),
    )
    .execute();
  await countVerdicts(tx, interaction);
}

/** Takes verdicts back that a re-judging no longer gives. */
export async function dropVerdicts(
  tx: Tx,
  interaction: string,
  gone: readonly { readonly norm: string; readonly key: string }[],
): Promise<void> {
  for (const { norm, key } of gone) {
    await tx.deleteFrom('verdicts').where('interaction', '=', interaction).where('norm', '=', norm).where('key', '=', key).execute();
  }
  await countVerdicts(tx, interaction);
}

/** The bodies of an interaction's verdicts in the order of their anchors. `parse` checks what comes from the database. */
export async function loadVerdicts<Body>(db: Database, interaction: string, parse: (body: unknown) => Body): Promise<Body[]> {
  return (await loadVerdictsOf(db, [interaction], parse)).get(interaction) ?? [];
}

/** Those of several interactions at once, in the same order each; an interaction without any has an empty list. */
export async function loadVerdictsOf<Body>(
  db: Database,
  interactions: readonly string[],
  parse: (body: unknown) => Body,
): Promise<ReadonlyMap<string, Body[]>> {
  const found = new Map<string, Body[]>(interactions.map((interaction) => [interaction, []]));
  const rows = await db
    .selectFrom('verdicts')
    .select(['interaction', 'body'])
    .where('interaction', '=', sql<string>`any(${interactions})`)
    .orderBy('anchor')
    .orderBy('norm')
    .execute();
  for (const { interaction, body } of rows) found.get(interaction)?.push(parse(body));
  return found;
}

/**
 * Of the table `verdicts v`: what counts. Hints are advice of the moment, and a verdict whose appeal was upheld stands where it was given,
 * with the decision beside it, but is counted nowhere.
 */
export const isCountedVerdict = sql<boolean>`v.nature = 'finding' and not exists (
  select from appeals a where a.interaction = v.interaction and a.norm = v.norm and a.state = 'upheld'
    and a.verdict = left(v.norm || ' ' || v.key, 200))`;

/** Counts the verdicts of an interaction anew. */
export async function countVerdicts(tx: Tx, interaction: string): Promise<void> {
  await sql`
    update interactions set (kept, broken, unknown, moot) = (
      select count(*) filter (where value = 'kept'), count(*) filter (where value = 'broken'),
             count(*) filter (where value = 'unknown'), count(*) filter (where value = 'moot')
      from verdicts v where v.interaction = ${interaction} and ${isCountedVerdict})
    where interaction = ${interaction}`.execute(tx);
}
