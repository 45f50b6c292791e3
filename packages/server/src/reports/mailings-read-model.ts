import type { NewReportMailing } from '@threerings/core/wire/report-mailings';
import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Schema } from '../store/schema.ts';
import type { Vault } from '../store/vault.ts';

export type MailingRow = Selectable<Schema['report_mailings']>;

/** Of all makers, at most. */
export const mostMailings = 200;

const subjectOf = (mailing: string) => `mailing-${mailing}`;

export function listMailings(db: Database): Promise<MailingRow[]> {
  return db.selectFrom('report_mailings').selectAll().orderBy('at').orderBy('mailing').limit(mostMailings).execute();
}

/** The same again adds nothing. */
export async function addMailing(
  db: Database,
  vault: Vault,
  { mailing, kind, unit, queue, by, language, to }: NewReportMailing,
  made: { readonly maker: string; readonly at: number; readonly lastDay: string },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const subject = subjectOf(mailing);
    const keys = await vault.keys(tx, [subject], made.at);
    const sealed = vault.seal(keys, { subject, value: JSON.stringify(to) }, 'mailing.addresses', made.at);
    const row = { mailing, kind, language, grouping: by, to_ref: sealed.ref, maker: made.maker, at: made.at };
    const added = await tx
      .insertInto('report_mailings')
      .values({ ...row, unit: unit ?? null, queue: queue ?? null, last_day: made.lastDay })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 1n) await vault.store(tx, [sealed]);
  });
}

/** Takes the mailing and its addresses away. */
export async function removeMailing(db: Database, vault: Vault, mailing: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('report_mailings').where('mailing', '=', mailing).execute();
    await vault.erase(tx, subjectOf(mailing));
  });
}

export async function noteMailed(db: Database, mailing: string, day: string, fault: string | null): Promise<void> {
  await db.updateTable('report_mailings').set({ last_day: day, last_fault: fault }).where('mailing', '=', mailing).execute();
}

/** Addresses by mailing. */
export async function addressesOf(
  db: Database,
  vault: Vault,
  rows: readonly MailingRow[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const values = await vault.read(
    db,
    rows.map(({ to_ref }) => to_ref),
  );
  return new Map(rows.map(({ mailing, to_ref }) => [mailing, JSON.parse(values.get(to_ref) ?? '[]') as string[]]));
}
