import type { Instant } from '@threerings/norms/trace';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** A deadline that must outlive a restart: a promise's due time. */
export interface Timer {
  /** unique; setting the same key again moves the timer: `promise-<id>` */
  readonly key: string;
  /** which handler it is for: `promise.due` */
  readonly kind: string;
  readonly dueAt: Instant;
  /** small and without personal data */
  readonly payload: Readonly<Record<string, string | number | boolean>>;
}

/** A timer that this process has taken until `leaseUntil`. */
export interface ClaimedTimer extends Timer {
  /** 1 = the first try. `key`, `dueAt` together name what is due: the handler's idempotency key. */
  readonly attempt: number;
  readonly leaseUntil: Instant;
}

/** Call it in the transaction of the event that makes the timer necessary (`AppendRequest.within`). */
export async function setTimer(tx: Tx | Database, { key, kind, dueAt, payload }: Timer): Promise<void> {
  const row = { kind, due_at: dueAt, payload: JSON.stringify(payload) };
  await tx
    .insertInto('timers')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ ...row, attempts: 0, lease_until: null, last_error: null }))
    .execute();
}

export async function cancelTimer(tx: Tx | Database, key: string): Promise<void> {
  await tx.deleteFrom('timers').where('key', '=', key).execute();
}

/** Takes due timers for `leaseMs`; several nodes at once never take the same one. The longest due come first. */
export async function claimTimers(
  db: Database,
  kinds: readonly string[],
  now: Instant,
  leaseMs: number,
  most: number,
): Promise<ClaimedTimer[]> {
  const { rows } = await sql<{ key: string; kind: string; due_at: number; payload: unknown; attempts: number; lease_until: number }>`
    update timers set lease_until = ${now + leaseMs}, attempts = attempts + 1
    where key in (
      select key from timers
      where due_at <= ${now} and kind = any(${kinds}) and (lease_until is null or lease_until <= ${now})
      order by due_at limit ${most} for update skip locked)
    returning key, kind, due_at, payload, attempts, lease_until`.execute(db);
  const claimed = rows.map((row) => ({
    key: row.key,
    kind: row.kind,
    dueAt: row.due_at,
    payload: payloadOf(row.payload),
    attempt: row.attempts,
    leaseUntil: row.lease_until,
  }));
  return claimed.sort((one, other) => one.dueAt - other.dueAt);
}

/** The timer has done its work. One that was moved meanwhile stays. */
export async function finishTimer(tx: Tx | Database, { key, dueAt }: Timer): Promise<void> {
  await tx.deleteFrom('timers').where('key', '=', key).where('due_at', '=', dueAt).execute();
}

/** The same for many in one statement. */
export async function finishTimers(db: Tx | Database, timers: readonly Pick<Timer, 'key' | 'dueAt'>[]): Promise<void> {
  if (timers.length === 0) return;
  const done = JSON.stringify(timers.map(({ key, dueAt }) => ({ key, due_at: dueAt })));
  await sql`
    delete from timers using jsonb_to_recordset(${done}::jsonb) as done(key text, due_at bigint)
    where timers.key = done.key and timers.due_at = done.due_at`.execute(db);
}

/** Puts a failed timer back until `retryAt`. */
export async function putBackTimer(db: Database, { key, dueAt }: Timer, retryAt: Instant, error: string): Promise<void> {
  await db
    .updateTable('timers')
    .set({ lease_until: retryAt, last_error: error.slice(0, 500) })
    .where('key', '=', key)
    .where('due_at', '=', dueAt)
    .execute();
}

/** When a timer of these kinds can next be taken, or undefined. */
export async function nextTimerAt(db: Database, kinds: readonly string[]): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('timers')
    .select(sql<number | null>`min(greatest(due_at, coalesce(lease_until, due_at)))`.as('at'))
    .where('kind', '=', sql<string>`any(${kinds})`)
    .executeTakeFirst();
  return row?.at ?? undefined;
}

function payloadOf(stored: unknown): Timer['payload'] {
  const payload: Record<string, string | number | boolean> = {};
  if (typeof stored !== 'object' || stored === null) return payload;
  for (const [name, value] of Object.entries(stored)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') payload[name] = value;
  }
  return payload;
}
