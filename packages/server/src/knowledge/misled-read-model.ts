import type { Database } from '../store/database.ts';

export interface MisledUse {
  readonly interaction: string;
  readonly version: number;
  /** who had the caller last */
  readonly agent: string | undefined;
  readonly at: number;
  readonly promise: string | undefined;
}

const mostMisled = 2000;

/**
 * Who was told a version of this entry that a later, published one corrects: every interaction once, the latest use first. A correction
 * puts right everything before it.
 */
export async function misledBy(db: Database, entry: string): Promise<MisledUse[]> {
  const corrected = await db
    .selectFrom('knowledge_versions')
    .select((select) => select.fn.max('version').as('version'))
    .where('entry', '=', entry)
    .where('corrects', '=', true)
    .where('state', 'in', ['live', 'superseded', 'withdrawn'])
    .executeTakeFirst();
  const version = corrected?.version ?? null;
  if (version === null) return [];
  const rows = await db
    .selectFrom('knowledge_uses as u')
    .leftJoin('interactions as i', 'i.interaction', 'u.interaction')
    .selectAll('u')
    .select('i.agent')
    .where('u.entry', '=', entry)
    .where('u.version', '<', version)
    .orderBy('u.at', 'desc')
    .limit(mostMisled)
    .execute();
  const byInteraction = new Map<string, MisledUse>();
  for (const { interaction, version: told, agent, at, promise } of rows) {
    const before = byInteraction.get(interaction);
    const use = { interaction, version: told, agent: agent ?? undefined, at, promise: promise ?? undefined };
    if (before === undefined) byInteraction.set(interaction, use);
    else if (before.promise === undefined && use.promise !== undefined) byInteraction.set(interaction, { ...before, promise: use.promise });
  }
  return [...byInteraction.values()];
}

export async function noteCorrection(db: Database, entry: string, { interaction, version }: MisledUse, promise: string): Promise<void> {
  await db
    .updateTable('knowledge_uses')
    .set({ promise })
    .where('entry', '=', entry)
    .where('interaction', '=', interaction)
    .where('version', '=', version)
    .execute();
}
