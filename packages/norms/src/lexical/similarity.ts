/** Distinct two-character pieces of a normalised text, sorted: enough to compare utterances without keeping their words. */
export type Bigrams = readonly number[];

export function bigrams(text: string): Bigrams {
  const pieces = new Set<number>();
  for (let i = 0; i + 1 < text.length; i++) pieces.add(text.charCodeAt(i) * 65_536 + text.charCodeAt(i + 1));
  return [...pieces].sort((one, other) => one - other);
}

/** Dice similarity `2·common / (all)` is at least `thousandths`/1000; compared in integers. Two empty texts are not similar. */
export function similarEnough(one: Bigrams, other: Bigrams, thousandths: number): boolean {
  let common = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const a = one[i] ?? 0;
    const b = other[j] ?? 0;
    if (a === b) {
      common++;
      i++;
      j++;
    } else if (a < b) i++;
    else j++;
  }
  const all = one.length + other.length;
  return all > 0 && 2 * common * 1000 >= thousandths * all;
}
