import type { LegalHold, NewHold } from '@threerings/core/wire/retention';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';

export interface Periods {
  /** ms UTC: recordings that began before are over their time */
  readonly audioBefore: number;
  /** words of calls that began before */
  readonly wordsBefore: number;
  /** what belongs to a matter is kept until its closing lies before this */
  readonly closedBefore: number;
}

/** Events whose text is what was said or written in a conversation. */
const spoken = ['speech.said', 'speech.corrected', 'chat.sent', 'chat.received'];

/** A call is kept while it is held, or while a ticket, promise or case that it belongs to is open or was closed not long enough ago. */
function isKept(interaction: string, closedBefore: number): RawBuilder<boolean> {
  const call = sql.ref(interaction);
  return sql<boolean>`(
    exists (select from legal_holds h where h.released_at is null and (h.interaction = ${call}
      or h.customer in (select c.customer from customer_contacts c where c.interaction = ${call})))
    or exists (select from tickets t where t.interaction = ${call} and (t.closed_at is null or t.closed_at >= ${closedBefore}))
    or exists (select from promises p where p.interaction = ${call} and p.state in ('open', 'missed'))
    or exists (select from events e join cases k on k."case" = e.fields->>'case'
      where e.interaction = ${call} and e.type in ('case.opened', 'case.linked') and (k.closed_at is null or k.closed_at >= ${closedBefore})))`;
}

export interface KeptFile {
  readonly recording: string;
  /** relative to the data folder */
  readonly file: string;
}

/** Recordings that are over their time and belong to nothing that keeps them, the oldest first. */
export function expiredRecordings(db: Database, { audioBefore, closedBefore }: Periods, most: number): Promise<KeptFile[]> {
  return db
    .selectFrom('recordings')
    .select(['recording', 'file'])
    .where('started_at', '<', audioBefore)
    .where(sql<boolean>`not ${isKept('recordings.interaction', closedBefore)}`)
    .orderBy('started_at')
    .limit(most)
    .execute();
}

export interface KeptAttachment {
  readonly attachment: string;
  /** relative to the data folder */
  readonly file: string;
}

/**
 * Files of chats are words and go with them; files of a ticket go when it was closed long enough ago. Files of knowledge stay as long as
 * somebody needs the knowledge.
 */
export function expiredAttachments(db: Database, { wordsBefore, closedBefore }: Periods, most: number): Promise<KeptAttachment[]> {
  return db
    .selectFrom('attachments')
    .leftJoin('tickets', (on) => on.onRef('tickets.ticket', '=', 'attachments.owner').on('attachments.owner_kind', '=', 'ticket'))
    .select(['attachments.attachment', 'attachments.file'])
    .where('attachments.gone_at', 'is', null)
    .where((or) =>
      or.or([
        or.and([
          or('attachments.owner_kind', '=', 'chat'),
          or('attachments.made_at', '<', wordsBefore),
          sql<boolean>`not ${isKept('attachments.owner', closedBefore)}`,
        ]),
        or.and([
          or('attachments.owner_kind', '=', 'ticket'),
          or('tickets.closed_at', '<', closedBefore),
          sql<boolean>`not ${isKept('tickets.interaction', closedBefore)}`,
        ]),
      ]),
    )
    .orderBy('attachments.made_at')
    .limit(most)
    .execute();
}

/** Files that came in these chats, and those of the tickets that were made in them. */
export function attachmentsOfCalls(db: Database, interactions: readonly string[]): Promise<KeptAttachment[]> {
  const calls = sql<string>`any(${interactions})`;
  const tickets = db.selectFrom('tickets').select('ticket').where('interaction', '=', calls);
  return db
    .selectFrom('attachments')
    .select(['attachment', 'file'])
    .where('gone_at', 'is', null)
    .where((or) =>
      or.or([
        or.and([or('owner_kind', '=', 'chat'), or('owner', '=', calls)]),
        or.and([or('owner_kind', '=', 'ticket'), or('owner', 'in', tickets)]),
      ]),
    )
    .execute();
}

export function recordingsOfCalls(db: Database, interactions: readonly string[]): Promise<KeptFile[]> {
  return db.selectFrom('recordings').select(['recording', 'file']).where('interaction', '=', sql<string>`any(${interactions})`).execute();
}

export async function forgetRecordings(db: Database, recordings: readonly string[]): Promise<void> {
  await db.deleteFrom('recordings').where('recording', '=', sql<string>`any(${recordings})`).execute();
}

