import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { complete, type Draft, record } from '@threerings/core/timeline/record';
import { evolveStream, type StreamState } from '@threerings/core/timeline/stream-state';
import { sql } from 'kysely';
import type { AppendAnswer, Appended, AppendRequest, Origin } from './append-request.ts';
import type { Database, Tx } from './database.ts';
import { eventOf, insertEvents } from './event-rows.ts';
import { recordPlain } from './record-plain.ts';
import { sha256 } from './sha256.ts';
import { type AppendRefusal, refuseAppend } from './stream-refusals.ts';
import type { HeadRow, StreamStates } from './stream-states.ts';
import type { SubjectKeys, Vault } from './vault.ts';

/** Writes views of the events in their transaction. */
export type Projector = (tx: Tx, appended: readonly TimelineEvent[], origin: Origin) => Promise<void>;

export interface Appending {
  readonly db: Database;
  readonly vault: Vault;
  readonly states: StreamStates;
  readonly projectors: readonly Projector[];
  /** ms UTC */
  readonly now: () => number;
}

/** A request whose events all have ids, so that repeating it cannot append twice. */
export type Numbered = Omit<AppendRequest, 'events'> & { readonly events: readonly (NewEvent & { readonly id: string })[] };

/** What is gathered while a batch is recorded. */
interface Work {
  readonly now: number;
  readonly keys: SubjectKeys;
  readonly states: Map<string, StreamState>;
  readonly existing: Map<string, TimelineEvent>;
  readonly vaultRows: ReturnType<Vault['seal']>[];
}

/**
 * Appends the requests of a batch in one transaction; they answer one by one, and one that is refused takes nothing of the
 * others with it. Returns after the commit. Row locks are taken in the order streams → vault keys → views, each by name.
 */
export async function appendBatch(appending: Appending, batch: readonly Numbered[]): Promise<RecordedRequest[]> {
  const { states, recorded } = await appending.db.transaction().execute(async (tx) => {
    const heads = await lockHeads(tx, batch);
    const work: Work = {
      now: appending.now(),
      keys: await appending.vault.keys(tx, subjectsOf(batch), appending.now()),
      states: await appending.states.at(tx, heads),
      existing: await findExisting(tx, batch),
      vaultRows: [],
    };
    const recorded = batch.map((request) => recordRequest(appending.vault, work, request));
    await write(tx, appending, work, recorded);
    for (const [index, each] of recorded.entries()) {
      const request = batch[index];
      if (request && each.fresh.length > 0) await follow(tx, appending, request, each.fresh);
    }
    return { states: work.states, recorded };
  });
  for (const state of states.values()) appending.states.remember(state);
  return recorded;
}

/** Makes the heads of new streams and locks all. The lock is what orders two writers of a stream. */
async function lockHeads(tx: Tx, batch: readonly Numbered[]): Promise<HeadRow[]> {
  const streams = new Map<string, Numbered>();
  for (const request of batch) if (!streams.has(request.stream)) streams.set(request.stream, request);
  const names = [...streams.keys()].sort();
  const rows = names.map((stream) => ({
    stream,
    interaction: streams.get(stream)?.interaction ?? null,
    n: 0,
    hash: Buffer.from(sha256(stream), 'hex'),
  }));
  await tx
    .insertInto('streams')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return tx
    .selectFrom('streams')
    .select(['stream', 'interaction', 'n', 'hash'])
    .where('stream', 'in', names)
    .orderBy('stream')
    .forUpdate()
    .execute();
}

function subjectsOf(batch: readonly Numbered[]): string[] {
  return batch.flatMap((request) => request.events.flatMap((event) => Object.values(event.personal ?? {}).map(({ subject }) => subject)));
}

