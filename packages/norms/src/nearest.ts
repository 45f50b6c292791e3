/** Number of characters to insert, delete or replace to make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const LONGEST_WORD = 40;

/**
 * The word of `pool` nearest to `word`, unless more than half of it would have to change. The first of equals wins.
 * Words longer than 40 characters have no neighbour: the cost stays bounded whatever the text.
 */
export function nearest(word: string, pool: Iterable<string>): string | undefined {
  if (word.length > LONGEST_WORD) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of pool) {
    if (candidate.length > LONGEST_WORD) continue;
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 2));
    if (Math.abs(candidate.length - word.length) > Math.min(allowed, least)) continue;
    const distance = editDistance(word, candidate);
    if (distance <= allowed && distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}
