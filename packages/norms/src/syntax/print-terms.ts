import type { Tongue } from '../problem.ts';
import type { Compare, EventPattern, Expression, Pattern, Quantity, Text, Window } from '../tree.ts';
import type { WordKind } from './keywords.ts';
import { isBareName, type Lexicon, runsTogether, surfaceOf } from './lexicon.ts';

/** In which tongue, with which words. */
export interface Hand {
  readonly lexicon: Lexicon;
  readonly tongue: Tongue;
}

export function word(hand: Hand, kind: WordKind, id: string): string {
  return surfaceOf(hand.lexicon, kind, id, hand.tongue);
}

export function keyword(hand: Hand, id: string): string {
  return word(hand, 'keyword', id);
}

/** A string in quotes that it does not contain; the language has no escapes, and no text can hold both kinds. */
export function quoted(value: string): string {
  return value.includes('”') ? `"${value}"` : `“${value}”`;
}

/** An own name, in 「」 unless it can stand bare in either tongue. */
export function named(hand: Hand, name: string): string {
  return isBareName(hand.lexicon, name) ? name : `「${name}」`;
}

export function field(hand: Hand, id: string): string {
  return hand.lexicon.words.has(`field:${id}`) ? word(hand, 'field', id) : named(hand, id);
}

export function separator(hand: Hand): string {
  return hand.tongue === 'zh' ? '、' : ', ';
}

