import { simplified } from './traditional.ts';

/**
 * Text as phrases are compared: compatibility forms folded (full width, circled), lower case, traditional to simplified,
 * spoken digits written as digits, punctuation, symbols, spaces and fillers left out. Every character knows where it stood.
 */
export interface NormalText {
  readonly text: string;
  readonly original: string;
  /** `[from[i], to[i])` in the original is what character i of `text` came from */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** a clause mark (comma, full stop …) stood right before character i */
  readonly clause: readonly boolean[];
}

/** Longest text that is read, UTF-16 units; what lies beyond is ignored (an utterance is cut at 8 s, a message at 2 000 characters). */
export const longestText = 4000;

/** 幺 and 两 are spoken forms of 1 and 2; a lone 一 becomes 1 on both sides of a comparison, so nothing is lost. */
const digits: ReadonlyMap<string, string> = new Map(
  [...'零0〇0一1幺1二2两2三3四4五5六6七7八8九9'.matchAll(/(.)(\d)/gu)].map((m) => [m[1] ?? '', m[2] ?? '']),
);

const fillers: readonly string[] = ['就是说', '那个', '嗯', '呃'];
const word = /[\p{L}\p{N}]/u;
const clauseMark = /[，。！？；：、,.!?;:…\n]/u;

function foldedOnce(character: string): string {
  const code = character.charCodeAt(0);
  const plain = code < 0x80 || (code >= 0x4e00 && code <= 0x9fff && character.length === 1);
  return plain ? character.toLowerCase() : character.normalize('NFKC').toLowerCase();
}

interface Draft {
  text: string[];
  from: number[];
  to: number[];
  clause: boolean[];
}

function fold(original: string): Draft {
  const draft: Draft = { text: [], from: [], to: [], clause: [] };
  let at = 0;
  let clause = false;
  for (const character of original) {
    for (const piece of foldedOnce(character)) {
      const simple = simplified(piece);
      const kept = digits.get(simple) ?? simple;
      if (!word.test(kept)) {
        clause ||= clauseMark.test(character);
        continue;
      }
      // a character outside the basic plane keeps its two units, so that indices stay those of the string
      for (let unit = 0; unit < kept.length; unit++) {
        draft.text.push(kept.charAt(unit));
        draft.from.push(at);
        draft.to.push(at + character.length);
        draft.clause.push(clause);
        clause = false;
      }
    }
    at += character.length;
  }
  return draft;
}

/** Positions that belong to fillers; none when the text consists of fillers alone (“嗯” is then an answer). */
function fillerPositions(text: string): ReadonlySet<number> {
  const positions = new Set<number>();
  for (const filler of fillers) {
    for (let at = text.indexOf(filler); at >= 0; at = text.indexOf(filler, at + filler.length)) {
      for (let i = 0; i < filler.length; i++) positions.add(at + i);
    }
  }
  return positions.size === text.length ? new Set() : positions;
}

export function normalise(original: string): NormalText {
  const draft = fold(original.length > longestText ? original.slice(0, longestText) : original);
  const text = draft.text.join('');
  const dropped = fillerPositions(text);
  if (dropped.size === 0) return { text, original, from: draft.from, to: draft.to, clause: draft.clause };
  const kept: Draft = { text: [], from: [], to: [], clause: [] };
  let clause = false;
  for (let i = 0; i < text.length; i++) {
    clause ||= draft.clause[i] === true;
    if (dropped.has(i)) continue;
    kept.text.push(text.charAt(i));
    kept.from.push(draft.from[i] ?? 0);
    kept.to.push(draft.to[i] ?? 0);
    kept.clause.push(clause);
    clause = false;
  }
  return { text: kept.text.join(''), original, from: kept.from, to: kept.to, clause: kept.clause };
}

/** The normalised characters alone, where the way back is not needed. */
export function normalised(text: string): string {
  return normalise(text).text;
}

/** `[from, to)` of the normalised text, in the original. */
export function originalSpan(text: NormalText, from: number, to: number): readonly [number, number] {
  const start = text.from[from] ?? 0;
  return [start, to > from ? (text.to[to - 1] ?? start) : start];
}
