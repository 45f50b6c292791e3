import type { PhraseGuard } from '../phrases.ts';
import type { NormalText } from './normalise.ts';

const negations = ['不是', '并非', '没有说', '不会', '不能说'];
const quotations = ['您说', '他说', '她说', '你说', '所谓'];

/** A guard word counts when at most so many characters lie between it and the hit, and no clause mark. */
const reach = 3;

const openings = '“‘「『《"';
const closings = '”’」』》"';

/**
 * Why a hit does not count, or undefined: “我不是不知道” does not say 不知道, “您说不知道编号” repeats the caller. `from` and `to`
 * are positions of the normalised text.
 */
export function guardedBy(guards: readonly PhraseGuard[], text: NormalText, from: number, to: number): PhraseGuard | undefined {
  for (const guard of guards) {
    if (precededBy(guard === 'negation' ? negations : quotations, text, from)) return guard;
    if (guard === 'quotation' && insideMarks(text, from, to)) return guard;
  }
  return undefined;
}

function precededBy(words: readonly string[], text: NormalText, from: number): boolean {
  for (let end = from; end >= Math.max(0, from - reach); end--) {
    if (text.clause[end] === 1) return false;
    if (words.some((word) => end >= word.length && text.text.startsWith(word, end - word.length))) return true;
  }
  return false;
}

function insideMarks(text: NormalText, from: number, to: number): boolean {
  const start = text.from[from] ?? 0;
  const end = text.to[to - 1] ?? start;
  for (let i = start - 1; i >= 0; i--) {
    const opening = openings.indexOf(text.original.charAt(i));
    if (opening >= 0) return text.original.indexOf(closings.charAt(opening), end) >= 0;
    if (closings.includes(text.original.charAt(i))) return false;
  }
  return false;
}
