import type { Arith, Bind, Compare, CompareOp, EventPattern, Expression, FieldOf, Pattern, Window } from '../tree.ts';
import { type Cursor, means } from './cursor.ts';
import type { Token } from './lex.ts';
import { nameIn, parseCount, parseFieldName, parseList, parseQuantity, parseVariableName } from './names.ts';
import { parseText, startsText } from './parse-text.ts';

/*
 * Expressions, windows and patterns: they contain one another (次数(…) counts a pattern in a window, a pattern's conditions
 * hold expressions), so their rules stand in one file.
 */

// ---------- expressions

/** sum of products */
export function parseExpression(c: Cursor): Expression {
  return parseArith(c, ['+', '-'], () => parseArith(c, ['*', '/'], () => parsePrimary(c)));
}

function parseArith(c: Cursor, ops: readonly Arith['op'][], operand: () => Expression): Expression {
  const from = c.peek();
  let left = operand();
  for (;;) {
    const op = ops.find((mark) => c.isMark(mark));
    if (op === undefined) return left;
    c.take();
    const right = operand();
    left = c.node(from, { kind: 'arith', op, left, right });
  }
}

const aValue = {
  zh: '一个值（带单位的数、参数、“…”、当时/本次/所记 …）',
  en: 'a value (a number with its unit, a parameter, “…”, its/this/noted …)',
};

function parsePrimary(c: Cursor): Expression {
  const from = c.peek();
  switch (from.kind) {
    case 'string':
      c.take();
      return c.node(from, { kind: 'str', value: from.value });
    case 'time':
      c.take();
      return c.node(from, { kind: 'tod', value: from.value });
    case 'number':
      return parseQuantity(c);
    case 'mark':
      return parseMarked(c, from);
    default:
      return parseWordValue(c, from);
  }
}

function parseMarked(c: Cursor, from: Token): Expression {
  if (c.isMark('-')) return parseQuantity(c);
  if (c.acceptMark('(')) {
    const inner = c.deeper(() => parseExpression(c), nothing(c, from));
    c.expectMark(')');
    return inner;
  }
  if (c.acceptMark('[')) {
    const items = c.isMark(']') ? Object.freeze([]) : c.deeper(() => parseList(c, () => parseExpression(c)), []);
    c.expectMark(']');
    return c.node(from, { kind: 'listOf', items });
  }
  c.fail(aValue);
  return nothing(c, from);
}

/** Stands in for what could not be read; such a tree never leaves with an empty list of problems. */
function nothing(c: Cursor, from: Token): Expression {
  return c.node(from, { kind: 'quantity', thousandths: 0 });
}

function parseWordValue(c: Cursor, from: Token): Expression {
  if (c.acceptKeyword('yes')) return c.node(from, { kind: 'bool', value: true });
  if (c.acceptKeyword('nope')) return c.node(from, { kind: 'bool', value: false });
  if (c.acceptKeyword('trig')) {
    const field = parseFieldName(c);
    return c.node(from, { kind: 'trigField', field });
  }
  if (c.acceptKeyword('attr')) {
    const field = parseFieldName(c);
    return c.node(from, { kind: 'attribute', field });
  }
  if (c.acceptKeyword('var')) {
    const name = parseVariableName(c);
    return c.node(from, { kind: 'variable', name });
  }
  if (startsFunction(c)) return parseFunction(c, from);
  const field = c.idOf('field');
  if (field !== undefined) {
    c.take();
    return c.node(from, { kind: 'symbol', name: field });
  }
  const name = nameIn(from);
  if (name === undefined) c.fail(aValue);
  else c.take();
  return name === undefined ? nothing(c, from) : c.node(from, { kind: 'param', name });
}

function startsFunction(c: Cursor): boolean {
  return c.is('function', 'clock') || (c.is('function') && c.isMark('(', 1));
}

function parseFunction(c: Cursor, from: Token): Expression {
  const kind = c.idOf('function');
  c.take();
  if (kind === 'clock') return c.node(from, { kind });
  c.expectMark('(');
  const measure = c.deeper(() => parseMeasure(c, kind), undefined);
  c.expectMark(')');
  return measure === undefined ? nothing(c, from) : c.node(from, measure);
}