/** Integer thousandths as the shortest decimal. */
export function decimal(thousandths: number): string {
  const sign = thousandths < 0 ? '-' : '';
  const size = Math.abs(thousandths);
  const fraction = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${sign}${Math.floor(size / 1000)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Two pieces of text; the second in brackets where a reader would take both for one word. */
export function beside(hand: Hand, first: string, second: string): string {
  return runsTogether(hand.lexicon, first, second) ? `${first} (${second})` : `${first} ${second}`;
}

/** ` 内`, where the tongue has the word. */
function inside(hand: Hand): string {
  const surface = keyword(hand, 'inside');
  return surface === '' ? '' : ` ${surface}`;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}

function printQuantity(hand: Hand, quantity: Quantity): string {
  const number = decimal(quantity.thousandths);
  return quantity.unit === undefined ? number : `${number} ${word(hand, 'unit', quantity.unit)}`;
}

export function printRole(hand: Hand, role: string | undefined): string {
  return role === undefined ? '' : `${word(hand, 'role', role)} `;
}

export function printExpression(hand: Hand, e: Expression): string {
  switch (e.kind) {
    case 'str':
      return quoted(e.value);
    case 'tod':
      return `${twoDigits(Math.floor(e.value / 3_600_000))}:${twoDigits((e.value / 60_000) % 60)}`;
    case 'quantity':
      return printQuantity(hand, e);
    case 'listOf':
      return `[${e.items.map((item) => printExpression(hand, item)).join(separator(hand))}]`;
    case 'bool':
      return keyword(hand, e.value ? 'yes' : 'nope');
    case 'trigField':
      return `${keyword(hand, 'trig')} ${field(hand, e.field)}`;
    case 'attribute':
      return `${keyword(hand, 'attr')} ${field(hand, e.field)}`;
    case 'variable':
      return `${keyword(hand, 'var')} ${field(hand, e.name)}`;
    case 'symbol':
      return isEventToo(hand, e.name) ? `(${field(hand, e.name)})` : field(hand, e.name);
    case 'field':
      return field(hand, e.field);
    case 'param':
      return named(hand, e.name);
    case 'arith':
      return `${printOperand(hand, e.left)} ${e.op} ${printOperand(hand, e.right)}`;
    default:
      return printMeasure(hand, e);
  }
}

/** A field word that is also an event or a role would begin a pattern (`rings`): in brackets it is a value. */
function isEventToo(hand: Hand, id: string): boolean {
  return (hand.lexicon.meanings.get(field(hand, id)) ?? []).some(({ kind }) => kind === 'event' || kind === 'role');
}

type Measure = Extract<
  Expression,
  { kind: 'clock' | 'count' | 'since' | 'duration' | 'longest' | 'share' | 'rate' | 'loudness' | 'responseGap' | 'mood' }
>;

function printMeasure(hand: Hand, e: Measure): string {
  const name = word(hand, 'function', e.kind);
  switch (e.kind) {
    case 'clock':
      return name;
    case 'count':
    case 'since':
      return `${name}(${printPatterns(hand, e.pattern)}${printWindow(hand, e.window)})`;
    case 'duration':
    case 'longest':
      return `${name}(${printRole(hand, e.role)}${word(hand, 'interval', e.interval)})`;
    case 'share':
      return `${name}(${printRole(hand, e.role)}${word(hand, 'interval', e.interval)}${separator(hand)}${word(hand, 'interval', e.of)})`;
    default:
      return `${name}(${`${printRole(hand, e.role)}${printWindow(hand, e.window).trimStart()}`.trimEnd()})`;
  }
}

/** Sums inside sums always get their brackets: nobody has to know which binds first. */
function printOperand(hand: Hand, e: Expression): string {
  return e.kind === 'arith' ? `(${printExpression(hand, e)})` : printExpression(hand, e);
}

function printExcept(hand: Hand, except: string | undefined): string {
  return except === undefined ? '' : ` ${keyword(hand, 'except')} ${quoted(except)}`;
}

export function printText(hand: Hand, t: Text): string {
  switch (t.kind) {
    case 'family':
      return named(hand, t.name);
    case 'literal':
      return `${quoted(t.value)}${printExcept(hand, t.except)}`;
    case 'regex':
      return `${keyword(hand, 'regex')} ${quoted(t.value)}${printExcept(hand, t.except)}`;
    case 'similar':
      return `${keyword(hand, 'similar')} ${quoted(t.value)} ${decimal(t.score)}`;
    case 'sounds':
      return `${keyword(hand, 'sounds')} ${quoted(t.value)}`;
    case 'repeated':
      return `${keyword(hand, 'repeated')} ${decimal(t.score)}`;
    case 'spoken':
      return `${keyword(hand, 'var')} ${field(hand, t.name)}`;
    case 'near': {
      const between = keyword(hand, t.negated ? 'notNear' : 'near');
      return `${printText(hand, t.left)} ${between} ${printText(hand, t.right)} ${t.distance} ${word(hand, 'unit', 'chars')}${inside(hand)}`;
    }
    case 'someOf': {
      const need =
        typeof t.need === 'number' ? atLeastItems(hand, t.need) : keyword(hand, { any: 'any', all: 'allOf', none: 'none' }[t.need]);
      return `${need} [${t.items.map((item) => printText(hand, item)).join(separator(hand))}]`;
    }
  }
}

export function atLeastItems(hand: Hand, n: number): string {
  return `${keyword(hand, 'atLeast')} ${n} ${keyword(hand, 'items')}`;
}

/** A comparison whose left side is already written. */
export function printComparison(hand: Hand, left: string, c: Compare): string {
  const operator = word(hand, 'comparison', c.op);
  const head = `${left} ${operator}`;
  if (c.text !== undefined) return `${head} ${printText(hand, c.text)}`;
  if (c.right === undefined) return head;
  const right = `${left} ${beside(hand, operator, printExpression(hand, c.right))}`;
  return c.upper === undefined ? right : `${right} ${keyword(hand, 'through')} ${printExpression(hand, c.upper)}`;
}

/** Field words go on with commas; fields without a word of their own each get their 含 or 记. */
function printFields(hand: Hand, opener: string, fields: readonly { readonly id: string; readonly text: string }[]): string {
  return fields
    .map(({ id, text }, index) => (index > 0 && isListed(hand, id) ? `${separator(hand)}${text}` : ` ${keyword(hand, opener)} ${text}`))
    .join('');
}

/** Can this field follow a comma? Not if its word could be a role: the comma would end the list there. */
function isListed(hand: Hand, id: string): boolean {
  if (!hand.lexicon.words.has(`field:${id}`)) return false;
  return !(hand.lexicon.meanings.get(word(hand, 'field', id)) ?? []).some((meaning) => meaning.kind === 'role');
}

/** Role and event; the event by its id where both words would be read as one. */
function printActor(hand: Hand, p: EventPattern): string {
  const event = word(hand, 'event', p.type);
  if (p.role === undefined) return event;
  const role = word(hand, 'role', p.role);
  return `${role} ${runsTogether(hand.lexicon, role, event) ? p.type : event}`;
}

function printEvent(hand: Hand, p: EventPattern): string {
  const text = p.text === undefined ? '' : ` ${printText(hand, p.text)}`;
  const fields = printFields(
    hand,
    'with',
    p.with.map((id) => ({ id, text: field(hand, id) })),
  );
  const conditions = p.where
    .map((c, index) => {
      const left = c.left.kind === 'field' ? field(hand, c.left.field) : printExpression(hand, c.left);
      return ` ${keyword(hand, index === 0 ? 'its' : 'andIts')} ${printComparison(hand, left, c)}`;
    })
    .join('');
  const binds = printFields(
    hand,
    'bind',
    p.binds.map((b) => ({
      id: b.field,
      text: b.as === b.field ? field(hand, b.field) : `${field(hand, b.field)} ${keyword(hand, 'as')} ${field(hand, b.as)}`,
    })),
  );
  return `${printActor(hand, p)}${text}${fields}${conditions}${binds}`;
}

/** Would a comma behind this pattern be read as part of it? */
export function endsOpen(p: Pattern): boolean {
  if (p.kind === 'patternRef') return false;
  if (p.kind === 'anyOf') return p.items.some((item) => endsOpen(item));
  return p.binds.length > 0 || (p.with.length > 0 && p.where.length === 0);
}

export function printPattern(hand: Hand, p: Pattern): string {
  if (p.kind === 'patternRef') return named(hand, p.name);
  return p.kind === 'anyOf' ? `(${printPatterns(hand, p)})` : printEvent(hand, p);
}

export function printPatterns(hand: Hand, p: Pattern): string {
  return p.kind === 'anyOf' ? p.items.map((item) => printPattern(hand, item)).join(` ${keyword(hand, 'or')} `) : printPattern(hand, p);
}

/** The window with the blank before it; nothing for no window. */
export function printWindow(hand: Hand, w: Window | undefined): string {
  if (w === undefined) return '';
  const length = (e: Expression): string => `${printExpression(hand, e)}${inside(hand)}`;
  switch (w.kind) {
    case 'after': {
      const from = w.from === undefined ? '' : `${printExpression(hand, w.from)} ${keyword(hand, 'to')} `;
      return ` ${keyword(hand, 'within')} ${from}${length(w.to)}`;
    }
    case 'by':
      return ` ${keyword(hand, 'by')} ${printExpression(hand, w.instant)}`;
    case 'utterances':
      return ` ${keyword(hand, 'within')} ${w.count} ${word(hand, 'unit', w.unit)}${inside(hand)}`;
    case 'before':
      if (w.utterances !== undefined) return ` ${keyword(hand, 'preceding')} ${w.utterances} ${word(hand, 'unit', 'utt')}${inside(hand)}`;
      return w.length === undefined ? ` ${keyword(hand, 'before')}` : ` ${keyword(hand, 'preceding')} ${length(w.length)}`;
    case 'around':
    case 'firstPart':
    case 'lastPart':
      return ` ${keyword(hand, w.kind)} ${length(w.length)}`;
    case 'until': {
      const latest = w.latest === undefined ? '' : ` ${keyword(hand, 'latest')} ${printExpression(hand, w.latest)}`;
      return ` ${keyword(hand, 'until')} ${printPatterns(hand, w.pattern)}${latest}`;
    }
    default:
      return ` ${keyword(hand, w.kind)}`;
  }
}
