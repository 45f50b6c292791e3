import { z } from 'zod';
import { canonical } from './canonical.ts';
import { type Damage, type Head, linkDamage, type Sha256, streamStart } from './chain.ts';
import type { TimelineEvent } from './event.ts';
import { merkleRoot } from './merkle.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex');

/** A seal as it is exported: kept outside, it shows every later change of what it covers. */
export const seal = z.object({
  format: z.literal('threerings-seal-1'),
  /** ms UTC */
  sealedAt: z.number().int(),
  /** heads of the streams that this seal covers, by name of the stream */
  heads: z.array(z.object({ stream: z.string().min(1).max(300), n: z.number().int().min(1), hash })).max(1_000_000),
  /** Merkle root over the heads and the root of the seal before */
  root: hash,
  before: hash.optional(),
});
export type Seal = z.infer<typeof seal>;

/** Seals heads. `before` is the root of the previous seal, which chains the seals. */
export function sealHeads(heads: readonly Head[], sealedAt: number, sha256: Sha256, before?: string): Seal {
  const ordered = [...heads].sort((one, other) => (one.stream < other.stream ? -1 : 1));
  const root = rootOf(ordered, sealedAt, sha256, before);
  return { format: 'threerings-seal-1', sealedAt, heads: ordered, root, ...(before === undefined ? {} : { before }) };
}

/** False when the seal itself was altered: its root is not that of its heads. */
export function sealIsWhole(given: Seal, sha256: Sha256): boolean {
  return rootOf(given.heads, given.sealedAt, sha256, given.before) === given.root;
}

function rootOf(heads: readonly Head[], sealedAt: number, sha256: Sha256, before: string | undefined): string {
  return merkleRoot(
    [canonical({ sealedAt, before }), ...heads.map(({ stream, n, hash: head }) => canonical({ stream, n, hash: head }))],
    sha256,
  );
}

/**
 * Holds one stream against what a seal says of it. Finds an edit and a missing event (where), a tail that was cut off
 * (`cut`), and a history that was rewritten with new hashes (`rewritten`: at or before the sealed position).
 * Undefined = every event up to the sealed position stands as it was sealed, and what follows continues the chain.
 */
export function verifyAgainstSeal(sealed: Head, events: Iterable<TimelineEvent>, sha256: Sha256): Damage | undefined {
  const { stream } = sealed;
  let head: Head = { stream, n: 0, hash: streamStart(stream, sha256) };
  for (const event of events) {
    const damage = linkDamage(head, event, sha256);
    if (damage !== undefined) return damage;
    head = { stream, n: event.n, hash: event.hash };
    if (event.n === sealed.n && event.hash !== sealed.hash) {
      return { stream, n: event.n, kind: 'rewritten', expected: sealed.hash, found: event.hash };
    }
  }
  if (head.n >= sealed.n) return undefined;
  return { stream, n: head.n + 1, kind: 'cut', expected: `${sealed.n} events`, found: `${head.n} events` };
}
