import type { PromisePolicy } from '@threerings/core/promises/clockwork';
import { leftWord } from '@threerings/core/promises/view';
import { type Settings, shippedSettings } from '@threerings/core/settings/defaults';
import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';
import { cancelTimer, setTimer } from './timers.ts';

export type PromiseRow = Selectable<Schema['promises']>;

/** The kind of timer that falls due with a promise; its payload names the promise. */
export const promiseDue = 'promise.due';

/**
 * Keeps the row of a promise, and the one timer that wakes its clockwork next, in the transaction of its events. The timer is set from
 * the events alone; `promiseDue` in core decides what its hour means, so that a timer too many does nothing.
 */
export function promiseProjector({ remindAheadMs, escalateAfterMs }: PromisePolicy): Projector {
  return async (tx, appended) => {
    const byPromise = new Map<string, TimelineEvent[]>();
    for (const event of appended) {
      const promise = event.type.startsWith('promise.') ? textOf(event, 'promise') : undefined;
      if (promise !== undefined) byPromise.set(promise, [...(byPromise.get(promise) ?? []), event]);
    }
    for (const [promise, own] of byPromise) {
      await projectRow(tx, promise, own);
      const wake = own.map((event) => wakeAfter(event, remindAheadMs, escalateAfterMs)).findLast((each) => each !== undefined);
      const key = `promise-${promise}`;
      if (wake === 'never') await cancelTimer(tx, key);
      else if (wake !== undefined) await setTimer(tx, { key, kind: promiseDue, dueAt: wake, payload: { promise } });
    }
  };
}

export function policyOf({ promiseRemindMs, promiseEscalateMs }: Settings): PromisePolicy {
  return { remindAheadMs: promiseRemindMs, escalateAfterMs: promiseEscalateMs };
}

/** With the settings that ship. */
export const projectPromises: Projector = promiseProjector(policyOf(shippedSettings));

/** When the promise must be looked at next because of this event; undefined = as before. */
export function wakeAfter(event: TimelineEvent, remindAheadMs: number, escalateAfterMs: number): number | 'never' | undefined {
  const due = numberOf(event, 'due') ?? event.occurredAt;
  switch (event.type) {
    case 'promise.made':
    case 'promise.moved':
      return due - remindAheadMs > event.occurredAt ? due - remindAheadMs : due;
    case 'promise.reminded':
    case 'promise.missed':
      return due;
    case 'promise.escalated':
      return (numberOf(event, 'level') ?? 1) > 1 ? 'never' : due + escalateAfterMs;
    case 'promise.kept':
    case 'promise.unreached':
    case 'promise.withdrawn':
      return 'never';
    default:
      return undefined;
  }
}

/** One statement for all events of a promise that were appended together: many fall due at once. */
async function projectRow(tx: Tx, promise: string, events: readonly TimelineEvent[]): Promise<void> {
  const [first] = events;
  if (first?.type === 'promise.made') await tx.insertInto('promises').values(madeRow(promise, first)).execute();
  const own = tx.updateTable('promises').where('promise', '=', promise);
  const moved = events.filter(({ type }) => type === 'promise.moved').length;
  if (moved > 0) await own.set((row) => ({ moved: row('moved', '+', moved) })).execute();
  const set = events.reduce<Updateable<Schema['promises']>>((changes, event) => Object.assign(changes, changeOf(event)), {});
  if (Object.keys(set).length > 0) await own.set(set).execute();
}

function madeRow(promise: string, event: TimelineEvent): Insertable<Schema['promises']> {
  const due = numberOf(event, 'due') ?? event.occurredAt;
  const text = (name: string) => textOf(event, name) ?? null;
  return {
    promise,
    kind: text('kind') ?? '',
    state: 'open',
    interaction: event.interaction ?? null,
    case: event.case ?? null,
    owner: text('owner') ?? '',
    first: text('first') ?? text('owner') ?? '',
    made_at: event.occurredAt,
    due_at: due,
    first_due_at: due,
    channel: text('channel'),
    number_ref: text('number'),
    about_ref: text('about'),
    ticket: text('ticket'),
    customer: text('customer'),
    outage: text('outage'),
  };
}

