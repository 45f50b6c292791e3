import type { Span } from '../tree.ts';
import { isHan, type Lexicon, type Meaning } from './lexicon.ts';

interface At {
  readonly text: string;
  readonly span: Span;
  /** nothing but separators stands before it on its line */
  readonly firstOnLine: boolean;
}

export type Token = At &
  (
    | { readonly kind: 'string'; readonly value: string }
    /** a name of the author's own */
    | { readonly kind: 'name'; readonly value: string }
    | { readonly kind: 'clause'; readonly value: string }
    | { readonly kind: 'date'; readonly value: string }
    /** ms after midnight */
    | { readonly kind: 'time'; readonly value: number }
    | { readonly kind: 'number'; readonly thousandths: number }
    /** `bare`: a single English word that may serve as an own name where no word of the language is expected */
    | { readonly kind: 'word'; readonly meanings: readonly Meaning[]; readonly bare?: string | undefined }
    | { readonly kind: 'mark'; readonly value: string }
    | { readonly kind: 'unknown'; readonly code: 'N001' | 'N002' | 'N003' | 'N006' | 'N007' }
    | { readonly kind: 'end' }
  );

type Shape = Token extends infer T ? (T extends Token ? Omit<T, keyof At> : never) : never;

/** What stands at one place of the text, and how many UTF-16 units of it. */
interface Reading {
  readonly length: number;
  readonly shape: Shape;
}

const marks: Readonly<Record<string, string>> = { '（': '(', '）': ')', '【': '[', '】': ']', '、': ',', '：': ':' };
const plainMarks = '()[],:+-*/';
const separators = '，。；\u3000\uFEFF';

const clause = /S\d+[a-z]?-\d+(?![A-Za-z0-9_])/y;
const date = /\d{4}-\d{2}-\d{2}(?!\d)/y;
const time = /(\d{1,2}):(\d{2})(?!\d)/y;
const number = /\d+(?:\.\d+)?/y;
const englishWord = /[A-Za-z][A-Za-z0-9_./-]*/y;
const blank = /\s*/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Milliseconds after midnight, or undefined for a time that no clock shows. */
function timeOfDay(hours: number, minutes: number): number | undefined {
  return hours < 24 && minutes < 60 ? (hours * 60 + minutes) * 60_000 : undefined;
}

function isDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** At most nine digits before the point and three after it, so that thousandths stay exact integers. */
function thousandthsOf(text: string): number | undefined {
  const [whole = '', fraction = ''] = text.split('.');
  if (whole.length > 9 || fraction.length > 3) return undefined;
  return Number(whole) * 1000 + Number(fraction.padEnd(3, '0'));
}

function trimmed(word: string): string {
  let end = word.length;
  while (end > 0 && './-'.includes(word.charAt(end - 1))) end--;
  return word.slice(0, end);
}

/** One English word; a `/` belongs to it only in words of the language (`characters/min`). */
function wordAt(text: string, at: number, lexicon: Lexicon): string {
  const word = trimmed(matchAt(englishWord, text, at)?.[0] ?? '');
  if (!word.includes('/') || lexicon.english.has(word)) return word;
  return trimmed(word.slice(0, word.indexOf('/')));
}

/** How many characters the words of `surface` take here, with blanks between them; undefined = they do not stand here. */
function lengthOf(surface: readonly string[], text: string, from: number, lexicon: Lexicon): number | undefined {
  let at = from;
  for (const [index, word] of surface.entries()) {
    if (index > 0) at += matchAt(blank, text, at)?.[0].length ?? 0;
    if (wordAt(text, at, lexicon) !== word) return undefined;
    at += word.length;
  }
  return at - from;
}

function readLatin(text: string, at: number, lexicon: Lexicon): Reading {
  const id = matchAt(clause, text, at)?.[0];
  if (id !== undefined) return { length: id.length, shape: { kind: 'clause', value: id } };
  const word = wordAt(text, at, lexicon);
  for (const surface of lexicon.english.get(word) ?? []) {
    const length = lengthOf(surface, text, at, lexicon);
    if (length === undefined) continue;
    const meanings = lexicon.meanings.get(surface.join(' ')) ?? [];
    return { length, shape: { kind: 'word', meanings, bare: surface.length === 1 ? word : undefined } };
  }
  return { length: word.length, shape: { kind: 'name', value: word } };
}

