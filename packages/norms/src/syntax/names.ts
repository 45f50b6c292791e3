import type { Quantity, Unit } from '../tree.ts';
import { type Cursor, means } from './cursor.ts';
import type { Token } from './lex.ts';

/** An own name, or a single English word of the vocabulary where no word of the language is expected. */
export function nameIn(token: Token): string | undefined {
  if (token.kind === 'name') return token.value;
  if (token.kind !== 'word' || token.bare === undefined) return undefined;
  return means(token, 'keyword') || means(token, 'comparison') ? undefined : token.bare;
}

const aName = { zh: '名称', en: 'a name' };

/** Reads a name; an empty one after a failure. */
export function parseName(c: Cursor, expected: { zh: string; en: string } = aName): string {
  const token = c.peek();
  const name = nameIn(token) ?? (token.kind === 'clause' ? token.value : undefined);
  if (name === undefined) c.fail(expected);
  else c.take();
  return name ?? '';
}

/** A field by its word, or by its own name. */
export function parseFieldName(c: Cursor): string {
  const id = c.idOf('field');
  if (id === undefined) return parseName(c, { zh: '字段', en: 'a field' });
  c.take();
  return id;
}

/** The name of a noted value: a field word or an own name. */
export function parseVariableName(c: Cursor): string {
  const id = c.idOf('field');
  if (id === undefined) return parseName(c, { zh: '所记的名称', en: 'a noted name' });
  c.take();
  return id;
}

export function parseString(c: Cursor, expected: { zh: string; en: string } = { zh: '“…”', en: '“…”' }): string {
  const token = c.peek();
  if (token.kind !== 'string') {
    c.fail(expected);
    return '';
  }
  c.take();
  return token.value;
}

export function acceptString(c: Cursor): string | undefined {
  const token = c.peek();
  if (token.kind !== 'string') return undefined;
  c.take();
  return token.value;
}

/** A number with its sign, in integer thousandths. */
export function parseThousandths(c: Cursor): number {
  const sign = c.acceptMark('-') ? -1 : 1;
  const token = c.peek();
  if (token.kind !== 'number') {
    c.fail({ zh: '数字', en: 'a number' });
    return 0;
  }
  c.take();
  return token.thousandths === 0 ? 0 : sign * token.thousandths;
}

/** A whole number, with its sign. */
export function parseWhole(c: Cursor, what: { zh: string; en: string }): number {
  const token = c.peek();
  const value = parseThousandths(c);
  if (!c.failed && value % 1000 !== 0) c.note('N012', token.span, { args: { what }, found: token.text });
  return Math.trunc(value / 1000);
}

/** A whole number above zero. */
export function parseCount(c: Cursor, what: { zh: string; en: string }): number {
  const token = c.peek();
  const value = parseThousandths(c);
  if (!c.failed && (value <= 0 || value % 1000 !== 0)) c.note('N012', token.span, { args: { what }, found: token.text });
  return Math.max(1, Math.trunc(value / 1000));
}

const units: ReadonlySet<string> = new Set<Unit>([
  'ms',
  's',
  'min',
  'h',
  'd',
  'wd',
  'wh',
  'ring',
  'times',
  'utt',
  'turn',
  'item',
  'chars',
  'cpm',
  'db',
  'pct',
]);

function isUnit(id: string): id is Unit {
  return units.has(id);
}

export function parseQuantity(c: Cursor): Quantity {
  const from = c.peek();
  const thousandths = parseThousandths(c);
  const unit = c.idOf('unit');
  if (unit === undefined || !isUnit(unit)) return c.node(from, { kind: 'quantity', thousandths });
  c.take();
  return c.node(from, { kind: 'quantity', thousandths, unit });
}

/** One or more, separated by `、` or `,`. */
export function parseList<T>(c: Cursor, item: () => T): readonly T[] {
  const items = [item()];
  while (c.acceptMark(',')) items.push(item());
  return Object.freeze(items);
}
