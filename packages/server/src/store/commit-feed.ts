import type { TimelineEvent } from '@threerings/core/timeline/event';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Database, openConnection } from './database.ts';
import { type EventRow, eventOf } from './event-rows.ts';

/** A place in the order of commits. `xid` is a 64-bit number in decimal. */
export interface Cursor {
  readonly xid: string;
  readonly pos: number;
}

export interface FeedPage {
  readonly events: readonly TimelineEvent[];
  /** where to go on */
  readonly cursor: Cursor;
  /** false: there may be more already */
  readonly isLast: boolean;
}

/** The place behind everything that is settled now: what commits later lies behind it, and so may a little before. */
export async function feedEnd(db: Database): Promise<Cursor> {
  const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db);
  return { xid: rows[0]?.xid ?? '0', pos: 0 };
}

/**
 * Events behind the cursor, in the order (transaction, position). Only transactions before the oldest one that still runs
 * are read: an identity column is given before the commit, so a reader that went by it alone would pass over events of a
 * transaction that commits late.
 */
export async function readFeed(db: Database, after: Cursor, limit = 1_000): Promise<FeedPage> {
  const { rows } = await sql<EventRow>`
    select * from events
    where (xid, pos) > (${after.xid}::xid8, ${after.pos}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, pos
    limit ${limit}`.execute(db);
  const last = rows.at(-1);
  return {
    events: rows.map(eventOf),
    cursor: last ? { xid: last.xid, pos: last.pos } : after,
    isLast: rows.length < limit,
  };
}

const channel = 'threerings_committed';

/** Tells the other nodes that something was committed. Costs a commit: at most one per tick, never one per append. */
export async function notifyCommitted(db: Database, node: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${node})`.execute(db);
}

/** Calls back with the name of a node that has committed. `lost` when the connection broke: listen again and catch up. */
export async function listenCommitted(
  url: string,
  told: (node: string) => void,
  lost: (error: Error) => void,
): Promise<() => Promise<void>> {
  const client: pg.Client = await openConnection(url);
  let ending = false;
  client.on('notification', ({ payload }) => told(payload ?? ''));
  client.on('end', () => {
    if (!ending) lost(new Error('the connection that listens for commits broke'));
  });
  await client.query(`listen ${channel}`);
  return async () => {
    ending = true;
    await client.end();
  };
}
