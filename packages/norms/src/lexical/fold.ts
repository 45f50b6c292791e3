import { simplified } from './traditional.ts';

/** Longest text that is read, UTF-16 units; what lies beyond is ignored (an utterance is cut at 8 s, a message at 2 000 characters). */
export const longestText = 4000;

/** 幺 and 两 are spoken forms of 1 and 2; a lone 一 becomes 1 on both sides of a comparison, so nothing is lost. */
const digits: ReadonlyMap<string, string> = new Map(
  [...'零0〇0一1幺1二2两2三3四4五5六6七7八8九9'.matchAll(/(.)(\d)/gu)].map((m) => [m[1] ?? '', m[2] ?? '']),
);

const word = /[\p{L}\p{N}]/u;
const clauseMark = /[，。！？；：、,.!?;:…\n]/u;

const fillers = ['就是说', '那个', '嗯', '呃'].map((filler) => Uint16Array.from([...filler], (character) => character.charCodeAt(0)));

/** 也就是说 (“that is to say”) is a phrase: its last three characters are no filler, unless a clause mark stands before them. */
const saying = fillers[0];
const also = '也'.charCodeAt(0);

const [end0 = 0, end1 = 0, end2 = 0, end3 = 0] = fillers.map((filler) => filler[filler.length - 1]);

/** What a UTF-16 unit becomes; a number below 4 is one of these (0: not looked at yet), none of which is a word character. */
const dropped = 1;
const clauseEnd = 2;
const several = 3;

/** Filled as characters are met: the properties of Unicode are slow to ask for, and a language uses few characters. */
const folded = new Uint16Array(65_536);

function foldedOnce(character: string): string {
  const code = character.charCodeAt(0);
  const plain = code < 0x80 || (code >= 0x4e00 && code <= 0x9fff && character.length === 1);
  return plain ? character.toLowerCase() : character.normalize('NFKC').toLowerCase();
}

/** One character of folded text as it is kept, or `''` when it is no word character. */
function keptOf(piece: string): string {
  const simple = simplified(piece);
  const kept = digits.get(simple) ?? simple;
  return word.test(kept) ? kept : '';
}

function learn(code: number): number {
  const character = String.fromCharCode(code);
  const pieces = foldedOnce(character);
  const kept = keptOf(pieces);
  let becomes = several;
  if (code < 0xd800 || code > 0xdfff) {
    if (pieces.length === 1 && kept.length === 1) becomes = kept.charCodeAt(0);
    else if (pieces.length === 1 && kept === '') becomes = clauseMark.test(character) ? clauseEnd : dropped;
  }
  folded[code] = becomes;
  return becomes;
}

/**
 * Room for one folded text, used again for the next one: reading a text allocates nothing. Positions beyond `length` hold what was
 * there before.
 */
export class FoldedText {
  units: Uint16Array = new Uint16Array(longestText);
  /** `[from[i], to[i])` in the original is what unit i came from */
  from: Uint16Array = new Uint16Array(longestText);
  to: Uint16Array = new Uint16Array(longestText);
  /** 1: a clause mark (comma, full stop …) stood right before unit i */
  clause: Uint8Array = new Uint8Array(longestText);
  length = 0;
  /** a clause mark stands between the last unit and whatever comes next */
  #pending = 0;
  #leavesOut = true;
  #found = false;

  /** Folds a text, fillers left out; a text of fillers alone keeps them (“嗯” is then an answer). */
  fold(original: string): void {
    this.#leavesOut = true;
    this.#found = false;
    this.#take(original);
    if (this.length > 0 || !this.#found) return;
    this.#leavesOut = false;
    this.#take(original);
  }

  /** The folded characters as a string. */
  text(): string {
    let text = '';
    for (let at = 0; at < this.length; at += 512) {
      text += String.fromCharCode.apply(null, this.units.subarray(at, Math.min(this.length, at + 512)) as unknown as number[]);
    }
    return text;
  }

  #take(original: string): void {
    const end = Math.min(original.length, longestText);
    this.length = 0;
    this.#pending = 0;
    for (let at = 0; at < end; at++) {
      const code = original.charCodeAt(at);
      const unit = folded[code] || learn(code);
      if (unit > several) this.#add(unit, at, at + 1);
      else if (unit === clauseEnd) this.#pending = 1;
      else if (unit === several) at += this.#takeSeveral(original.slice(at, end), at) - 1;
    }
  }

  /** One character that becomes several, or is written with two units; returns its length in the original. */
  #takeSeveral(rest: string, at: number): number {
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    for (const piece of foldedOnce(character)) {
      const kept = keptOf(piece);
      if (kept === '' && clauseMark.test(character)) this.#pending = 1;
      // a character outside the basic plane keeps its two units, so that indices stay those of the string
      for (let i = 0; i < kept.length; i++) this.#add(kept.charCodeAt(i), at, at + character.length);
    }
    return character.length;
  }

  #add(unit: number, from: number, to: number): void {
    const n = this.length;
    if (n === this.units.length) this.#grow();
    this.units[n] = unit;
    this.from[n] = from;
    this.to[n] = to;
    this.clause[n] = this.#pending;
    this.#pending = 0;
    this.length = n + 1;
    if (this.#leavesOut && (unit === end0 || unit === end1 || unit === end2 || unit === end3)) this.#dropFiller();
  }

  #grow(): void {
    const doubled = <T extends Uint16Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old);
      return fresh;
    };
    const size = this.units.length * 2;
    this.units = doubled(this.units, new Uint16Array(size));
    this.from = doubled(this.from, new Uint16Array(size));
    this.to = doubled(this.to, new Uint16Array(size));
    this.clause = doubled(this.clause, new Uint8Array(size));
  }

  /** Takes back a filler that has just been completed. What remains holds no filler, so folding it again changes nothing. */
  #dropFiller(): void {
    for (const filler of fillers) {
      const start = this.length - filler.length;
      if (start < 0 || !filler.every((unit, i) => this.units[start + i] === unit)) continue;
      if (filler === saying && this.units[start - 1] === also && this.clause[start] === 0) return;
      for (let i = start; i < this.length; i++) this.#pending |= this.clause[i] ?? 0;
      this.length = start;
      this.#found = true;
      return;
    }
  }
}
