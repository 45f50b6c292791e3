import { textOf } from '@threerings/core/timeline/decider';
import type { Selectable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

export type ProposalRow = Selectable<Schema['proposals']>;

/** Keeps the row of a proposal in the transaction of its events. */
export const projectProposals: Projector = async (tx, appended) => {
  for (const event of appended) {
    const proposal = event.type.startsWith('proposal.') ? textOf(event, 'proposal') : undefined;
    if (proposal === undefined) continue;
    const text = (name: string) => textOf(event, name) ?? null;
    if (event.type === 'proposal.made') {
      await tx
        .insertInto('proposals')
        .values({
          proposal,
          what: text('what') ?? '',
          origin: text('origin') ?? '',
          agent: text('agent') ?? '',
          state: 'open',
          interaction: event.interaction ?? null,
          norm: text('norm'),
          key: text('key'),
          message: text('message'),
          at: event.occurredAt,
        })
        .execute();
    } else {
      const state = event.type === 'proposal.confirmed' ? 'confirmed' : 'declined';
      const set = { state, settled_at: event.occurredAt, settled_by: text('agent') } as const;
      await tx.updateTable('proposals').set(set).where('proposal', '=', proposal).execute();
    }
  }
};

/** Proposals that nobody has settled, oldest first. */
export function openProposals(db: Database, limit: number): Promise<ProposalRow[]> {
  return db.selectFrom('proposals').selectAll().where('state', '=', 'open').orderBy('at').limit(limit).execute();
}
