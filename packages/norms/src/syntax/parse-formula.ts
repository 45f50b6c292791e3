import type { Expression, Formula, Happens, Part, Parts } from '../tree.ts';
import { type Cursor, means } from './cursor.ts';
import type { Token } from './lex.ts';
import { acceptString, parseList, parseVariableName } from './names.ts';
import {
  continuesExpression,
  parseComparison,
  parseExpression,
  parseInterval,
  parsePattern,
  parsePatterns,
  parseRole,
  parseWindow,
  startsExpression,
} from './parse-terms.ts';
import { parseItemCount, startsAtLeastItems } from './parse-text.ts';

/** `A 则 B`, or a disjunction. */
export function parseFormula(c: Cursor): Formula {
  const from = c.peek();
  const left = parseJunction(c, 'or', () => parseJunction(c, 'and', () => parseUnary(c)));
  if (!c.acceptKeyword('implies')) return left;
  const right = parseJunction(c, 'or', () => parseJunction(c, 'and', () => parseUnary(c)));
  return c.node(from, { kind: 'implies', left, right });
}

function parseJunction(c: Cursor, kind: 'and' | 'or', operand: () => Formula): Formula {
  const from = c.peek();
  const first = operand();
  if (!c.is('keyword', kind)) return first;
  const items = [first];
  while (c.acceptKeyword(kind)) items.push(operand());
  return c.node(from, { kind, items: Object.freeze(items) });
}

function parseUnary(c: Cursor): Formula {
  const from = c.peek();
  return c.deeper(() => parseUnaryHere(c, from), c.node(from, { kind: 'breach' }));
}

function parseUnaryHere(c: Cursor, from: Token): Formula {
  if (c.acceptKeyword('not')) return c.node(from, { kind: 'not', item: parseUnary(c) });
  if (c.acceptKeyword('no')) return c.node(from, { kind: 'not', item: parseHappens(c) });
  if (c.isMark('(') && !continuesExpression(c.behindBracket())) {
    c.take();
    const inner = parseFormula(c);
    c.expectMark(')');
    return inner;
  }
  if (c.isMark('(')) return parseComparison(c, parseExpression(c), from);
  if (c.acceptKeyword('parts')) return parseParts(c, from, 'all');
  if (c.acceptKeyword('any')) return parseParts(c, from, 'any');
  if (startsAtLeastItems(c)) return parseParts(c, from, parseItemCount(c));
  if (c.acceptKeyword('forEach')) return parseForEach(c, from);
  if (c.acceptKeyword('every')) {
    const period = parseExpression(c);
    const pattern = parsePattern(c);
    return c.node(from, { kind: 'every', period, pattern, window: parseWindow(c) });
  }
  if (c.acceptKeyword('sequence')) {
    c.expectMark('[');
    const items = parseList(c, () => parsePatterns(c));
    c.expectMark(']');
    return c.node(from, { kind: 'sequence', items, window: parseWindow(c) });
  }
  if (c.acceptKeyword('currently')) {
    const role = parseRole(c);
    return c.node(from, { kind: 'currently', role, interval: parseInterval(c) });
  }
  if (c.acceptKeyword('calendar')) {
    const name = c.word('calendar', { zh: '日历（工作时间、节假日、夜间）', en: 'a calendar (working hours time, holiday, night)' }) ?? '';
    return c.node(from, { kind: 'calendar', name });
  }
  if (startsExpression(c)) return parseComparison(c, parseExpression(c), from);
  return parseHappens(c);
}

function parseParts(c: Cursor, from: Token, need: Parts['need']): Formula {
  c.expectMark('[');
  const items = parseList(c, () => parsePart(c));
  c.expectMark(']');
  return c.node(from, { kind: 'parts', need, items });
}

/** A string is the label, unless it is the left side of a comparison. */
function parsePart(c: Cursor): Part {
  const label = means(c.peek(1), 'comparison') ? undefined : acceptString(c);
  const item = parseFormula(c);
  return Object.freeze({ label, item });
}

function parseForEach(c: Cursor, from: Token): Formula {
  const name = parseVariableName(c);
  c.expect('keyword', 'in');
  const list = parseExpression(c);
  c.expectMark(':');
  const item = parseUnary(c);
  return c.node(from, { kind: 'forEach', name, list, item });
}

/** A pattern with at most one window, before or after the count. */
function parseHappens(c: Cursor): Happens {
  const from = c.peek();
  const pattern = parsePattern(c);
  const early = parseWindow(c);
  const count = parseTimes(c);
  return c.node(from, { kind: 'happens', pattern, count, window: early ?? parseWindow(c) });
}

function parseTimes(c: Cursor): Happens['count'] {
  const op = (['atLeast', 'atMost'] as const).find((id) => c.is('keyword', id));
  if (op === undefined) return undefined;
  c.take();
  const written = parseExpression(c);
  const n = withoutTimes(written);
  if (n === written) c.expect('keyword', 'times');
  else c.acceptKeyword('times');
  return Object.freeze({ op, n });
}

/** The 次 that a last number took for its unit is the word of the count. */
function withoutTimes(e: Expression): Expression {
  if (e.kind === 'quantity' && e.unit === 'times') return Object.freeze({ kind: 'quantity', thousandths: e.thousandths, span: e.span });
  if (e.kind !== 'arith') return e;
  const right = withoutTimes(e.right);
  return right === e.right ? e : Object.freeze({ ...e, right });
}
