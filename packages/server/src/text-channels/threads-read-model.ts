import { createHash } from 'node:crypto';
import { numberOf, textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Projector } from '../store/append-batch.ts';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';

export type ThreadRow = Selectable<Schema['chat_threads']>;
export type DeliveryRow = Selectable<Schema['chat_deliveries']>;

/** More parts than any text has. */
const mostParts = 1000;

/**
 * Keeps, in the transaction of a chat's events, which messages of a channel were taken and what it is to bring. INVARIANT (one message,
 * one event): whoever brings a message finds it here if, and only if, it stands in the timeline, as words or as a grade.
 */
export const projectTextChannels: Projector = async (tx, appended) => {
  const taken = appended.flatMap((event) => {
    const message = event.type === 'chat.received' && event.fields['writtenAt'] !== undefined ? textOf(event, 'message') : undefined;
    return message === undefined ? [] : [{ message, at: event.recordedAt }];
  });
  const ignore = <T>(conflict: { doNothing(): T }) => conflict.doNothing();
  if (taken.length > 0) await tx.insertInto('chat_taken').values(taken).onConflict(ignore).execute();
  const parts = appended.flatMap(deliveriesOf);
  if (parts.length > 0) await tx.insertInto('chat_deliveries').values(parts).onConflict(ignore).execute();
};

function deliveriesOf(event: TimelineEvent): Insertable<Schema['chat_deliveries']>[] {
  const [message, parts, ref] = [textOf(event, 'message'), numberOf(event, 'parts'), textOf(event, 'text')];
  const { interaction } = event;
  if (event.type !== 'chat.sent' || parts === undefined) return [];
  if (message === undefined || ref === undefined || interaction === undefined) return [];
  const attachment = textOf(event, 'attachment') ?? null;
  const row = { message, parts, interaction, text_ref: ref, attachment, made_at: event.occurredAt, next_at: event.occurredAt };
  return Array.from({ length: parts }, (_, place) => ({
    ...row,
    place,
    part: partId(interaction, message, place),
    ord: event.n * mostParts + place,
  }));
}

/** The id of one part: what the vendors take as an idempotency key, 32 characters of 0-9a-f. */
export function partId(interaction: string, message: string, place: number): string {
  return createHash('sha256').update(`${interaction} ${message} ${place}`).digest('hex').slice(0, 32);
}

export async function wasTaken(db: Database, message: string): Promise<boolean> {
  return (await db.selectFrom('chat_taken').select('message').where('message', '=', message).executeTakeFirst()) !== undefined;
}

/** A message that was a grade: brought again after the chat was closed, it must not begin another one. */
export async function noteTaken(db: Database, message: string, at: number): Promise<void> {
  const add = db.insertInto('chat_taken').values({ message, at });
  await add.onConflict((conflict) => conflict.doNothing()).execute();
}

/** The newest conversation of a thread. */
export function newestOf(db: Database, thread: string): Promise<ThreadRow | undefined> {
  return db.selectFrom('chat_threads').selectAll().where('thread', '=', thread).orderBy('opened_at', 'desc').limit(1).executeTakeFirst();
}

export function threadOf(db: Database, interaction: string): Promise<ThreadRow | undefined> {
  return db.selectFrom('chat_threads').selectAll().where('interaction', '=', interaction).executeTakeFirst();
}

export interface NewThread {
  readonly interaction: string;
  readonly channel: string;
  readonly thread: string;
  readonly address: string;
  /** whose data the address is */
  readonly subject: string;
  readonly replyTo: string;
  readonly replyAt: number;
  readonly at: number;
}

/** A conversation that is about to begin: its address is there before its first event. Again = nothing. */
export async function addThread(db: Database, vault: Vault, given: NewThread): Promise<void> {
  const { interaction, channel, thread, address, subject, replyTo, replyAt, at } = given;
  await db.transaction().execute(async (tx) => {
    const keys = await vault.keys(tx, [subject], at);
    const sealed = vault.seal(keys, { subject, value: address }, 'chat.address', at);
    const row = { interaction, channel, thread, address_ref: sealed.ref, reply_to: replyTo, reply_at: replyAt, opened_at: at };
    const added = await tx
      .insertInto('chat_threads')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) await vault.store(tx, [sealed]);
  });
}

