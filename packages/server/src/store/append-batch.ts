import type { TimelineEvent } from '@threerings/core/timeline/event';
import { sql } from 'kysely';
import type { Origin } from './append-request.ts';
import type { Database, Tx } from './database.ts';
import { eventOf, insertEvents } from './event-rows.ts';
import { type Group, type Numbered, type RecordedGroup, type Recording, recordGroup } from './record-group.ts';
import { sha256 } from './sha256.ts';
import type { HeadRow, StreamStates } from './stream-states.ts';
import type { Vault } from './vault.ts';

/** Writes views of the events in their transaction. `appended` are the new events of one stream, in order. */
export type Projector = (tx: Tx, appended: readonly TimelineEvent[], origin: Origin) => Promise<void>;

export interface Appending {
  readonly db: Database;
  readonly vault: Vault;
  readonly states: StreamStates;
  readonly projectors: readonly Projector[];
  /** ms UTC */
  readonly now: () => number;
}

/**
 * Appends the groups of a batch in one transaction; they answer one by one, and one that is refused takes nothing of the
 * others with it. Returns after the commit. Row locks are taken in the order streams → vault keys → views, each by name.
 */
export async function appendBatch(appending: Appending, batch: readonly Group[]): Promise<RecordedGroup[]> {
  const requests = batch.flat();
  const { states, recorded } = await appending.db.transaction().execute(async (tx) => {
    const heads = await lockHeads(tx, requests, appending.states);
    const now = appending.now();
    const recording: Recording = {
      vault: appending.vault,
      now,
      keys: await appending.vault.keys(tx, subjectsOf(requests), now),
      states: await appending.states.at(tx, heads),
      events: await findExisting(tx, requests),
      sealed: [],
    };
    const recorded = batch.map((group) => recordGroup(recording, group));
    await write(tx, recording, recorded);
    for (const [index, group] of batch.entries()) await follow(tx, appending, group, recorded[index]?.freshOf ?? []);
    return { states: recording.states, recorded };
  });
  for (const state of states.values()) appending.states.remember(state);
  return recorded;
}

/** Makes the heads of new streams and locks all. The lock is what orders two writers of a stream. */
async function lockHeads(tx: Tx, requests: readonly Numbered[], states: StreamStates): Promise<HeadRow[]> {
  const interactions = new Map<string, string | null>();
  for (const { stream, interaction } of requests) if (!interactions.has(stream)) interactions.set(stream, interaction ?? null);
  const names = [...interactions.keys()].sort();
  const make = async (streams: readonly string[]) => {
    const rows = streams.map((stream) => ({
      stream,
      interaction: interactions.get(stream) ?? null,
      n: 0,
      hash: Buffer.from(sha256(stream), 'hex'),
    }));
    const skipExisting = tx.insertInto('streams').onConflict((conflict) => conflict.doNothing());
    if (rows.length > 0) await skipExisting.values(rows).execute();
  };
  const lock = () =>
    tx
      .selectFrom('streams')
      .select(['stream', 'interaction', 'n', 'hash'])
      .where('stream', 'in', names)
      .orderBy('stream')
      .forUpdate()
      .execute();
  await make(names.filter((stream) => !states.knows(stream)));
  const heads = await lock();
  if (heads.length === names.length) return heads;
  await make(names); // the memory was of another database, restored since
  return lock();
}

function subjectsOf(requests: readonly Numbered[]): string[] {
  return requests.flatMap((request) =>
    request.events.flatMap((event) => Object.values(event.personal ?? {}).map(({ subject }) => subject)),
  );
}

async function findExisting(tx: Tx, requests: readonly Numbered[]): Promise<Map<string, TimelineEvent>> {
  const ids = requests.filter((request) => request.mayRepeat).flatMap((request) => request.events.map((event) => event.id));
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('events').selectAll().where('id', '=', sql<string>`any(${ids})`).execute();
  return new Map(rows.map((row) => [row.id, eventOf(row)]));
}

async function write(tx: Tx, recording: Recording, recorded: readonly RecordedGroup[]): Promise<void> {
  const fresh = recorded.flatMap((each) => each.fresh);
  if (fresh.length === 0) return;
  await recording.vault.store(tx, recording.sealed);
  await insertEvents(tx, fresh);
  const touched = new Set(fresh.map((event) => event.stream));
  const heads = [...touched].map((stream) => ({
    stream,
    n: recording.states.get(stream)?.n,
    hash: recording.states.get(stream)?.hash,
  }));
  await sql`
    update streams set n = h.n, hash = decode(h.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h(stream text, n int, hash text)
    where streams.stream = h.stream`.execute(tx);
}

async function follow(tx: Tx, appending: Appending, group: Group, freshOf: readonly (readonly TimelineEvent[])[]): Promise<void> {
  for (const [index, request] of group.entries()) {
    const fresh = freshOf[index] ?? [];
    if (fresh.length === 0) continue;
    for (const project of appending.projectors) await project(tx, fresh, request.origin ?? 'live');
    await request.within?.(tx, fresh);
  }
}
