import type { PhraseGuard } from '../phrases.ts';
import type { NormalText } from './normalise.ts';

const negations = ['不是', '并非', '没有说', '没说', '不会', '不能', '不可能', '不要', '不敢', '不应该', '绝不', '难道'];
const quotations = ['您说', '他说', '她说', '你说', '他们说', '人家说', '有人说', '所谓'];
/** right behind a hit these make a question of it */
const asking = ['吗', '么'];

/** A guard word counts when at most so many characters lie between it and the hit, and no clause mark. */
const reach = 3;

const openings = '“‘「『《"';
const closings = '”’」』》"';

/**
 * Why a hit does not count, or undefined: “我不是不知道” does not say 不知道, “您说不知道编号” repeats the caller, “您知不知道” asks.
 * `from` and `to` are positions of the normalised text.
 */
export function guardedBy(guards: readonly PhraseGuard[], text: NormalText, from: number, to: number): PhraseGuard | undefined {
  return guards.find((guard) => {
    if (guard === 'question') return asks(text, from, to);
    if (precededBy(guard === 'negation' ? negations : quotations, text, from)) return true;
    return guard === 'quotation' && insideMarks(text, from, to);
  });
}

/** 知不知道, 知道不知道, 有没有空: the hit begins with its 不 or 没, and what stands before it comes again after that. */
function asks({ text, clause, length }: NormalText, from: number, to: number): boolean {
  const first = text.charAt(from);
  if ((first === '不' || first === '没') && clause[from] !== 1) {
    for (let length = 1; length < to - from && length <= from; length++) {
      if (text.startsWith(text.slice(from - length, from), from + 1)) return true;
    }
  }
  return to < length && clause[to] !== 1 && asking.some((word) => text.startsWith(word, to));
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
