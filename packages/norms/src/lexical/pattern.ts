import { normalised } from './normalise.ts';
import { PatternStates } from './pattern-states.ts';

/**
 * Patterns of norm text (`正则 “…”`): a regular subset that is compiled to a small automaton of our own and runs in time
 * linear in the text. It is matched against the normalised text, so punctuation and spaces in a pattern mean nothing.
 *
 *     pattern  = branch { "|" branch }          branch = { item }
 *     item     = atom [ "?" | "*" | "+" | "{m}" | "{m,n}" ]        m, n ≤ 40
 *     atom     = character | "." | "[" ["^"] { character | a-z } "]" | "(" pattern ")" | "^" | "$"
 *              | "(?!" words { "|" words } ")"                     not followed by these words
 *
 * There are no back references and no look-behind.
 */
export interface CompiledPattern {
  readonly steps: readonly Step[];
  /** a bit for each UTF-16 unit with which a match can begin; most texts have none of them, or not where it matters. Absent: any */
  readonly begins?: Uint8Array | undefined;
  /** a match begins with the text or nowhere */
  readonly anchored: boolean;
  /** the same as a table, for patterns that do not look ahead */
  readonly states?: PatternStates | undefined;
}

export type Step =
  | { readonly kind: 'char'; readonly accepts: CharacterSet }
  | { readonly kind: 'split'; readonly one: number; readonly other: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'notAhead'; readonly words: readonly string[] }
  | { readonly kind: 'done' };

interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

type Node =
  | { readonly kind: 'set'; readonly accepts: CharacterSet }
  | { readonly kind: 'chain'; readonly items: readonly Node[] }
  | { readonly kind: 'either'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly least: number; readonly most: number | undefined }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'notAhead'; readonly words: readonly string[] };

export type PatternResult =
  | { readonly ok: true; readonly pattern: CompiledPattern }
  | { readonly ok: false; readonly at: number; readonly expected: string };

const mostRepeats = 40;
/** A pattern that unrolls to more steps is refused. */
const mostSteps = 2000;

class Refusal {
  readonly at: number;
  readonly expected: string;
  constructor(at: number, expected: string) {
    this.at = at;
    this.expected = expected;
  }
}

/** Compiles a pattern, or says where it leaves the subset and what was expected there. */
export function compilePattern(source: string): PatternResult {
  const reader = { characters: [...source], at: 0 };
  const tree = eitherOf(reader);
  if (tree instanceof Refusal) return { ok: false, at: tree.at, expected: tree.expected };
  if (reader.at < reader.characters.length) return { ok: false, at: reader.at, expected: 'the end of the pattern' };
  const steps: Step[] = [];
  emit(tree, steps);
  if (steps.length >= mostSteps) return { ok: false, at: 0, expected: `a pattern of less than ${mostSteps} steps` };
  steps.push({ kind: 'done' });
  return { ok: true, pattern: withStates({ steps, ...beginningOf(steps) }) };
}

function withStates(pattern: CompiledPattern): CompiledPattern {
  const { steps, anchored } = pattern;
  if (steps.some(({ kind }) => kind === 'notAhead')) return pattern;
  const takes = (step: number, code: number) => {
    const instruction = steps[step];
    return instruction?.kind === 'char' && accepts(instruction.accepts, code);
  };
  return { ...pattern, states: new PatternStates(steps, anchored, takes) };
}

interface Reader {
  readonly characters: readonly string[];
  at: number;
}

function eitherOf(reader: Reader): Node | Refusal {
  const branches: Node[] = [];
  for (;;) {
    const branch = chainOf(reader);
    if (branch instanceof Refusal) return branch;
    branches.push(branch);
    if (reader.characters[reader.at] !== '|') break;
    reader.at++;
  }
  return branches.length === 1 && branches[0] !== undefined ? branches[0] : { kind: 'either', items: branches };
}

function chainOf(reader: Reader): Node | Refusal {
  const items: Node[] = [];
  for (;;) {
    const character = reader.characters[reader.at];
    if (character === undefined || character === '|' || character === ')') return { kind: 'chain', items };
    const atom = atomOf(reader);
    if (atom instanceof Refusal) return atom;
    const repeated = repeatOf(reader, atom);
    if (repeated instanceof Refusal) return repeated;
    items.push(repeated);
  }
}

function atomOf(reader: Reader): Node | Refusal {
  const start = reader.at;
  const character = reader.characters[reader.at++] ?? '';
  switch (character) {
    case '(':
      return groupOf(reader, start);
    case '[':
      return classOf(reader, start);
    case '.':
      return { kind: 'set', accepts: { negated: true, ranges: [] } };
    case '^':
      return { kind: 'edge', at: 'start' };
    case '$':
      return { kind: 'edge', at: 'end' };
    case '\\':
      return new Refusal(start, 'no backslash: there are no escapes in this subset');
    case '?':
    case '*':
    case '+':
    case '{':
      return new Refusal(start, 'something to repeat');
    default:
      return { kind: 'chain', items: [...normalised(character)].map(single) };
  }
}

