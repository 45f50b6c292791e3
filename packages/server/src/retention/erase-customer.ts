import type { ErasureView, LegalHold } from '@threerings/core/wire/retention';
import { allIdsOf, contactsOf, subjectOfCustomer } from '../store/customer-rows.ts';
import { eraseSubject } from '../store/erasure.ts';
import type { EventStore } from '../store/event-store.ts';
import type { Vault } from '../store/vault.ts';
import { eraseCalls } from './delete-recordings.ts';
import { extentOf } from './erasures-read-model.ts';
import type { RetentionParts } from './retention-keeper.ts';
import { holdOn } from './retention-read-model.ts';

export interface ErasureParts extends RetentionParts {
  readonly vault: Vault;
  readonly events: EventStore;
}

const mostCalls = 10_000;

async function concernedBy({ db }: ErasureParts, customer: string) {
  const ids = await allIdsOf(db, customer);
  const contacts = await contactsOf(db, ids, mostCalls);
  const calls = contacts.map(({ interaction }) => interaction);
  return { ids, calls, held: await holdOn(db, ids, calls) };
}

/** What erasing this customer would concern, and a hold that forbids it. */
export async function erasureExtent(parts: ErasureParts, customer: string): Promise<Pick<ErasureView, 'extent' | 'held'>> {
  const { calls, held } = await concernedBy(parts, customer);
  const extent = await extentOf(parts.db, calls);
  return { extent, ...(held === undefined ? {} : { held: { hold: held.hold, reason: held.reason } }) };
}

/**
 * Sound, words and keys of a customer, of all files that were merged into this one. What a hold covers is left untouched as a whole.
 * Done again after it was broken off, it goes on where it stopped.
 */
export async function eraseCustomer(
  parts: ErasureParts,
  customer: string,
  basis: string,
  at: number,
): Promise<{ readonly held: LegalHold } | NonNullable<ErasureView['result']>> {
  const { ids, calls, held } = await concernedBy(parts, customer);
  if (held !== undefined) return { held };
  const gone = await eraseCalls(parts.db, parts.data, calls, at);
  // What was said and written down in the calls stands under the call's own key.
  const subjects = [...ids.map(subjectOfCustomer), ...calls.map((interaction) => `customer-${interaction}`)];
  for (const subject of subjects) await eraseSubject(parts.events, parts.vault, { subject, basis, by: 'system', at });
  return { subjects: subjects.length, ...gone };
}
