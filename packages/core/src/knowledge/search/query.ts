import { longestQuery } from './article.ts';
import { classOf, foldText, stemmed, unitClass } from './fold.ts';
import { readPinyin, type TypedSyllable } from './syllables.ts';
import { endOfWord } from './units.ts';

/** One character of what is sought: written, or typed as it sounds. `gap`: what stands before and after are no neighbours. */
export type Place =
  | { readonly kind: 'unit'; readonly code: number; readonly weak: boolean }
  | { readonly kind: 'sound'; readonly typed: TypedSyllable }
  | { readonly kind: 'gap' };

export interface ReadQuery {
  readonly places: readonly Place[];
  readonly words: readonly { readonly word: string; readonly last: boolean }[];
  /** runs of letters that were read as pinyin */
  readonly runs: readonly { readonly word: string; readonly parts: readonly TypedSyllable[] }[];
}

/** What callers and agents say around their question; it counts less than the question. */
const around = [
  ...[
    '请问',
    '你好',
    '您好',
    '我想',
    '想问',
    '问下',
    '请教',
    '了解',
    '咨询',
    '一下',
    '怎么',
    '怎样',
    '如何',
    '什么',
    '哪些',
    '哪里',
    '哪个',
    '是否',
  ],
  ...[
    '可以',
    '能不能',
    '能否',
    '需要',
    '有没有',
    '为什么',
    '谢谢',
    '告诉',
    '知道',
    '吗',
    '呢',
    '啊',
    '吧',
    '呀',
    '的',
    '了',
    '我',
    '是',
    '在',
    '有',
  ],
].map((phrase) => foldText(phrase));

/** Reads what was typed. Places after a hundred are left out. */
export function readQuery(text: string): ReadQuery {
  const folded = foldText(text.slice(0, longestQuery));
  const weak = weakPlaces(folded);
  const places: Place[] = [];
  const words: { word: string; last: boolean }[] = [];
  const runs: { word: string; parts: readonly TypedSyllable[] }[] = [];
  for (let at = 0; at < folded.length; ) {
    const code = folded.charCodeAt(at);
    const kind = classOf(code);
    if (kind !== unitClass.letter) {
      places.push(kind === unitClass.ideograph ? { kind: 'unit', code, weak: weak[at] === 1 } : { kind: 'gap' });
      at += 1;
      continue;
    }
    const end = endOfWord(folded, at);
    const run = folded.slice(at, end);
    words.push({ word: stemmed(run), last: end === folded.length });
    const parts = readPinyin(run);
    if (parts === undefined) places.push({ kind: 'gap' });
    else {
      runs.push({ word: stemmed(run), parts });
      for (const typed of parts) places.push({ kind: 'sound', typed });
    }
    at = end;
  }
  return { places: places.slice(0, mostPlaces), words, runs };
}

export const mostPlaces = 116;

/** By place: 1 where the character belongs to a phrase around the question. None, if nothing else would remain. */
function weakPlaces(folded: string): Uint8Array {
  const weak = new Uint8Array(folded.length);
  for (const phrase of around) {
    for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + 1)) weak.fill(1, at, at + phrase.length);
  }
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (weak[at] === 0 && classOf(code) !== unitClass.separator) return weak;
  }
  return new Uint8Array(folded.length);
}