/** Deletes the words of calls that are over their time; again finds only what became free since. Says of how many calls. */
export async function expireWords(db: Database, { wordsBefore, closedBefore }: Periods, now: number, most: number): Promise<number> {
  const due = await db
    .selectFrom('interactions')
    .select('interaction')
    .where('started_at', '<', wordsBefore)
    .where('closed_at', 'is not', null)
    .where(sql<boolean>`not exists (select from words_expired w where w.interaction = interactions.interaction)`)
    .where(sql<boolean>`not ${isKept('interactions.interaction', closedBefore)}`)
    .orderBy('started_at')
    .limit(most)
    .execute();
  for (const { interaction } of due) {
    const words = await deleteWords(db, [interaction]);
    await db
      .insertInto('words_expired')
      .values({ interaction, at: now, words })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return due.length;
}

/** What was said or written in these calls, by whomever: the words of one side name the other. Says how many values went. */
export async function deleteWords(db: Database, interactions: readonly string[]): Promise<number> {
  const gone = await db
    .deleteFrom('vault')
    .where(
      'ref',
      'in',
      db
        .selectFrom('events')
        .select(sql<string>`fields->>'text'`.as('ref'))
        .where('interaction', '=', sql<string>`any(${interactions})`)
        .where('type', '=', sql<string>`any(${spoken})`)
        .where(sql<boolean>`fields ? 'text'`),
    )
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

type HoldRow = Selectable<Schema['legal_holds']>;

function holdOf({ hold, interaction, customer, reason, by, at, ...row }: HoldRow): LegalHold {
  const { released_at, released_by, release_note } = row;
  return {
    ...{ hold, reason, by, at },
    ...(interaction === null ? {} : { interaction }),
    ...(customer === null ? {} : { customer }),
    ...(released_at === null ? {} : { released: { at: released_at, by: released_by ?? '', note: release_note ?? '' } }),
  };
}

/** Holds with these words in reason, note or id, of any of these customers, or on any of these calls. */
export interface HoldsWanted {
  readonly words: string;
  readonly customers: readonly string[];
  readonly interactions: readonly string[];
}

/** Holds that are in force first, then those that were released, newest first. */
export async function listHolds(db: Database, most: number, wanted?: HoldsWanted): Promise<LegalHold[]> {
  let query = db.selectFrom('legal_holds').selectAll();
  if (wanted !== undefined) {
    const { words, customers, interactions } = wanted;
    const texts = sql<string>`lower(concat_ws(' ', reason, release_note, hold, interaction, customer, "by", released_by))`;
    query = query.where((or) =>
      or.or([
        sql<boolean>`strpos(${texts}, ${words.toLowerCase()}) > 0`,
        or('customer', '=', sql<string>`any(${customers})`),
        or('interaction', '=', sql<string>`any(${interactions})`),
      ]),
    );
  }
  const rows = await query.orderBy(sql`released_at is not null`).orderBy('at', 'desc').limit(most).execute();
  return rows.map(holdOf);
}

export async function findHold(db: Database, hold: string): Promise<LegalHold | undefined> {
  const row = await db.selectFrom('legal_holds').selectAll().where('hold', '=', hold).executeTakeFirst();
  return row && holdOf(row);
}

/** A hold in force of any of these customers, or of any of these calls. */
export async function holdOn(db: Database, customers: readonly string[], interactions: readonly string[]): Promise<LegalHold | undefined> {
  const row = await db
    .selectFrom('legal_holds')
    .selectAll()
    .where('released_at', 'is', null)
    .where((or) => or.or([or('customer', '=', sql<string>`any(${customers})`), or('interaction', '=', sql<string>`any(${interactions})`)]))
    .orderBy('at')
    .executeTakeFirst();
  return row && holdOf(row);
}

export async function addHold(db: Database, { hold, interaction, customer, reason }: NewHold, by: string, at: number): Promise<void> {
  await db
    .insertInto('legal_holds')
    .values({ hold, interaction: interaction ?? null, customer: customer ?? null, reason, by, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** False: there is none in force. */
export async function releaseHold(db: Database, hold: string, by: string, note: string, at: number): Promise<boolean> {
  const answer = await db
    .updateTable('legal_holds')
    .set({ released_at: at, released_by: by, release_note: note })
    .where('hold', '=', hold)
    .where('released_at', 'is', null)
    .executeTakeFirst();
  return answer.numUpdatedRows > 0n;
}