function single(character: string): Node {
  const code = character.codePointAt(0) ?? 0;
  return { kind: 'set', accepts: { negated: false, ranges: [[code, code]] } };
}

function groupOf(reader: Reader, start: number): Node | Refusal {
  const ahead = reader.characters[reader.at] === '?';
  if (ahead) {
    if (reader.characters[reader.at + 1] !== '!') return new Refusal(start, '(?! or a plain group');
    const close = reader.characters.indexOf(')', reader.at);
    if (close < 0) return new Refusal(start, 'a closing )');
    const words = reader.characters
      .slice(reader.at + 2, close)
      .join('')
      .split('|')
      .map(normalised)
      .filter((word) => word !== '');
    reader.at = close + 1;
    return { kind: 'notAhead', words };
  }
  const inner = eitherOf(reader);
  if (inner instanceof Refusal) return inner;
  if (reader.characters[reader.at] !== ')') return new Refusal(start, 'a closing )');
  reader.at++;
  return inner;
}

function classOf(reader: Reader, start: number): Node | Refusal {
  const close = reader.characters.indexOf(']', reader.at + 1);
  if (close < 0) return new Refusal(start, 'a closing ]');
  let inside = reader.characters.slice(reader.at, close);
  reader.at = close + 1;
  const negated = inside[0] === '^';
  if (negated) inside = inside.slice(1);
  const ranges: (readonly [number, number])[] = [];
  for (let i = 0; i < inside.length; i++) {
    const from = codeOf(inside[i]);
    const isRange = inside[i + 1] === '-' && inside[i + 2] !== undefined;
    const to = isRange ? codeOf(inside[i + 2]) : from;
    if (isRange) i += 2;
    if (to < from) return new Refusal(start, 'a range from the smaller to the greater character');
    ranges.push([from, to]);
  }
  return { kind: 'set', accepts: { negated, ranges } };
}

const codeOf = (character: string | undefined) => [...normalised(character ?? ''), character ?? ''][0]?.codePointAt(0) ?? 0;

function repeatOf(reader: Reader, item: Node): Node | Refusal {
  const start = reader.at;
  const mark = reader.characters[reader.at];
  if (mark === '?' || mark === '*' || mark === '+') {
    reader.at++;
    return { kind: 'repeat', item, least: mark === '+' ? 1 : 0, most: mark === '?' ? 1 : undefined };
  }
  if (mark !== '{') return item;
  const close = reader.characters.indexOf('}', reader.at);
  const numbers = /^(\d{1,2})(?:,(\d{1,2}))?$/.exec(reader.characters.slice(reader.at + 1, Math.max(close, 0)).join(''));
  const least = Number(numbers?.[1]);
  const most = numbers?.[2] === undefined ? least : Number(numbers[2]);
  if (close < 0 || !numbers || most > mostRepeats || least > most) return new Refusal(start, `{m} or {m,n} with m ≤ n ≤ ${mostRepeats}`);
  reader.at = close + 1;
  return { kind: 'repeat', item, least, most };
}

function emit(node: Node, steps: Step[]): void {
  if (steps.length > mostSteps) return;
  switch (node.kind) {
    case 'set':
      steps.push({ kind: 'char', accepts: node.accepts });
      return;
    case 'edge':
    case 'notAhead':
      steps.push(node);
      return;
    case 'chain':
      for (const item of node.items) emit(item, steps);
      return;
    case 'either':
      emitEither(node.items, steps);
      return;
    case 'repeat':
      for (let i = 0; i < node.least; i++) emit(node.item, steps);
      if (node.most === undefined) emitLoop(node.item, steps);
      else for (let i = node.least; i < node.most; i++) emitOptional(node.item, steps);
      return;
  }
}

function emitEither(items: readonly Node[], steps: Step[]): void {
  const [first, ...rest] = items;
  if (first === undefined) return;
  if (rest.length === 0) {
    emit(first, steps);
    return;
  }
  const split = steps.push({ kind: 'jump', to: 0 }) - 1;
  emit(first, steps);
  const jump = steps.push({ kind: 'jump', to: 0 }) - 1;
  steps[split] = { kind: 'split', one: split + 1, other: steps.length };
  emitEither(rest, steps);
  steps[jump] = { kind: 'jump', to: steps.length };
}

function emitOptional(item: Node, steps: Step[]): void {
  const split = steps.push({ kind: 'jump', to: 0 }) - 1;
  emit(item, steps);
  steps[split] = { kind: 'split', one: split + 1, other: steps.length };
}

