import type { Truth } from '../operators/kleene.ts';
import type { ResolvedCompare } from '../tree.ts';
import { evaluate } from './evaluate.ts';
import { order } from './exact.ts';
import type { Scene } from './scene.ts';
import { textIn } from './text.ts';
import { type Evaluated, isExact, isFilled, isList, isUnknown, same, type Value } from './value.ts';

export interface Compared {
  readonly value: Truth;
  /** why it cannot be told */
  readonly reason?: string | undefined;
}

const truth = (holds: boolean): Compared => ({ value: holds ? 'T' : 'F' });

/** A comparison with its left side evaluated. A side that cannot be told makes it U, but for 已填 (F) and 为空 (T). */
export function compare(comparison: ResolvedCompare, left: Evaluated, scene: Scene): Compared {
  switch (comparison.op) {
    case 'filled':
      return truth(!isUnknown(left) && isFilled(left));
    case 'empty':
      return truth(isUnknown(left) || !isFilled(left));
    case 'matches':
      return matches(comparison, left, scene);
    default:
      return withRight(comparison, left, scene);
  }
}

function matches(comparison: ResolvedCompare, left: Evaluated, scene: Scene): Compared {
  if (isUnknown(left)) return { value: 'U', reason: left.unknown };
  if (typeof left !== 'string' || comparison.text === undefined) return { value: 'U', reason: 'no-value' };
  const heard = textIn(comparison.text, { reading: scene.world.readText(left), by: undefined }, scene);
  return heard.v === 'U' ? { value: 'U', reason: heard.reason } : truth(heard.v === 'T');
}

function withRight(comparison: ResolvedCompare, left: Evaluated, scene: Scene): Compared {
  if (isUnknown(left)) return { value: 'U', reason: left.unknown };
  const right = comparison.right === undefined ? { unknown: 'no-value' } : evaluate(comparison.right, scene);
  if (isUnknown(right)) return { value: 'U', reason: right.unknown };
  switch (comparison.op) {
    case '=':
      return truth(same(left, right));
    case '!=':
      return truth(!same(left, right));
    case 'in':
      return truth(contained(left, right));
    case 'notin':
      return truth(!contained(left, right));
    case 'contains':
      return truth(isList(left) && (isList(right) ? right : [right]).every((wanted) => contained(wanted, left)));
    case 'between': {
      const upper = comparison.upper === undefined ? { unknown: 'no-value' } : evaluate(comparison.upper, scene);
      if (isUnknown(upper)) return { value: 'U', reason: upper.unknown };
      return ordered(
        left,
        right,
        (sign) => sign >= 0,
        ordered(left, upper, (sign) => sign <= 0),
      );
    }
    case '>':
      return ordered(left, right, (sign) => sign > 0);
    case '<':
      return ordered(left, right, (sign) => sign < 0);
    case '>=':
      return ordered(left, right, (sign) => sign >= 0);
    default:
      return ordered(left, right, (sign) => sign <= 0);
  }
}

/** A value stands in a list, on whichever side the list is. */
function contained(value: Value, list: Value): boolean {
  if (isList(list)) return list.some((item) => same(item, value));
  return isList(value) && value.some((item) => same(item, list));
}

function ordered(left: Value, right: Value, holds: (sign: number) => boolean, and: Compared = truth(true)): Compared {
  if (!isExact(left) || !isExact(right) || and.value === 'U') return { value: 'U', reason: 'no-value' };
  return truth(holds(order(left, right)) && and.value === 'T');
}
