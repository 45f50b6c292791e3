import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Selectable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';
import { cancelTimer, setTimer } from './timers.ts';

export type PromiseRow = Selectable<Schema['promises']>;

/** The kind of timer that falls due with a promise; its payload names the promise. */
export const promiseDue = 'promise.due';

/** Keeps the row of a promise, and the timer of its due time, in the transaction of its events. */
export const projectPromises: Projector = async (tx, appended) => {
  for (const event of appended) {
    const promise = event.type.startsWith('promise.') ? textOf(event, 'promise') : undefined;
    if (promise !== undefined) await project(tx, promise, event);
  }
};

async function project(tx: Tx, promise: string, event: TimelineEvent): Promise<void> {
  const key = `promise-${promise}`;
  const due = numberOf(event, 'due') ?? event.occurredAt;
  const change = (set: Partial<PromiseRow>) => tx.updateTable('promises').set(set).where('promise', '=', promise).execute();
  switch (event.type) {
    case 'promise.made':
      await tx
        .insertInto('promises')
        .values({
          promise,
          kind: textOf(event, 'kind') ?? '',
          state: 'open',
          interaction: event.interaction ?? null,
          case: event.case ?? null,
          owner: textOf(event, 'owner') ?? '',
          made_at: event.occurredAt,
          due_at: due,
          channel: textOf(event, 'channel') ?? null,
          number_ref: textOf(event, 'number') ?? null,
          about_ref: textOf(event, 'about') ?? null,
        })
        .execute();
      await setTimer(tx, { key, kind: promiseDue, dueAt: due, payload: { promise } });
      return;
    case 'promise.attempted':
      await change({ attempts: numberOf(event, 'attempt') ?? 0 });
      return;
    case 'promise.moved':
      await change({ state: 'open', due_at: due });
      await setTimer(tx, { key, kind: promiseDue, dueAt: due, payload: { promise } });
      return;
    case 'promise.missed':
      await change({ state: 'missed' });
      return;
    case 'promise.kept':
    case 'promise.withdrawn':
      await change({ state: event.type === 'promise.kept' ? 'kept' : 'withdrawn', settled_at: event.occurredAt });
      await cancelTimer(tx, key);
  }
}

/** Promises that are open or missed, the longest due first, at most `limit`. */
export async function duePromises(db: Database, limit: number, owner?: string): Promise<PromiseRow[]> {
  const all = db.selectFrom('promises').selectAll().where('state', 'in', ['open', 'missed']).orderBy('due_at').limit(limit);
  return (owner === undefined ? all : all.where('owner', '=', owner)).execute();
}
