import { bulletinOfPolicy } from '@threerings/core/briefings/required';
import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { Selectable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

export type BulletinRow = Selectable<Schema['bulletins']>;

/** Who has read which version, in the transaction in which it is said. */
export const projectBulletinReads: Projector = async (tx, appended) => {
  for (const event of appended) {
    const bulletin = event.type === 'policy.acknowledged' ? bulletinOfPolicy(textOf(event, 'policy') ?? '') : undefined;
    if (bulletin === undefined) continue;
    const row = { bulletin, version: numberOf(event, 'version') ?? 1, agent: textOf(event, 'agent') ?? '', at: event.occurredAt };
    await tx
      .insertInto('bulletin_reads')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
};

const mostListed = 300;

/** Newest first. `current`: published, and not over. */
export function listBulletins(db: Database, at: number, view: 'current' | 'all'): Promise<BulletinRow[]> {
  const all = db.selectFrom('bulletins').selectAll().orderBy('valid_from', 'desc').orderBy('bulletin').limit(mostListed);
  return (view === 'all' ? all : all.where('state', '=', 'published').where('valid_until', '>', at)).execute();
}

export function findBulletin(db: Database, bulletin: string): Promise<BulletinRow | undefined> {
  return db.selectFrom('bulletins').selectAll().where('bulletin', '=', bulletin).executeTakeFirst();
}

/** Readers of the versions that stand, by bulletin and 工号. */
export async function readersOf(db: Database, rows: readonly BulletinRow[]): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const found = new Map<string, Map<string, number>>(rows.map(({ bulletin }) => [bulletin, new Map()]));
  if (rows.length === 0) return found;
  const reads = await db
    .selectFrom('bulletin_reads')
    .selectAll()
    .where('bulletin', 'in', [...found.keys()])
    .execute();
  const standing = new Map(rows.map(({ bulletin, version }) => [bulletin, version]));
  for (const { bulletin, version, agent, at } of reads) if (standing.get(bulletin) === version) found.get(bulletin)?.set(agent, at);
  return found;
}