/** What stands between the brackets of a function. */
function parseMeasure(c: Cursor, kind: string | undefined) {
  switch (kind) {
    case 'count':
    case 'since': {
      const pattern = parsePatterns(c);
      return { kind, pattern, window: parseWindow(c) } as const;
    }
    case 'duration':
    case 'longest': {
      const role = parseRole(c);
      return { kind, role, interval: parseInterval(c) } as const;
    }
    case 'share': {
      const role = parseRole(c);
      const interval = parseInterval(c);
      c.expectMark(',');
      return { kind, role, interval, of: parseInterval(c) } as const;
    }
    case 'rate':
    case 'loudness':
    case 'responseGap':
    case 'mood': {
      const role = parseRole(c);
      return { kind, role, window: parseWindow(c) } as const;
    }
    default:
      return undefined;
  }
}

/** Does a comparison begin here, rather than a pattern? */
export function startsExpression(c: Cursor): boolean {
  const token = c.peek();
  if (token.kind === 'number' || token.kind === 'time' || token.kind === 'string') return true;
  if (c.isMark('-') || c.isMark('[') || startsFunction(c)) return true;
  if (['trig', 'attr', 'var', 'yes', 'nope'].some((id) => c.is('keyword', id))) return true;
  if (c.is('event') || c.is('role')) return false;
  return (c.is('field') || nameIn(token) !== undefined) && continuesExpression(c.peek(1));
}

/** A comparison or an arithmetic mark. */
export function continuesExpression(token: Token): boolean {
  return means(token, 'comparison') || (token.kind === 'mark' && '+-*/'.includes(token.value));
}

// ---------- comparisons

const operators: readonly CompareOp[] = [
  '>',
  '<',
  '>=',
  '<=',
  '=',
  '!=',
  'in',
  'notin',
  'between',
  'filled',
  'empty',
  'matches',
  'contains',
];

/** The comparison that follows `left`. */
export function parseComparison(c: Cursor, left: Expression, from: Token): Compare {
  const id = c.word('comparison', {
    zh: '比较（超过、不超过、为、属、介于 …）',
    en: 'a comparison (over, is at most, is, is in, is between …)',
  });
  const op = operators.find((known) => known === id) ?? '=';
  if (op === 'filled' || op === 'empty') return c.node(from, { kind: 'compare', op, left });
  if (op === 'matches') {
    const text = parseText(c);
    return c.node(from, { kind: 'compare', op, left, text });
  }
  const right = parseExpression(c);
  if (op !== 'between') return c.node(from, { kind: 'compare', op, left, right });
  if (!c.acceptKeyword('through') && !c.acceptKeyword('to')) c.fail({ zh: '“至”', en: '“and”' });
  const upper = parseExpression(c);
  return c.node(from, { kind: 'compare', op, left, right, upper });
}

// ---------- patterns

export function parseRole(c: Cursor): string | undefined {
  const role = c.idOf('role');
  if (role !== undefined) c.take();
  return role;
}

export function parseInterval(c: Cursor): string {
  return c.word('interval', { zh: '一段时间（保持、静默、通话 …）', en: 'an interval (hold, silence, conversation …)' }) ?? '';
}

/** `A 或 B` */
export function parsePatterns(c: Cursor): Pattern {
  const from = c.peek();
  const first = parseGrouped(c);
  if (!c.is('keyword', 'or')) return first;
  const items = [first];
  while (c.acceptKeyword('or')) items.push(parseGrouped(c));
  return c.node(from, { kind: 'anyOf', items: Object.freeze(items) });
}

/** A pattern, in brackets where a list would not know its end. */
function parseGrouped(c: Cursor): Pattern {
  if (!c.acceptMark('(')) return parsePattern(c);
  const placeholder: Pattern = c.node(c.peek(), { kind: 'patternRef', name: '' });
  const inner = c.deeper(() => parsePatterns(c), placeholder);
  c.expectMark(')');
  return inner;
}

/** One event, or the name of a definition. */
export function parsePattern(c: Cursor): Pattern {
  const from = c.peek();
  const name = c.is('role') || c.is('event') ? undefined : nameIn(from);
  if (name !== undefined && !(from.text === name && looksMisspelt(c))) {
    c.take();
    return c.node(from, { kind: 'patternRef', name });
  }
  const role = parseRole(c);
  const type = c.word('event', { zh: '事件', en: 'an event' }) ?? '';
  const hasText = c.lexicon.vocabulary.events.some((event) => event.id === type && event.fields.some((field) => field.name === 'text'));
  const text = hasText && startsText(c) ? parseText(c) : undefined;
  return c.node(from, { kind: 'event', role, type, text, ...parseDetails(c) });
}