function chineseAt(text: string, at: number, lexicon: Lexicon): string | undefined {
  return lexicon.chinese.get(text.charAt(at))?.find((surface) => text.startsWith(surface, at));
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function readHan(text: string, at: number, lexicon: Lexicon): Reading {
  const surface = chineseAt(text, at, lexicon);
  if (surface !== undefined) {
    return { length: surface.length, shape: { kind: 'word', meanings: lexicon.meanings.get(surface) ?? [] } };
  }
  let end = at;
  while (end < text.length && isHan(characterAt(text, end)) && chineseAt(text, end, lexicon) === undefined) {
    end += characterAt(text, end).length;
  }
  return { length: end - at, shape: { kind: 'unknown', code: 'N001' } };
}

function readNumeral(text: string, at: number): Reading {
  const day = matchAt(date, text, at)?.[0];
  if (day !== undefined) {
    return { length: day.length, shape: isDate(day) ? { kind: 'date', value: day } : { kind: 'unknown', code: 'N007' } };
  }
  const clock = matchAt(time, text, at);
  if (clock !== undefined) {
    const value = timeOfDay(Number(clock[1]), Number(clock[2]));
    const shape: Shape = value === undefined ? { kind: 'unknown', code: 'N007' } : { kind: 'time', value };
    return { length: clock[0].length, shape };
  }
  const digits = matchAt(number, text, at)?.[0] ?? '';
  const thousandths = thousandthsOf(digits);
  const shape: Shape = thousandths === undefined ? { kind: 'unknown', code: 'N006' } : { kind: 'number', thousandths };
  return { length: digits.length, shape };
}

/** The quoted text up to `close` on the same line; without it the rest of the line is unknown. */
function readQuoted(text: string, at: number, close: string, kind: 'string' | 'name'): Reading {
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== close && text.charAt(end) !== '\n') end++;
  if (text.charAt(end) !== close) return { length: end - at, shape: { kind: 'unknown', code: 'N002' } };
  if (kind === 'name' && end === at + 1) return { length: 2, shape: { kind: 'unknown', code: 'N003' } };
  return { length: end + 1 - at, shape: { kind, value: text.slice(at + 1, end) } };
}

function read(text: string, at: number, lexicon: Lexicon): Reading {
  const char = text.charAt(at);
  if (char === '“') return readQuoted(text, at, '”', 'string');
  if (char === '"') return readQuoted(text, at, '"', 'string');
  if (char === '「') return readQuoted(text, at, '」', 'name');
  if (/[0-9]/.test(char)) return readNumeral(text, at);
  if (/[A-Za-z]/.test(char)) return readLatin(text, at, lexicon);
  const whole = characterAt(text, at);
  if (isHan(whole)) return readHan(text, at, lexicon);
  for (const surface of [text.slice(at, at + 2), char]) {
    const meanings = lexicon.meanings.get(surface);
    if (meanings !== undefined) return { length: surface.length, shape: { kind: 'word', meanings } };
  }
  const mark = marks[char] ?? (plainMarks.includes(char) ? char : undefined);
  if (mark !== undefined) return { length: 1, shape: { kind: 'mark', value: mark } };
  return { length: whole.length, shape: { kind: 'unknown', code: 'N003' } };
}

/** Length of the blank or comment at `at`; 0 = a token stands there. */
function gapAt(text: string, at: number): number {
  const char = text.charAt(at);
  if (separators.includes(char) || /\s/.test(char)) return 1;
  if (char !== '#') return 0;
  const end = text.indexOf('\n', at);
  return (end < 0 ? text.length : end) - at;
}

/** The second half of a surrogate pair is no character of its own. */
function isSecondHalf(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xdc00 || code > 0xdfff) return false;
  const previous = text.charCodeAt(at - 1);
  return previous >= 0xd800 && previous <= 0xdbff;
}

/**
 * Cuts one text into tokens, in time linear in its length. Always ends with an `end` token, and never fails: what it cannot
 * read becomes `unknown`.
 */
export function lex(text: string, file: string, lexicon: Lexicon): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let column = 1;
  let firstOnLine = true;
  const skip = (length: number): void => {
    for (const end = at + length; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 10) {
        line++;
        column = 1;
        firstOnLine = true;
      } else if (!isSecondHalf(text, at)) column++;
    }
  };
  const push = ({ length, shape }: Reading): void => {
    const span: Span = Object.freeze({ file, line, column, start: at, end: at + length });
    tokens.push({ ...shape, text: text.slice(at, at + length), span, firstOnLine });
    firstOnLine = false;
    skip(length);
  };
  while (at < text.length) {
    const gap = gapAt(text, at);
    if (gap > 0) skip(gap);
    else push(read(text, at, lexicon));
  }
  push({ length: 0, shape: { kind: 'end' } });
  return tokens;
}
