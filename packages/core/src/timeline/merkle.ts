import type { Sha256 } from './chain.ts';

/**
 * Root of the Merkle tree over `leaves`, hex. Leaves and nodes are hashed with different prefixes, so that a node can
 * never be passed off as a leaf (as in RFC 6962, 2.1); a last node without a partner goes up as it is. No leaves: the
 * hash of the empty text.
 */
export function merkleRoot(leaves: readonly string[], sha256: Sha256): string {
  if (leaves.length === 0) return sha256('');
  let level = leaves.map((leaf) => sha256(`leaf:${leaf}`));
  while (level.length > 1) {
    const above: string[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = level.slice(at, at + 2);
      if (left !== undefined) above.push(right === undefined ? left : sha256(`node:${left}${right}`));
    }
    level = above;
  }
  return level[0] ?? '';
}
