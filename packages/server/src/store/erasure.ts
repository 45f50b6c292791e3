import type { EventStore } from './event-store.ts';
import type { AppendRefusal } from './stream-refusals.ts';
import type { Vault } from './vault.ts';

/** The stream in which erasures stand; it is chained and sealed like all others. */
export const auditStream = 'audit';

export interface Erasure {
  /** `customer-<id>` or `staff-<id>` */
  readonly subject: string;
  /** the law or the request it rests on; not personal, at most 200 characters */
  readonly basis: string;
  /** role of who ordered it */
  readonly by: string;
  readonly at: number;
}

/**
 * Erases a person: destroys the key and the values, and says so in the audit stream, in one transaction. No event is
 * rewritten and every hash still holds; reading an erased value finds nothing. Recordings are files and not part of this:
 * `retention/delete-recordings.ts` takes them by interaction. Returns the number of values that went.
 */
export async function eraseSubject(store: EventStore, vault: Vault, erasure: Erasure): Promise<number | AppendRefusal> {
  const { subject, basis, by, at } = erasure;
  let gone = 0;
  const answer = await store.append({
    stream: auditStream,
    events: [{ type: 'subject.erased', by, occurredAt: at, fields: { subject, basis } }],
    within: async (tx) => {
      gone = await vault.erase(tx, subject);
    },
  });
  return 'facts' in answer ? answer : gone;
}
