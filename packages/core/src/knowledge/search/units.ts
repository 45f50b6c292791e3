import { classOf, stemmed, unitClass } from './fold.ts';
import { syllables } from './syllables.ts';

/** What a field of folded text consists of, told one after the other. */
export interface FieldReader {
  unit(code: number): void;
  pair(first: number, second: number): void;
  word(word: string): void;
}

/** Words beyond this are cut: nobody types them. */
const longestWord = 40;

/** Tells every ideograph, every pair of neighbours and every word; returns the length in terms (a unit or a word counts one). */
export function readField(folded: string, reader: FieldReader): number {
  let length = 0;
  let before = 0;
  for (let at = 0; at < folded.length; ) {
    const code = folded.charCodeAt(at);
    const kind = classOf(code);
    if (kind === unitClass.letter) {
      const end = endOfWord(folded, at);
      reader.word(stemmed(folded.slice(at, Math.min(end, at + longestWord))));
      length += 1;
      before = 0;
      at = end;
      continue;
    }
    if (kind === unitClass.ideograph) {
      reader.unit(code);
      if (before !== 0) reader.pair(before, code);
      length += 1;
    }
    before = kind === unitClass.ideograph ? code : 0;
    at += 1;
  }
  return length;
}

export function endOfWord(folded: string, from: number): number {
  let end = from;
  while (end < folded.length && classOf(folded.charCodeAt(end)) === unitClass.letter) end += 1;
  return end;
}

export const unitKey = (code: number): number => (code << 16) >>> 0;
export const pairKey = (first: number, second: number): number => ((first << 16) | second) >>> 0;

/** No text has this unit: terms of initials stand under it. */
const initialsMark = 1;
const letterOf = (character: string): number => character.charCodeAt(0) - 96;

/** The key of two or three initials (a–z). */
export function initialsKey(letters: string): number {
  const [a = 'a', b = 'a', c] = letters;
  return pairKey(initialsMark, (letterOf(a) << 10) | (letterOf(b) << 5) | (c === undefined ? 0 : letterOf(c)));
}

/** Readings of a title are multiplied only so far. */
const mostReadings = 2;

/**
 * Tells every two and three neighbouring initials of a title: 社保卡 → sb, sbk, bk. Latin letters stand for themselves. A character
 * with two readings has two initials (银行: yh and yx).
 */
export function readInitials(folded: string, found: (letters: string) => void): void {
  const places: (readonly string[])[] = [];
  for (let at = 0; at < folded.length; at++) places.push(initialsOf(folded.charCodeAt(at)));
  for (let at = 0; at + 1 < places.length; at++) {
    for (const a of places[at] ?? []) {
      for (const b of places[at + 1] ?? []) {
        found(a + b);
        for (const c of places[at + 2] ?? []) found(a + b + c);
      }
    }
  }
}

function initialsOf(code: number): readonly string[] {
  if (code >= 97 && code <= 122) return [String.fromCharCode(code)];
  const { readings, names } = syllables();
  const found = (readings.get(code) ?? []).map((id) => names[id]?.charAt(0) ?? '');
  return [...new Set(found)].slice(0, mostReadings);
}
