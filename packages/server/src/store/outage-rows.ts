import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { Selectable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database } from './database.ts';
import type { PromiseRow } from './promise-rows.ts';
import type { Schema } from './schema.ts';

export type OutageRow = Selectable<Schema['outages']>;

/** Keeps the row of an outage in the transaction of its events. Restored again in the stream of a caller, it stays as it is. */
export const projectOutages: Projector = async (tx, appended) => {
  for (const event of appended) {
    const outage = event.type.startsWith('outage.') ? textOf(event, 'outage') : undefined;
    if (outage === undefined || event.stream !== `outage-${outage}`) continue;
    const at = event.occurredAt;
    const by = textOf(event, 'agent') ?? '';
    const due = numberOf(event, 'due') ?? null;
    const own = tx.updateTable('outages').where('outage', '=', outage);
    if (event.type === 'outage.opened') {
      const kind = textOf(event, 'kind') as OutageRow['kind'];
      const opened = { opened_at: at, opened_by: by, due_at: due, first_due_at: due };
      await tx
        .insertInto('outages')
        .values({ outage, kind, state: 'open', ...factsOf(event), ...opened })
        .execute();
    } else if (event.type === 'outage.changed') {
      await own.set({ ...factsOf(event), due_at: due }).execute();
      await own.where('first_due_at', 'is', null).set({ first_due_at: due }).execute();
    } else if (event.type === 'outage.restored') {
      await own.set({ state: 'restored', restored_at: at, restored_by: by }).execute();
    }
  }
};

function factsOf({ fields, ...event }: TimelineEvent) {
  const list = (name: string) => (Array.isArray(fields[name]) ? fields[name].map(String) : []);
  const title = textOf({ fields, ...event }, 'title') ?? '';
  return { title, areas: list('areas'), queues: list('queues'), numbers: list('numbers'), announced: fields['announced'] === true };
}

const mostListed = 200;

/** Those that go on, newest first; then what was restored since, newest first. */
export async function listOutages(db: Database, restoredSince: number): Promise<OutageRow[]> {
  return db
    .selectFrom('outages')
    .selectAll()
    .where((or) => or.or([or('state', '=', 'open'), or('restored_at', '>=', restoredSince)]))
    .orderBy('state')
    .orderBy('opened_at', 'desc')
    .orderBy('outage')
    .limit(mostListed)
    .execute();
}

export function findOutage(db: Database, outage: string): Promise<OutageRow | undefined> {
  return db.selectFrom('outages').selectAll().where('outage', '=', outage).executeTakeFirst();
}

/** How its callers are told; kept until everybody was. */
export async function keepTelling(db: Database, outage: string, tell: 'sms' | 'call', owners: readonly string[]): Promise<void> {
  await db
    .updateTable('outages')
    .set({ tell, owners: [...owners] })
    .where('outage', '=', outage)
    .execute();
}

/** Restored outages with callers who have not been told. */
export async function outagesToTell(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('outages')
    .select('outages.outage')
    .innerJoin('promises', 'promises.outage', 'outages.outage')
    .where('outages.state', '=', 'restored')
    .where('promises.state', 'in', ['open', 'missed'])
    .groupBy('outages.outage')
    .execute();
  return rows.map(({ outage }) => outage);
}

const mostCallers = 5000;

/** Who asked to be told, in the order in which they asked. */
export function callersOf(db: Database, outage: string): Promise<PromiseRow[]> {
  return db
    .selectFrom('promises')
    .selectAll()
    .where('outage', '=', outage)
    .orderBy('made_at')
    .orderBy('promise')
    .limit(mostCallers)
    .execute();
}

export interface CallerCounts {
  readonly all: number;
  readonly told: number;
  readonly open: number;
}

/** By outage: how many asked, were told, and wait. Withdrawn promises are not counted. */
export async function callerCounts(db: Database, outages: readonly string[]): Promise<ReadonlyMap<string, CallerCounts>> {
  if (outages.length === 0) return new Map();
  const rows = await db
    .selectFrom('promises')
    .select(({ fn }) => ['outage', 'state', fn.countAll<number>().as('n')])
    .where('outage', 'in', [...outages])
    .where('state', '<>', 'withdrawn')
    .groupBy(['outage', 'state'])
    .execute();
  const counts = new Map<string, CallerCounts>();
  for (const { outage, state, n } of rows) {
    const before = counts.get(outage ?? '') ?? { all: 0, told: 0, open: 0 };
    const open = state === 'open' || state === 'missed' ? Number(n) : 0;
    const told = state === 'kept' ? Number(n) : 0;
    counts.set(outage ?? '', { all: before.all + Number(n), told: before.told + told, open: before.open + open });
  }
  return counts;
}
