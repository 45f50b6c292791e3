import { type Selectable, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import { setTimer } from '../store/timers.ts';
import type { Vault } from '../store/vault.ts';

export type OutboxStored = Selectable<Schema['outbox']>;

/** The kind of timer that sends a message; its payload names it. */
export const outboxDue = 'outbox.send';

export interface StoredFile {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface Queued {
  readonly message: string;
  readonly channel: 'mail' | 'sms';
  readonly to: string;
  readonly subject: string | undefined;
  readonly text: string;
  /** sent along with a mail */
  readonly file?: StoredFile | undefined;
  readonly interaction: string | undefined;
  readonly customer: string | undefined;
  /** whose data address and text are */
  readonly personal: string;
  readonly by: string;
}

/** Stores a message and the timer that sends it in one transaction. False: it is there already. */
export async function queueMessage(db: Database, vault: Vault, message: Queued, at: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const subject = message.personal;
    const keys = await vault.keys(tx, [subject], at);
    const address = vault.seal(keys, { subject, value: message.to }, 'outbox.address', at);
    const value = JSON.stringify({ subject: message.subject, text: message.text, file: message.file });
    const body = vault.seal(keys, { subject, value }, 'outbox.body', at);
    const { channel, interaction = null, customer = null, by } = message;
    const row = { message: message.message, channel, state: 'queued' as const, interaction, customer, by, made_at: at };
    const added = await tx
      .insertInto('outbox')
      .values({ ...row, address_ref: address.ref, body_ref: body.ref })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows !== 1n) return false;
    await vault.store(tx, [address, body]);
    await setTimer(tx, timerOf(message.message, at));
    return true;
  });
}

const timerOf = (message: string, dueAt: number) => ({ key: `outbox-${message}`, kind: outboxDue, dueAt, payload: { message } });

export function findMessage(db: Database, message: string): Promise<OutboxStored | undefined> {
  return db.selectFrom('outbox').selectAll().where('message', '=', message).executeTakeFirst();
}

/** Newest first; of one person, of one call. With the instant of the next try. */
export async function listMessages(
  db: Database,
  { by, interaction, limit }: { by?: readonly string[] | undefined; interaction?: string | undefined; limit: number },
): Promise<(OutboxStored & { next_at: number | null })[]> {
  let query = db
    .selectFrom('outbox')
    .leftJoin('timers', (join) => join.on('timers.key', '=', sql<string>`'outbox-' || outbox.message`))
    .selectAll('outbox')
    .select(sql<number | null>`greatest(timers.due_at, coalesce(timers.lease_until, 0))`.as('next_at'))
    .orderBy('made_at', 'desc')
    .limit(limit);
  if (by !== undefined) query = query.where('by', '=', sql<string>`any(${by})`);
  if (interaction !== undefined) query = query.where('interaction', '=', interaction);
  return query.execute();
}

/** Notes how a try went: sent, given up, or to be tried again. */
export async function noteTry(
  db: Database,
  message: string,
  state: OutboxStored['state'],
  attempts: number,
  fault: string | undefined,
  at: number,
): Promise<void> {
  const settled = state === 'queued' ? {} : { settled_at: at };
  await db
    .updateTable('outbox')
    .set({ state, attempts, last_fault: fault ?? null, ...settled })
    .where('message', '=', message)
    .execute();
}

/** A message that was given up is tried anew. False: it was not. */
export async function queueAgain(db: Database, message: string, at: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('outbox')
      .set({ state: 'queued', attempts: 0, settled_at: null })
      .where('message', '=', message)
      .where('state', '=', 'dead')
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) return false;
    await setTimer(tx, timerOf(message, at));
    return true;
  });
}

/**
 * Whether this customer, or the customer of this call, must not be written to: so it stands in the card, or was said in this call or in one
 * with this customer.
 */
export async function isUnsafe(db: Database, customer: string | undefined, interaction: string | undefined): Promise<boolean> {
  const contacts = await db
    .selectFrom('customer_contacts')
    .select(['customer', 'interaction'])
    .where((or) => or.or([or('interaction', '=', interaction ?? ''), or('customer', '=', customer ?? '')]))
    .execute();
  const customers = [customer ?? '', ...contacts.map((contact) => contact.customer)];
  const inCard = await db
    .selectFrom('customers')
    .select('customer')
    .where('unsafe', '=', true)
    .where('customer', '=', sql<string>`any(${customers})`)
    .executeTakeFirst();
  if (inCard !== undefined) return true;
  const calls = [interaction ?? '', ...contacts.map((contact) => contact.interaction)];
  const said = await db
    .selectFrom('events')
    .select('id')
    .where('interaction', '=', sql<string>`any(${calls})`)
    .where('type', '=', 'flag.set')
    .where(sql<boolean>`fields->>'flag' = 'unsafe-to-call'`)
    .executeTakeFirst();
  return said !== undefined;
}
