import { simplified } from '@threerings/norms/lexical/traditional';

/** What a UTF-16 unit of folded text is to the search. */
export const unitClass = { separator: 0, ideograph: 1, letter: 2 } as const;

/** Scripts without blanks between words: every character is a term of its own, and so is every neighbouring pair. */
const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const letter = /[\p{L}\p{N}\p{M}]/u;

/** By unit: 0 not looked at yet, 1 several units or a surrogate, else the folded unit. Unicode is slow to ask. */
const known = new Uint16Array(65_536);
const several = 1;
const classes = new Uint8Array(65_536);

function foldedOf(character: string): string {
  return [...character.normalize('NFKC').toLowerCase()]
    .map((piece) => simplified(piece))
    .map((piece) => (ideograph.test(piece) || letter.test(piece) ? piece : ' '))
    .join('');
}

function classOfPiece(piece: string): number {
  if (ideograph.test(piece)) return unitClass.ideograph;
  return letter.test(piece) ? unitClass.letter : unitClass.separator;
}

function learn(code: number): number {
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  const folded = surrogate ? '' : foldedOf(String.fromCharCode(code));
  const becomes = folded.length === 1 ? folded.charCodeAt(0) : several;
  if (becomes !== several) classes[becomes] = classOfPiece(folded);
  known[code] = becomes;
  return becomes;
}

/** Class of a unit of folded text (`unitClass`). Halves of rare ideographs count as ideographs. */
export function classOf(code: number): number {
  return code >= 0xd800 && code <= 0xdfff ? unitClass.ideograph : (classes[code] as number);
}

/**
 * Text as the search reads it: compatibility forms folded, lower case, traditional to simplified, runs of anything else than
 * letters, digits and ideographs as one blank. Folding it again changes nothing.
 */
export function foldText(text: string): string {
  const kept: string[] = [];
  let run = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const becomes = known[code] || learn(code);
    if (becomes !== several) {
      run += String.fromCharCode(becomes);
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      run += foldSeveral(character);
      at += character.length - 1;
    }
    if (run.length > 4096) {
      kept.push(run);
      run = '';
    }
  }
  return [...kept, run].join('').replaceAll(/ {2,}/g, ' ').trim();
}

function foldSeveral(character: string): string {
  const folded = foldedOf(character);
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) classes[code] = classOfPiece(folded.charAt(i));
  }
  return folded;
}

/** Plural and singular of English words are one term (Harman's S-stemmer: -ies, -es, -s). */
export function stemmed(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || /[^a-z]/.test(word)) return word;
  if (word.endsWith('ies') && !/[ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (word.endsWith('es') && !/[aeo]es$/.test(word)) return word.slice(0, -1);
  return /(?:us|ss)$/.test(word) ? word : word.slice(0, -1);
}