/** A bare name followed by what only events have (其, 含, 记, a text) is no definition. */
function looksMisspelt(c: Cursor): boolean {
  const next = c.peek(1);
  return next.kind === 'string' || ['with', 'its', 'bind'].some((id) => means(next, 'keyword', id));
}

function parseDetails(c: Cursor): Pick<EventPattern, 'with' | 'where' | 'binds'> {
  const fields: string[] = [];
  const where: Compare[] = [];
  const binds: Bind[] = [];
  for (;;) {
    if (c.acceptKeyword('with')) fields.push(...parseFields(c, () => parseFieldName(c)));
    else if (c.acceptKeyword('bind')) binds.push(...parseFields(c, () => parseBind(c)));
    else if (c.acceptKeyword('its')) {
      do where.push(parseCondition(c));
      while (c.acceptKeyword('andIts'));
    } else break;
  }
  return { with: Object.freeze(fields), where: Object.freeze(where), binds: Object.freeze(binds) };
}

/** Fields after 含 or 记; a comma goes on only before a field word, so that `[说 a 含 时限、客户 说 b]` are two items. */
function parseFields<T>(c: Cursor, field: () => T): readonly T[] {
  const items = [field()];
  while (c.isMark(',') && c.is('field', undefined, 1) && !c.is('role', undefined, 1)) {
    c.take();
    items.push(field());
  }
  return items;
}

function parseBind(c: Cursor): Bind {
  const field = parseFieldName(c);
  return Object.freeze({ field, as: c.acceptKeyword('as') ? parseVariableName(c) : field });
}

function parseCondition(c: Cursor): Compare {
  const from = c.peek();
  const field: FieldOf = c.node(from, { kind: 'field', field: parseFieldName(c) });
  return parseComparison(c, field, from);
}

// ---------- windows

/** The window that stands here, if one does. */
export function parseWindow(c: Cursor): Window | undefined {
  const from = c.peek();
  if (c.acceptKeyword('within')) return parseWithin(c, from);
  if (c.acceptKeyword('by')) return c.node(from, { kind: 'by', instant: parseExpression(c) });
  if (c.acceptKeyword('preceding') || c.acceptKeyword('before')) {
    if (c.peek().kind === 'number' && c.is('unit', 'utt', 1)) {
      const utterances = parseCount(c, { zh: '句数', en: 'the number of utterances' });
      c.take();
      c.acceptKeyword('inside');
      return c.node(from, { kind: 'before', utterances });
    }
    return startsLength(c) ? c.node(from, { kind: 'before', length: parseLength(c) }) : c.node(from, { kind: 'before' });
  }
  for (const kind of ['around', 'firstPart', 'lastPart'] as const) {
    if (c.acceptKeyword(kind)) return c.node(from, { kind, length: parseLength(c) });
  }
  for (const kind of ['toEnd', 'whole', 'thatTime'] as const) {
    if (c.acceptKeyword(kind)) return c.node(from, { kind });
  }
  if (!c.acceptKeyword('until')) return undefined;
  const pattern = parsePatterns(c);
  const latest = c.acceptKeyword('latest') ? parseExpression(c) : undefined;
  return c.node(from, { kind: 'until', pattern, latest });
}

/** A length with its closing 内, which may be left out. */
function parseLength(c: Cursor): Expression {
  const length = parseExpression(c);
  c.acceptKeyword('inside');
  return length;
}

function startsLength(c: Cursor): boolean {
  const token = c.peek();
  if (token.kind === 'number' || c.isMark('(') || c.isMark('-') || nameIn(token) !== undefined || startsFunction(c)) return true;
  return ['trig', 'attr', 'var'].some((id) => c.is('keyword', id));
}

function parseWithin(c: Cursor, from: Token): Window {
  for (const unit of ['utt', 'turn'] as const) {
    if (c.peek().kind !== 'number' || !c.is('unit', unit, 1)) continue;
    const count = parseCount(c, { zh: '句数或轮数', en: 'the number of utterances or turns' });
    c.take();
    c.acceptKeyword('inside');
    return c.node(from, { kind: 'utterances', count, unit });
  }
  const first = parseExpression(c);
  if (!c.acceptKeyword('to')) {
    c.acceptKeyword('inside');
    return c.node(from, { kind: 'after', to: first });
  }
  const to = parseLength(c);
  return c.node(from, { kind: 'after', from: first, to });
}