/** The message that answers are answers to: the newest one, whatever the order in which they come. */
export async function noteReplyTo(db: Database, interaction: string, replyTo: string, at: number): Promise<void> {
  const own = db.updateTable('chat_threads').set({ reply_to: replyTo, reply_at: at }).where('interaction', '=', interaction);
  await own.where('reply_at', '<=', at).execute();
}

/** The next part that this conversation's channel is to bring. */
export function nextPart(db: Database, interaction: string): Promise<DeliveryRow | undefined> {
  return db
    .selectFrom('chat_deliveries')
    .selectAll()
    .where('interaction', '=', interaction)
    .where('state', '=', 'queued')
    .orderBy('ord')
    .limit(1)
    .executeTakeFirst();
}

/** Conversations in which something waits to be sent. */
export async function waitingDeliveries(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('chat_deliveries').select('interaction').distinct().where('state', '=', 'queued').execute();
  return rows.map(({ interaction }) => interaction);
}

/** Notes that a part is about to be sent. What it answers, and its number, are chosen once: a repetition is known by them. */
export async function beginTry(db: Database, { part, interaction, reply_to: chosen }: DeliveryRow): Promise<DeliveryRow> {
  return db.transaction().execute(async (tx) => {
    if (chosen === null) {
      const thread = await tx
        .updateTable('chat_threads')
        .set((row) => ({ numbered: row('numbered', '+', 1) }))
        .where('interaction', '=', interaction)
        .returning(['reply_to', 'numbered'])
        .executeTakeFirst();
      const given = { reply_to: thread?.reply_to ?? '', number: thread?.numbered ?? 1 };
      await tx.updateTable('chat_deliveries').set(given).where('part', '=', part).execute();
    }
    return tx
      .updateTable('chat_deliveries')
      .set((row) => ({ attempts: row('attempts', '+', 1) }))
      .where('part', '=', part)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export async function noteSent(db: Database, part: string): Promise<void> {
  await db.updateTable('chat_deliveries').set({ state: 'sent', fault: null }).where('part', '=', part).execute();
}

export async function noteLater(db: Database, part: string, fault: string, nextAt: number): Promise<void> {
  await db.updateTable('chat_deliveries').set({ fault, next_at: nextAt }).where('part', '=', part).execute();
}

/** With one part the whole message is given up: half of it would mislead. */
export async function noteDead(db: Database, { interaction, message, part }: DeliveryRow, fault: string): Promise<void> {
  const own = db.updateTable('chat_deliveries').set({ state: 'dead', fault }).where('interaction', '=', interaction);
  await own
    .where('message', '=', message)
    .where((row) => row.or([row('state', '=', 'queued'), row('part', '=', part)]))
    .execute();
}

/** The parts of one message. */
export function partsOfMessage(db: Database, interaction: string, message: string): Promise<DeliveryRow[]> {
  const own = db.selectFrom('chat_deliveries').selectAll().where('interaction', '=', interaction);
  return own.where('message', '=', message).orderBy('ord').execute();
}

export function deliveryOf(db: Database, part: string): Promise<DeliveryRow | undefined> {
  return db.selectFrom('chat_deliveries').selectAll().where('part', '=', part).executeTakeFirst();
}

/** Where the reading of this inbox stands; begun now where it never was. */
export async function cursorOf(db: Database, channel: string, source: string, now: number) {
  await db
    .insertInto('chat_cursors')
    .values({ channel, source, cursor: null, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const own = db.selectFrom('chat_cursors').select(['cursor', 'since']).where('channel', '=', channel);
  return own.where('source', '=', source).executeTakeFirstOrThrow();
}

export async function storeCursor(db: Database, channel: string, source: string, cursor: string | null): Promise<void> {
  await db.updateTable('chat_cursors').set({ cursor }).where('channel', '=', channel).where('source', '=', source).execute();
}

/** Forgets what nobody can repeat any more. */
export async function forgetOld(db: Database, before: number): Promise<void> {
  await db.deleteFrom('chat_taken').where('at', '<', before).execute();
  await db.deleteFrom('chat_deliveries').where('made_at', '<', before).where('state', '<>', 'queued').execute();
  await db
    .deleteFrom('chat_threads')
    .where('reply_at', '<', before)
    .where(sql<boolean>`not exists (select from chat_deliveries d where d.interaction = chat_threads.interaction)`)
    .execute();
}