async function findExisting(tx: Tx, batch: readonly Numbered[]): Promise<Map<string, TimelineEvent>> {
  const ids = batch.flatMap((request) => request.events.map((event) => event.id));
  const rows = await tx.selectFrom('events').selectAll().where('id', '=', sql<string>`any(${ids})`).execute();
  return new Map(rows.map((row) => [row.id, eventOf(row)]));
}

export interface RecordedRequest {
  readonly answer: AppendAnswer;
  /** events that this transaction appends */
  readonly fresh: readonly TimelineEvent[];
}

function recordRequest(vault: Vault, work: Work, request: Numbered): RecordedRequest {
  const start = work.states.get(request.stream);
  if (!start) throw new Error('the head of a stream was not locked');
  const missing = request.events.filter((event) => !work.existing.has(event.id));
  const elsewhere = request.events.map(({ id }) => work.existing.get(id)).find((event) => event && event.stream !== request.stream);
  if (elsewhere) return refused(refuseAppend('stream.id-taken', { id: elsewhere.id }));
  if (missing.length > 0 && request.after !== undefined && request.after !== start.n) {
    return refused(refuseAppend('stream.conflict', { stream: request.stream, expected: request.after, found: start.n }));
  }
  let state = start.n === 0 && request.case !== undefined ? { ...start, case: request.case } : start;
  const fresh: TimelineEvent[] = [];
  const sealed: Work['vaultRows'] = [];
  const left: { event: NewEvent; refusal: AppendRefusal }[] = [];
  for (const event of missing) {
    const placed = place(state, event, request, work.now);
    if ('dropped' in placed) continue;
    if (!('draft' in placed)) {
      if (!request.lenient) return refused(placed);
      left.push({ event, refusal: placed });
      continue;
    }
    const finished = finish(vault, work, placed.draft, event.id, sealed);
    fresh.push(finished);
    state = evolveStream(state, finished);
  }
  work.states.set(request.stream, state);
  work.vaultRows.push(...sealed);
  for (const event of fresh) work.existing.set(event.id, event);
  return { answer: answerOf(work, request, state, left), fresh };
}

const refused = (refusal: AppendRefusal): RecordedRequest => ({ answer: refusal, fresh: [] });

function place(state: StreamState, event: NewEvent, request: Numbered, now: number) {
  if (request.recorder === 'plain') return recordPlain(state, event, now);
  return record(state, event, now, request.watermarks);
}

function finish(vault: Vault, work: Work, draft: Draft, id: string, sealed: Work['vaultRows']): TimelineEvent {
  const references: Record<string, string> = {};
  for (const [field, personal] of Object.entries(draft.personal)) {
    const row = vault.seal(work.keys, personal, `${draft.event.type}.${field}`, work.now);
    sealed.push(row);
    references[field] = row.ref;
  }
  return complete(draft, { id, references }, sha256);
}

function answerOf(work: Work, request: Numbered, state: StreamState, left: Appended['leftOut']): Appended {
  const events = request.events.map(({ id }) => work.existing.get(id)).filter((event) => event !== undefined);
  return { events, n: state.n, leftOut: left };
}

async function write(tx: Tx, appending: Appending, work: Work, recorded: readonly RecordedRequest[]): Promise<void> {
  const fresh = recorded.flatMap((each) => each.fresh);
  if (fresh.length === 0) return;
  await appending.vault.store(tx, work.vaultRows);
  await insertEvents(tx, fresh);
  const touched = new Set(fresh.map((event) => event.stream));
  const heads = [...touched].map((stream) => ({ stream, n: work.states.get(stream)?.n, hash: work.states.get(stream)?.hash }));
  await sql`
    update streams set n = h.n, hash = decode(h.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h(stream text, n int, hash text)
    where streams.stream = h.stream`.execute(tx);
}

async function follow(tx: Tx, appending: Appending, request: Numbered, fresh: readonly TimelineEvent[]): Promise<void> {
  for (const project of appending.projectors) await project(tx, fresh, request.origin ?? 'live');
  await request.within?.(tx, fresh);
}
