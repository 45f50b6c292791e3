import type { TermTable } from './term-table.ts';

const mostBeginnings = 24;
const mostMisspelt = 8;

/** Words that begin with these letters, the word itself left out. */
export function wordsBeginning(terms: TermTable, letters: string): readonly string[] {
  const words = terms.sortedWords();
  let low = 0;
  for (let high = words.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((words[middle] as string) < letters) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (; low < words.length && found.length < mostBeginnings && words[low]?.startsWith(letters); low++)
    if (words[low] !== letters) found.push(words[low] as string);
  return found;
}

/** Words that somebody who types this may have meant: one slip, two in eight letters or more. */
export function wordsLike(terms: TermTable, typed: string): readonly string[] {
  if (typed.length < 4 || /\d/.test(typed)) return [];
  const most = typed.length >= 8 ? 2 : 1;
  const found: { readonly word: string; readonly slips: number }[] = [];
  for (const word of terms.words.keys()) {
    if (Math.abs(word.length - typed.length) > most) continue;
    const slips = slipsBetween(typed, word, most);
    if (slips <= most) found.push({ word, slips });
  }
  return found
    .sort((a, b) => a.slips - b.slips)
    .slice(0, mostMisspelt)
    .map(({ word }) => word);
}

let previous = new Uint8Array(64);
let current = new Uint8Array(64);
let beforePrevious = new Uint8Array(64);

/** Letters left out, put in, exchanged, or swapped with a neighbour (optimal string alignment); `most + 1` when there are more. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (b.length + 1 > previous.length) {
    previous = new Uint8Array(b.length * 2);
    current = new Uint8Array(b.length * 2);
    beforePrevious = new Uint8Array(b.length * 2);
  }
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let slips = Math.min((previous[j] as number) + 1, (current[j - 1] as number) + 1, (previous[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        slips = Math.min(slips, (beforePrevious[j - 2] as number) + 1);
      current[j] = slips;
      least = Math.min(least, slips);
    }
    if (least > most) return most + 1;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return previous[b.length] as number;
}
