import type { Formula, Happens, Parts, Window } from '../tree.ts';
import {
  atLeastItems,
  endsOpen,
  field,
  type Hand,
  keyword,
  printComparison,
  printExpression,
  printPattern,
  printPatterns,
  printRole,
  printWindow,
  quoted,
  separator,
  word,
} from './print-terms.ts';

/** How tightly the place binds: whatever binds less gets brackets. */
const loose = 0;
const inOr = 1;
const inAnd = 2;
const tight = 3;

const binding: Readonly<Record<string, number>> = { implies: 0, or: 1, and: 2, forEach: 2 };

/** The formula as text; `place` says where it stands (0 = alone). */
export function printFormula(hand: Hand, f: Formula, place = loose): string {
  const text = printBare(hand, f);
  const bracketed = (binding[f.kind] ?? tight) < place || (place > loose && swallowsOr(f));
  return bracketed ? `(${text})` : text;
}

/** `直到 A` without a latest time takes a following 或 for its own. */
function swallowsOr(f: Formula): boolean {
  switch (f.kind) {
    case 'happens':
    case 'every':
    case 'sequence':
      return isOpenUntil(f.window);
    case 'not':
      return f.item.kind === 'happens' && isOpenUntil(f.item.window);
    default:
      return false;
  }
}

function isOpenUntil(w: Window | undefined): boolean {
  return w?.kind === 'until' && w.latest === undefined;
}

function printBare(hand: Hand, f: Formula): string {
  switch (f.kind) {
    case 'implies':
      return `${printFormula(hand, f.left, inOr)} ${keyword(hand, 'implies')} ${printFormula(hand, f.right, inOr)}`;
    case 'or':
      return f.items.map((item) => printFormula(hand, item, inAnd)).join(` ${keyword(hand, 'or')} `);
    case 'and':
      return f.items.map((item) => printFormula(hand, item, tight)).join(` ${keyword(hand, 'and')} `);
    case 'not':
      return printNot(hand, f.item);
    case 'parts':
      return printParts(hand, f);
    case 'forEach':
      return `${keyword(hand, 'forEach')} ${field(hand, f.name)} ${keyword(hand, 'in')} ${printExpression(hand, f.list)}: ${printFormula(hand, f.item, tight)}`;
    case 'every':
      return `${keyword(hand, 'every')} ${printExpression(hand, f.period)} ${printPattern(hand, f.pattern)}${printWindow(hand, f.window)}`;
    case 'sequence': {
      const items = f.items.map((p) => (endsOpen(p) ? `(${printPatterns(hand, p)})` : printPatterns(hand, p)));
      return `${keyword(hand, 'sequence')} [${items.join(separator(hand))}]${printWindow(hand, f.window)}`;
    }
    case 'currently':
      return `${keyword(hand, 'currently')} ${printRole(hand, f.role)}${word(hand, 'interval', f.interval)}`;
    case 'calendar':
      return `${keyword(hand, 'calendar')} ${word(hand, 'calendar', f.name)}`;
    case 'compare':
      return printComparison(hand, printExpression(hand, f.left), f);
    case 'happens':
      return printHappens(hand, f);
    case 'breach':
      return keyword(hand, 'breach');
  }
}

function printNot(hand: Hand, item: Formula): string {
  if (item.kind === 'happens') return `${keyword(hand, 'no')} ${printHappens(hand, item)}`;
  const bare = item.kind === 'compare' ? printBare(hand, item) : `(${printBare(hand, item)})`;
  return `${keyword(hand, 'not')} ${bare}`;
}

function printHappens(hand: Hand, f: Happens): string {
  const count = f.count === undefined ? '' : ` ${keyword(hand, f.count.op)} ${printExpression(hand, f.count.n)} ${keyword(hand, 'times')}`;
  return `${printPattern(hand, f.pattern)}${count}${printWindow(hand, f.window)}`;
}

function printParts(hand: Hand, f: Parts): string {
  const need = typeof f.need === 'number' ? atLeastItems(hand, f.need) : keyword(hand, f.need === 'all' ? 'parts' : 'any');
  const items = f.items.map(({ label, item }) => {
    const text = printFormula(hand, item);
    const isLabelLike = label === undefined && /^["“]/.test(text);
    return `${label === undefined ? '' : `${quoted(label)} `}${isLabelLike || endsWithFields(item) ? `(${text})` : text}`;
  });
  return `${need} [${items.join(separator(hand))}]`;
}

/** Would the comma of the list be read as part of the last pattern? */
function endsWithFields(f: Formula): boolean {
  switch (f.kind) {
    case 'happens':
      return f.window === undefined ? f.count === undefined && endsOpen(f.pattern) : windowEndsOpen(f.window);
    case 'every':
      return f.window === undefined ? endsOpen(f.pattern) : windowEndsOpen(f.window);
    case 'sequence':
      return f.window !== undefined && windowEndsOpen(f.window);
    case 'and':
    case 'or': {
      const last = f.items[f.items.length - 1];
      return last !== undefined && endsWithFields(last);
    }
    case 'implies':
      return endsWithFields(f.right);
    case 'not':
    case 'forEach':
      return endsWithFields(f.item);
    default:
      return false;
  }
}

function windowEndsOpen(w: Window): boolean {
  return w.kind === 'until' && w.latest === undefined && endsOpen(w.pattern);
}
