import { canonical } from './canonical.ts';
import type { TimelineEvent } from './event.ts';

/** Hex SHA-256 over the UTF-8 bytes of a text. Injected: hashing needs a platform, and this package has none. */
export type Sha256 = (text: string) => string;

/** `hash(0)` of a stream: SHA-256 over its name. */
export function streamStart(stream: string, sha256: Sha256): string {
  return sha256(stream);
}

export type Unsealed = Omit<TimelineEvent, 'hash' | 'text'>;

/**
 * `hash(n) = SHA-256(hash(n−1) ‖ canonical(event n))`: the previous hash in hex followed by the canonical JSON of the event
 * without its hash. The text of speech is no part of it: events hold a reference, and the text can be erased.
 */
export function chainHash(previous: string, event: Unsealed, sha256: Sha256): string {
  const { id, type, v, stream, n, interaction, source, by, occurredAt, recordedAt, seq, late, clock, fields } = event;
  const sealed = { id, type, v, stream, n, interaction, case: event.case, source, by, occurredAt, recordedAt, seq, late, clock, fields };
  return sha256(previous + canonical(sealed));
}

/** What is wrong with a stream: where it first goes wrong, and how that looks. */
export interface Damage {
  readonly stream: string;
  /** position of the first event that does not stand as it was recorded */
  readonly n: number;
  readonly kind: 'edited' | 'missing' | 'foreign' | 'cut' | 'rewritten';
  readonly expected: string;
  readonly found: string;
}

export interface Head {
  readonly stream: string;
  readonly n: number;
  readonly hash: string;
}

export type StreamCheck = { readonly sound: true; readonly head: Head } | { readonly sound: false; readonly damage: Damage };

/**
 * Recomputes the chain of one stream from its events in order of position. It shows an edit and a deletion in the middle;
 * a tail that was cut off shows only against a seal (`verifyAgainstSeal`).
 */
export function verifyStream(stream: string, events: Iterable<TimelineEvent>, sha256: Sha256): StreamCheck {
  let head: Head = { stream, n: 0, hash: streamStart(stream, sha256) };
  for (const event of events) {
    const damage = linkDamage(head, event, sha256);
    if (damage !== undefined) return { sound: false, damage };
    head = { stream, n: event.n, hash: event.hash };
  }
  return { sound: true, head };
}

/** Undefined when `event` is the one that must follow `head`. */
export function linkDamage(head: Head, event: TimelineEvent, sha256: Sha256): Damage | undefined {
  const n = head.n + 1;
  const at = { stream: head.stream, n };
  if (event.stream !== head.stream)
    return { ...at, kind: 'foreign', expected: `an event of ${head.stream}`, found: `one of ${event.stream}` };
  if (event.n !== n) return { ...at, kind: 'missing', expected: `position ${n}`, found: `position ${event.n}` };
  const hash = chainHash(head.hash, event, sha256);
  return hash === event.hash ? undefined : { ...at, kind: 'edited', expected: event.hash, found: hash };
}
