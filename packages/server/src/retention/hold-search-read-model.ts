import type { LegalHold } from '@threerings/core/wire/retention';
import { sql } from 'kysely';
import { allIdsOf, contactsOf, findCustomers } from '../store/customer-rows.ts';
import type { Database } from '../store/database.ts';
import { type HoldsWanted, listHolds } from './retention-read-model.ts';

export interface HoldSearchParts {
  readonly db: Database;
  /** the hash under which customers are found by name, pinyin or number; undefined = too short to search by */
  tokenOf(typed: string): Buffer | undefined;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

const mostCustomers = 20;
const mostContacts = 2000;
const digitsOf = (text: string) => text.replaceAll(/\D/g, '').replace(/^(?:0086|86)(?=1\d{10}$)/, '');
/** A number is searched by as many digits at least. */
const leastDigits = 4;

/**
 * Holds by what somebody knows of them: words of the reason or of the note, the id of a call, customer, case or ticket, a person's name or
 * its pinyin, a telephone number. Those in force first.
 */
export async function searchHolds(parts: HoldSearchParts, typed: string, most: number): Promise<LegalHold[]> {
  const { db } = parts;
  const words = typed.trim();
  const customers = await customersBy(parts, words);
  const contacts = await contactsOf(db, customers, mostContacts);
  const interactions = [
    ...contacts.map(({ interaction }) => interaction),
    ...(await callsOfMatter(db, words)),
    ...(await heldCallsFrom(parts, words, most)),
  ];
  const wanted: HoldsWanted = { words, customers, interactions };
  return listHolds(db, most, wanted);
}

async function customersBy({ db, tokenOf }: HoldSearchParts, words: string): Promise<string[]> {
  const token = tokenOf(words);
  const named = token === undefined ? [] : (await findCustomers(db, token, mostCustomers)).map(({ customer }) => customer);
  const ofCase = await db.selectFrom('cases').select('customer').where('case', '=', words).executeTakeFirst();
  const found = [words, ...named, ...(ofCase?.customer ? [ofCase.customer] : [])];
  return (await Promise.all(found.map((customer) => allIdsOf(db, customer)))).flat();
}

/** Calls of this case, and the call in which this ticket was written. */
async function callsOfMatter(db: Database, id: string): Promise<string[]> {
  const linked = await db
    .selectFrom('events')
    .select('interaction')
    .where('stream', '=', `case-${id}`)
    .where('interaction', 'is not', null)
    .execute();
  const written = await db.selectFrom('tickets').select('interaction').where('ticket', '=', id).execute();
  return [...linked, ...written].flatMap(({ interaction }) => interaction ?? []);
}

/** Calls that are held and came from, or went to, this number; whoever called may have no card. */
async function heldCallsFrom({ db, read }: HoldSearchParts, words: string, most: number): Promise<string[]> {
  const digits = digitsOf(words);
  if (!/^[+0-9 ()-]+$/.test(words) || digits.length < leastDigits) return [];
  const held = await db.selectFrom('legal_holds').select('interaction').where('interaction', 'is not', null).limit(most).execute();
  const offered = await db
    .selectFrom('events')
    .select(['interaction', sql<string | null>`fields->>'number'`.as('reference')])
    .where('interaction', '=', sql<string>`any(${held.map(({ interaction }) => interaction)})`)
    .where('type', 'in', ['call.offered', 'outbound.dialled'])
    .execute();
  const numbers = await read(offered.flatMap(({ reference }) => reference ?? []));
  return offered.flatMap(({ interaction, reference }) =>
    interaction !== null && digitsOf(numbers.get(reference ?? '') ?? '').endsWith(digits) ? [interaction] : [],
  );
}