function changeOf(event: TimelineEvent): Updateable<Schema['promises']> | undefined {
  const at = event.occurredAt;
  switch (event.type) {
    case 'promise.attempted':
      return { attempts: numberOf(event, 'attempt') ?? 0, last_attempt_at: at, last_outcome: textOf(event, 'outcome') ?? null };
    case 'promise.seen':
      return { seen_at: at };
    case 'promise.moved':
      return { state: 'open', due_at: numberOf(event, 'due') ?? at, escalated: 0 };
    case 'promise.reassigned':
      return { owner: textOf(event, 'to') ?? '', seen_at: null };
    case 'promise.missed':
      return { state: 'missed' };
    case 'promise.escalated':
      return { escalated: numberOf(event, 'level') ?? 1 };
    case 'promise.kept':
      return { state: 'kept', settled_at: at };
    case 'promise.unreached':
      return { state: 'unreached', settled_at: at };
    case 'promise.withdrawn':
      return { state: 'withdrawn', settled_at: at };
    default:
      return undefined;
  }
}

/** The promises made in an interaction, or in any interaction of a case; at most 1000. */
export async function promisesOfMatter(db: Database, matter: string): Promise<string[]> {
  const rows = await db
    .selectFrom('promises')
    .select('promise')
    .where((or) => or.or([or('interaction', '=', matter), or('case', '=', matter)]))
    .limit(1000)
    .execute();
  return rows.map(({ promise }) => promise);
}

/** Promises that are open or missed, the longest due first, at most `limit`. */
export async function duePromises(db: Database, limit: number, owner?: string): Promise<PromiseRow[]> {
  const all = db.selectFrom('promises').selectAll().where('state', 'in', ['open', 'missed']).orderBy('due_at').limit(limit);
  return (owner === undefined ? all : all.where('owner', '=', owner)).execute();
}

export interface PromiseFilter {
  /** at most 500 */
  readonly limit: number;
  readonly state: 'settled' | 'counted';
  /** owners whose promises are wanted; absent = everybody's */
  readonly owners?: readonly string[] | undefined;
  /** beside those of `owners`, what this person promised first */
  readonly first?: string | undefined;
  /** see `isOfKind` */
  readonly kind?: string | undefined;
  readonly from?: number | undefined;
}

/** Rows for lists of what is settled, newest first, and for the figures: all that fell due since `from`. */
export async function findPromises(db: Database, { limit, state, owners, first, kind, from }: PromiseFilter): Promise<PromiseRow[]> {
  let query = db.selectFrom('promises').selectAll().limit(Math.min(limit, 20_000));
  query =
    state === 'settled' ? query.where('settled_at', 'is not', null).orderBy('settled_at', 'desc') : query.orderBy('first_due_at', 'desc');
  if (owners !== undefined)
    query = query.where((or) =>
      or.or([or('owner', '=', sql<string>`any(${owners})`), ...(first === undefined ? [] : [or('first', '=', first)])]),
    );
  if (kind !== undefined)
    query = query.where((or) => or.or([or('kind', '=', kind), ...(kind === 'message' ? [or('channel', '=', leftWord)] : [])]));
  if (from !== undefined) query = query.where(state === 'settled' ? 'settled_at' : 'first_due_at', '>=', from);
  return query.execute();
}

/** Everything that was promised to a customer, newest first. */
export async function promisesOfCustomer(db: Database, customers: readonly string[], limit: number): Promise<PromiseRow[]> {
  const query = db.selectFrom('promises').selectAll().where('customer', '=', sql<string>`any(${customers})`);
  return query.orderBy('made_at', 'desc').limit(limit).execute();
}

/** 工号 of who is to answer the word that was left in this call; undefined = none was. */
export async function ownerOfWord(db: Database, interaction: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('promises')
    .select('owner')
    .where('interaction', '=', interaction)
    .where('channel', '=', leftWord)
    .executeTakeFirst();
  return row?.owner;
}