function emitLoop(item: Node, steps: Step[]): void {
  const split = steps.push({ kind: 'jump', to: 0 }) - 1;
  emit(item, steps);
  steps.push({ kind: 'jump', to: split });
  steps[split] = { kind: 'split', one: split + 1, other: steps.length };
}

/** Where a match can begin: what can be read first, going from the first step on. */
function beginningOf(steps: readonly Step[]): Pick<CompiledPattern, 'begins' | 'anchored'> {
  const ranges: (readonly [number, number])[] = [];
  const seen = new Set<number>();
  let anything = false;
  let anchored = true;
  const visit = (step: number, atStart: boolean): void => {
    if (seen.has(step)) return;
    seen.add(step);
    const instruction = steps[step];
    if (instruction === undefined) return;
    switch (instruction.kind) {
      case 'jump':
        visit(instruction.to, atStart);
        return;
      case 'split':
        visit(instruction.one, atStart);
        visit(instruction.other, atStart);
        return;
      case 'edge':
        visit(step + 1, atStart || instruction.at === 'start');
        return;
      case 'notAhead':
        visit(step + 1, atStart);
        return;
      case 'char':
        if (instruction.accepts.negated) anything = true;
        else ranges.push(...instruction.accepts.ranges);
        break;
      case 'done':
        anything = true;
        break;
    }
    anchored &&= atStart;
  };
  visit(0, false);
  return { begins: anything ? undefined : bitsOf(ranges), anchored };
}

function bitsOf(ranges: CharacterSet['ranges']): Uint8Array {
  const bits = new Uint8Array(0x10000 >> 3);
  for (const [from, to] of ranges) {
    for (let code = from; code <= Math.min(to, 0xffff); code++) bits[code >> 3] = (bits[code >> 3] as number) | (1 << (code & 7));
  }
  return bits;
}

/** A normalised text as UTF-16 units, of which the first `length` count. */
export interface Units {
  readonly units: ArrayLike<number>;
  readonly length: number;
}

/** The leftmost, then longest match in a normalised text as `[from, to)`, or undefined. Linear in the text. */
export function findPattern(pattern: CompiledPattern, text: Units): readonly [number, number] | undefined {
  const first = firstBeginning(pattern, text);
  if (first === undefined) return undefined;
  const known = pattern.states?.read(text.units, text.length);
  if (known?.occurs === false) return undefined;
  if (known?.occurs === true && pattern.anchored) return [0, known.end];
  let best: readonly [number, number] | undefined;
  let threads = new Map<number, number>();
  for (let at = first; at <= text.length; at++) {
    if (best === undefined && !threads.has(0) && !(pattern.anchored && at > 0)) enter(pattern, text, at, 0, at, threads);
    else if (threads.size === 0) return best;
    const later = new Map<number, number>();
    for (const [step, from] of threads) {
      const instruction = pattern.steps[step];
      if (instruction?.kind === 'done' && (best === undefined || from < best[0] || (from === best[0] && at > best[1]))) best = [from, at];
      if (instruction?.kind === 'char' && at < text.length && accepts(instruction.accepts, text.units[at] as number)) {
        enter(pattern, text, at + 1, step + 1, from, later);
      }
    }
    threads = later;
  }
  return best;
}

/** The first place at which a match can begin. */
function firstBeginning({ begins, anchored }: CompiledPattern, { units, length }: Units): number | undefined {
  if (begins === undefined) return 0;
  const last = anchored ? Math.min(1, length) : length;
  for (let at = 0; at < last; at++) {
    const code = units[at] as number;
    if (((begins[code >> 3] as number) & (1 << (code & 7))) !== 0) return at;
  }
  return undefined;
}

/** Adds a step and all that can be reached from it without reading; the earliest start wins. */
function enter(pattern: CompiledPattern, text: Units, at: number, step: number, from: number, threads: Map<number, number>): void {
  const known = threads.get(step);
  if (known !== undefined && known <= from) return;
  threads.set(step, from);
  const instruction = pattern.steps[step];
  switch (instruction?.kind) {
    case 'jump':
      enter(pattern, text, at, instruction.to, from, threads);
      return;
    case 'split':
      enter(pattern, text, at, instruction.one, from, threads);
      enter(pattern, text, at, instruction.other, from, threads);
      return;
    case 'edge':
      if (instruction.at === 'start' ? at === 0 : at === text.length) enter(pattern, text, at, step + 1, from, threads);
      return;
    case 'notAhead':
      if (!instruction.words.some((word) => standsAt(word, text, at))) enter(pattern, text, at, step + 1, from, threads);
      return;
    default:
      return;
  }
}

function standsAt(word: string, { units, length }: Units, at: number): boolean {
  if (at + word.length > length) return false;
  for (let i = 0; i < word.length; i++) if (units[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

function accepts({ ranges, negated }: CharacterSet, code: number): boolean {
  for (const [from, to] of ranges) if (from <= code && code <= to) return !negated;
  return negated;
}
