import { type Selectable, sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

export type CustomerRow = Selectable<Schema['customers']>;
export type ContactRow = Selectable<Schema['customer_contacts']>;

/** The personal part of a customer, as it is written: values go to the vault, hashes to the index. */
export interface CustomerPersonal {
  readonly name: string;
  readonly numbers: readonly string[];
  readonly tokens: readonly Buffer[];
}

export const subjectOfCustomer = (customer: string): string => `customer-${customer}`;

/** Adds a customer, or writes name, numbers and index of a known one anew. Old values of the vault go. */
export async function writeCustomer(
  tx: Tx,
  vault: Vault,
  customer: string,
  { name, numbers, tokens }: CustomerPersonal,
  by: { readonly agent: string; readonly at: number },
): Promise<void> {
  const subject = subjectOfCustomer(customer);
  const known = await tx
    .selectFrom('customers')
    .select(['name_ref', 'number_refs'])
    .where('customer', '=', customer)
    .forUpdate()
    .executeTakeFirst();
  const keys = await vault.keys(tx, [subject], by.at);
  const sealedName = vault.seal(keys, { subject, value: name }, 'customer.name', by.at);
  const sealedNumbers = numbers.map((value) => vault.seal(keys, { subject, value }, 'customer.number', by.at));
  await vault.store(tx, [sealedName, ...sealedNumbers]);
  const refs = { name_ref: sealedName.ref, number_refs: sealedNumbers.map(({ ref }) => ref), changed_at: by.at };
  if (known === undefined) {
    await tx
      .insertInto('customers')
      .values({ customer, subject, created_at: by.at, created_by: by.agent, unsafe: false, merged_into: null, ...refs })
      .execute();
  } else {
    await tx.updateTable('customers').set(refs).where('customer', '=', customer).execute();
    const old = [known.name_ref, ...known.number_refs].filter((ref) => ref !== null);
    await tx.deleteFrom('vault').where('ref', '=', sql<string>`any(${old})`).execute();
    await tx.deleteFrom('customer_index').where('customer', '=', customer).where('subject', '=', subject).execute();
  }
  const rows = tokens.map((token) => ({ token, customer, subject }));
  if (rows.length > 0)
    await tx
      .insertInto('customer_index')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

/** Customers under this hash, those merged into another one left to it; newest first. */
export async function findCustomers(db: Database, token: Buffer, limit: number): Promise<CustomerRow[]> {
  const { rows } = await sql<{ customer: string }>`
    select distinct coalesce(c.merged_into, c.customer) as customer
    from customer_index i join customers c on c.customer = i.customer
    where i.token = ${token} limit ${limit}`.execute(db);
  const ids = rows.map(({ customer }) => customer);
  return db.selectFrom('customers').selectAll().where('customer', '=', sql<string>`any(${ids})`).orderBy('changed_at', 'desc').execute();
}

/** The customer that this id stands for: itself, or the one it was merged into. */
export async function findCustomer(db: Database, customer: string): Promise<CustomerRow | undefined> {
  const row = await db.selectFrom('customers').selectAll().where('customer', '=', customer).executeTakeFirst();
  if (row === undefined || row.merged_into === null) return row;
  return db.selectFrom('customers').selectAll().where('customer', '=', row.merged_into).executeTakeFirst();
}

/** A customer and all that were merged into it. */
export async function allIdsOf(db: Database, customer: string): Promise<string[]> {
  const rows = await db.selectFrom('customers').select('customer').where('merged_into', '=', customer).execute();
  return [customer, ...rows.map((row) => row.customer)];
}

/** `from` and what was merged into it belong to `into` from now on. Nothing is copied: their keys, events and hashes stay theirs. */
export async function mergeCustomer(tx: Tx, from: string, into: string, at: number): Promise<void> {
  await tx
    .updateTable('customers')
    .set({ merged_into: into, changed_at: at })
    .where((where) => where.or([where('customer', '=', from), where('merged_into', '=', from)]))
    .execute();
  await tx.updateTable('customers').set({ changed_at: at }).where('customer', '=', into).execute();
}

export async function setUnsafe(db: Database, customer: string, unsafe: boolean, at: number): Promise<void> {
  await db.updateTable('customers').set({ unsafe, changed_at: at }).where('customer', '=', customer).execute();
}

/** Who was found to be calling. Said again for the same contact, the last word counts. */
export async function writeContact(db: Database | Tx, contact: ContactRow): Promise<void> {
  const { customer, result, agent, at } = contact;
  await db
    .insertInto('customer_contacts')
    .values(contact)
    .onConflict((conflict) => conflict.column('interaction').doUpdateSet({ customer, result, agent, at }))
    .execute();
}

/** Confirmed contacts of these customers, newest first. */
export function contactsOf(db: Database, customers: readonly string[], limit: number): Promise<ContactRow[]> {
  return db
    .selectFrom('customer_contacts')
    .selectAll()
    .where('customer', '=', sql<string>`any(${customers})`)
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
}

/** Who was found to be calling or writing in this interaction. */
export function contactOf(db: Database, interaction: string): Promise<ContactRow | undefined> {
  return db.selectFrom('customer_contacts').selectAll().where('interaction', '=', interaction).executeTakeFirst();
}

/** Newest confirmed contact of each customer. */
export async function lastContacts(db: Database, customers: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('customer_contacts')
    .select(['customer', sql<number>`max(at)`.as('at')])
    .where('customer', '=', sql<string>`any(${customers})`)
    .groupBy('customer')
    .execute();
  return new Map(rows.map(({ customer, at }) => [customer, at]));
}
