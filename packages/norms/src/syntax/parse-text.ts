import type { SomeOfText, Text } from '../tree.ts';
import type { Cursor } from './cursor.ts';
import type { Token } from './lex.ts';
import { nameIn, parseCount, parseList, parseName, parseString, parseThousandths, parseVariableName, parseWhole } from './names.ts';

const openers = ['regex', 'similar', 'sounds', 'var', 'any', 'allOf', 'none', 'repeated'];

/** Does a text matcher begin here? (`至少 n 项 [` is one, `至少 n 次` is a count.) */
export function startsText(c: Cursor): boolean {
  const token = c.peek();
  if (token.kind === 'string' || nameIn(token) !== undefined) return true;
  return openers.some((id) => c.is('keyword', id)) || startsAtLeastItems(c);
}

/** `至少 n 项` */
export function startsAtLeastItems(c: Cursor): boolean {
  return c.is('keyword', 'atLeast') && c.peek(1).kind === 'number' && (c.is('keyword', 'items', 2) || c.is('unit', 'item', 2));
}

export const itemCount = { zh: '项数', en: 'the number of items' };

/** The `n` of `至少 n 项`; the word 项 is taken as well. */
export function parseItemCount(c: Cursor): number {
  c.take();
  const need = parseCount(c, itemCount);
  c.take();
  return need;
}

/** `a`, or `a 近 b 6 字 内`. */
export function parseText(c: Cursor): Text {
  const from = c.peek();
  const left = parseSingle(c);
  const negated = c.is('keyword', 'notNear');
  if (!negated && !c.is('keyword', 'near')) return left;
  c.take();
  const right = parseSingle(c);
  const distance = parseWhole(c, { zh: '字数', en: 'the number of characters' });
  c.accept('unit', 'chars');
  c.acceptKeyword('inside');
  return c.node(from, { kind: 'near', left, right, distance, negated });
}

function parseExcept(c: Cursor): { except?: string } {
  return c.acceptKeyword('except') ? { except: parseString(c) } : {};
}

function parseGroup(c: Cursor, from: Token, need: SomeOfText['need']): Text {
  c.expectMark('[');
  const items = c.deeper(() => parseList(c, () => parseText(c)), []);
  c.expectMark(']');
  return c.node(from, { kind: 'someOf', need, items });
}

function parseSingle(c: Cursor): Text {
  const from = c.peek();
  if (from.kind === 'string') {
    c.take();
    return c.node(from, { kind: 'literal', value: from.value, ...parseExcept(c) });
  }
  if (c.acceptKeyword('regex')) {
    const value = parseString(c);
    return c.node(from, { kind: 'regex', value, ...parseExcept(c) });
  }
  if (c.acceptKeyword('similar')) {
    const value = parseString(c);
    const score = parseThousandths(c);
    return c.node(from, { kind: 'similar', value, score });
  }
  if (c.acceptKeyword('sounds')) {
    const value = parseString(c);
    return c.node(from, { kind: 'sounds', value });
  }
  if (c.acceptKeyword('repeated')) {
    const score = parseThousandths(c);
    return c.node(from, { kind: 'repeated', score });
  }
  if (c.acceptKeyword('var')) {
    const name = parseVariableName(c);
    return c.node(from, { kind: 'spoken', name });
  }
  if (c.acceptKeyword('any')) return parseGroup(c, from, 'any');
  if (c.acceptKeyword('allOf')) return parseGroup(c, from, 'all');
  if (c.acceptKeyword('none')) return parseGroup(c, from, 'none');
  if (startsAtLeastItems(c)) return parseGroup(c, from, parseItemCount(c));
  const name = parseName(c, { zh: '话术族或“…”', en: 'a phrase family or “…”' });
  return c.node(from, { kind: 'family', name });
}
