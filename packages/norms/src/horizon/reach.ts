import { slotMaximum } from '../phrases.ts';
import type { Horizon, Reach, ResolvedExpression, ResolvedFormula, ResolvedWindow, Unit } from '../tree.ts';

const nowhere: Horizon = { past: 0, future: 0 };

/** Lengths of the units of time, ms; a ring counts as 5 s here (the engine takes the line's own cadence). */
const unitLength: Partial<Readonly<Record<Unit, number>>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  ring: 5000,
};

const order: readonly Reach[] = ['calendar', 'end', 'ledger'];

function farther(a: Reach, b: Reach): Reach {
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

function widest(parts: readonly Horizon[]): Horizon {
  return parts.reduce((all, part) => ({ past: farther(all.past, part.past), future: farther(all.future, part.future) }), nowhere);
}

/** The longest that an expression of time can be: ms, or what bounds it. */
export function longestOf(e: ResolvedExpression): Reach {
  switch (e.kind) {
    case 'quantity': {
      const unit = e.unit === undefined ? undefined : unitLength[e.unit];
      return unit === undefined ? 'calendar' : (e.thousandths * unit) / 1000;
    }
    case 'variable':
      return slotMaximum[e.name] ?? 'ledger';
    case 'arith':
      return longestOfArith(e.op, e.left, e.right);
    default:
      return 'end';
  }
}

function longestOfArith(op: string, left: ResolvedExpression, right: ResolvedExpression): Reach {
  const factor = (e: ResolvedExpression): number | undefined =>
    e.kind === 'quantity' && e.unit === undefined ? e.thousandths / 1000 : undefined;
  const a = longestOf(left);
  const b = longestOf(right);
  if (op === '*') {
    const [by, length] = factor(left) === undefined ? [factor(right), a] : [factor(left), b];
    return by === undefined || typeof length !== 'number' ? 'ledger' : by * length;
  }
  if (op === '/') {
    const by = factor(right);
    return by === undefined || by === 0 || typeof a !== 'number' ? 'ledger' : a / by;
  }
  if (typeof a !== 'number' || typeof b !== 'number') return farther(a, b);
  return op === '+' ? a + b : a;
}

/** How far a window looks from its anchor. */
export function reachOfWindow(w: ResolvedWindow): Horizon {
  switch (w.kind) {
    case 'after':
      return { past: 0, future: longestOf(w.to) };
    case 'by':
      return { past: 0, future: 'ledger' };
    case 'before':
      return { past: w.length === undefined ? 'end' : longestOf(w.length), future: 0 };
    case 'around':
      return { past: longestOf(w.length), future: longestOf(w.length) };
    case 'firstPart':
      return { past: 'end', future: longestOf(w.length) };
    case 'until':
      return { past: 0, future: w.latest === undefined ? 'end' : longestOf(w.latest) };
    case 'whole':
    case 'lastPart':
      return { past: 'end', future: 'end' };
    case 'utterances':
    case 'toEnd':
    case 'thatTime':
      return { past: 0, future: 'end' };
  }
}

/**
 * How far a formula looks (language.md §9.4). A number is ms; `end` the end of the scope; `ledger` the due instant of a
 * promise; `calendar` working time.
 */
export function reachOf(f: ResolvedFormula): Horizon {
  switch (f.kind) {
    case 'and':
    case 'or':
      return widest(f.items.map((item) => reachOf(item)));
    case 'parts':
      return widest(f.items.map(({ item }) => reachOf(item)));
    case 'not':
    case 'forEach':
      return reachOf(f.item);
    case 'implies':
      return widest([reachOf(f.left), reachOf(f.right)]);
    case 'breach':
      return nowhere;
    case 'compare':
    case 'currently':
    case 'calendar':
      return { past: 'end', future: 0 };
    case 'happens':
    case 'every':
    case 'sequence':
      return reachOfWindow(f.window);
  }
}
