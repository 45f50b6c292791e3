/** Distinct two-character pieces of a normalised text, sorted: enough to compare utterances without keeping their words. */
export type Bigrams = readonly number[];

export function bigrams(text: string): Bigrams {
  const pieces = new Int32Array(Math.max(0, text.length - 1));
  for (let i = 0; i < pieces.length; i++) pieces[i] = (text.charCodeAt(i) << 16) | text.charCodeAt(i + 1);
  pieces.sort();
  const distinct: number[] = [];
  for (let i = 0; i < pieces.length; i++) if (i === 0 || pieces[i] !== pieces[i - 1]) distinct.push(pieces[i] as number);
  return distinct;
}

let newest: { readonly of: string; readonly grams: Bigrams } | undefined;

/** The same for a text that several ask about one after the other. */
export function bigramsOnce(text: string): Bigrams {
  if (newest?.of !== text) newest = { of: text, grams: bigrams(text) };
  return newest.grams;
}

/** Dice similarity `2·common / (all)` is at least `thousandths`/1000; compared in integers. Two empty texts are not similar. */
export function similarEnough(one: Bigrams, other: Bigrams, thousandths: number): boolean {
  const all = one.length + other.length;
  // the shorter one bounds what is common
  if (all === 0 || 2000 * Math.min(one.length, other.length) < thousandths * all) return false;
  let common = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const a = one[i] as number;
    const b = other[j] as number;
    if (a === b) {
      common++;
      i++;
      j++;
    } else if (a < b) i++;
    else j++;
  }
  return 2000 * common >= thousandths * all;
}
