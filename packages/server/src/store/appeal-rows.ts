import { textOf } from '@threerings/core/timeline/decider';
import type { Selectable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';
import { countVerdicts } from './verdict-rows.ts';

export type AppealRowStored = Selectable<Schema['appeals']>;

/** Streams of appeals: `appeal-<id>`. */
const prefix = 'appeal-';

/** Keeps the row of an appeal in the transaction of its events. */
export const projectAppeals: Projector = async (tx, appended) => {
  for (const event of appended) {
    if (!event.stream.startsWith(prefix)) continue;
    const appeal = event.stream.slice(prefix.length);
    const text = (name: string) => textOf(event, name) ?? null;
    if (event.type === 'appeal.filed') {
      await tx
        .insertInto('appeals')
        .values({
          appeal,
          interaction: event.interaction ?? '',
          norm: text('norm') ?? '',
          verdict: text('verdict') ?? '',
          form: text('form') ?? 'appeal',
          ground: text('ground') ?? 'other',
          agent: text('agent') ?? '',
          state: 'open',
          filed_at: event.occurredAt,
          words_ref: text('words'),
        })
        .execute();
    } else if (event.type === 'appeal.decided') {
      const state = event.fields['upheld'] === true ? 'upheld' : 'rejected';
      const set = { state, decided_at: event.occurredAt, decided_by: text('agent'), reason: text('reason') } as const;
      await tx.updateTable('appeals').set(set).where('appeal', '=', appeal).execute();
      if (state === 'upheld' && event.interaction !== undefined) await countVerdicts(tx, event.interaction);
    }
  }
};

export interface AppealFilter {
  readonly limit: number;
  readonly agent?: string | undefined;
  readonly interaction?: string | undefined;
  readonly open?: boolean | undefined;
}

/** Open ones first come first, then what was decided, newest first. */
export async function findAppeals(db: Database, { limit, agent, interaction, open }: AppealFilter): Promise<AppealRowStored[]> {
  let query = db.selectFrom('appeals').selectAll().limit(limit);
  if (agent !== undefined) query = query.where('agent', '=', agent);
  if (interaction !== undefined) query = query.where('interaction', '=', interaction);
  if (open === true) query = query.where('state', '=', 'open').orderBy('filed_at');
  else if (open === false) query = query.where('state', '<>', 'open').orderBy('decided_at', 'desc');
  else query = query.orderBy('filed_at', 'desc');
  return query.execute();
}

export function findAppeal(db: Database, appeal: string): Promise<AppealRowStored | undefined> {
  return db.selectFrom('appeals').selectAll().where('appeal', '=', appeal).executeTakeFirst();
}
