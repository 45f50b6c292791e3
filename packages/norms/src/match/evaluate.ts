import type { Quantity, ResolvedExpression } from '../tree.ts';
import { addWorkingDays, addWorkingTime, timeOfDay } from './calendar.ts';
import { type Exact, exactly, minus, plus, ratio, rounded, times } from './exact.ts';
import { fieldOf, type Scene } from './scene.ts';
import { asValue, type Evaluated, isExact, isUnknown, type Value } from './value.ts';
import type { Cadence } from './world.ts';

/** Milliseconds in a unit of time; a percentage is a hundredth; all other units are plain numbers. */
const unitScale: Readonly<Record<string, Exact>> = {
  s: exactly(1000),
  min: exactly(60_000),
  h: exactly(3_600_000),
  d: exactly(86_400_000),
  pct: { n: 1n, d: 100n },
};

export function quantityOf(quantity: Quantity): Exact {
  const plain = { n: BigInt(quantity.thousandths), d: 1000n };
  const scale = quantity.unit === undefined ? undefined : unitScale[quantity.unit];
  return scale === undefined ? plain : times(plain, scale);
}

/** Whole milliseconds in a thousandth of a unit of time. */
const thousandthMs: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600, d: 86_400 };

/** The value of an expression; what it rests on and cannot be told makes it unknown, with the first reason from the left. */
export function evaluate(expression: ResolvedExpression, scene: Scene): Evaluated {
  switch (expression.kind) {
    case 'str':
    case 'bool':
      return expression.value;
    case 'symbol':
      return expression.name;
    case 'tod':
      return exactly(expression.value);
    case 'quantity':
      return quantityOf(expression);
    case 'listOf':
      return listOf(expression.items, scene);
    case 'clock':
      return exactly(timeOfDay(scene.world.env.calendar, scene.now));
    case 'variable':
      return known(scene.binds[expression.name], expression.name);
    case 'trigField':
      return known(scene.trigger && fieldOf(scene.trigger, expression.field), expression.field);
    case 'attribute':
      return known(scene.attributes[expression.field], expression.field);
    case 'field':
      return { unknown: `missing:${expression.field}` };
    case 'arith':
      return arithmetic(expression.op, evaluate(expression.left, scene), evaluate(expression.right, scene));
    default:
      return scene.measure(expression);
  }
}

function known(field: Parameters<typeof asValue>[0] | undefined, name: string): Evaluated {
  return field === undefined ? { unknown: `missing:${name}` } : asValue(field);
}

function listOf(items: readonly ResolvedExpression[], scene: Scene): Evaluated {
  const values: Value[] = [];
  for (const item of items) {
    const value = evaluate(item, scene);
    if (isUnknown(value)) return value;
    values.push(value);
  }
  return values;
}

function arithmetic(op: '+' | '-' | '*' | '/', left: Evaluated, right: Evaluated): Evaluated {
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  if (!isExact(left) || !isExact(right)) return { unknown: 'no-value' };
  if (op === '+') return plus(left, right);
  if (op === '-') return minus(left, right);
  return op === '*' ? times(left, right) : (ratio(left, right) ?? { unknown: 'no-value' });
}

/** n rings allow `phase + n · P` ms, P one tone and one pause. */
export function ringsAllow(count: number, cadence: Cadence): number {
  return cadence.phaseMs + count * (cadence.onMs + cadence.offMs);
}

/**
 * The instant a length of time after `at` (`sign` 1) or before it (−1); undefined when it cannot be told. Rings follow the
 * cadence, working days and hours the calendar (they cannot be counted backwards).
 */
export function shifted(at: number, length: ResolvedExpression, scene: Scene, sign: 1 | -1 = 1): number | undefined {
  const { calendar, cadence } = scene.world.env;
  if (length.kind === 'quantity') {
    const count = length.thousandths / 1000;
    if (length.unit === 'ring') return at + sign * Math.round(ringsAllow(count, cadence));
    if (length.unit === 'wd') return sign < 0 ? undefined : addWorkingDays(calendar, at, count);
    if (length.unit === 'wh') return sign < 0 ? undefined : addWorkingTime(calendar, at, count * 3_600_000);
    const each = length.unit === undefined ? undefined : thousandthMs[length.unit];
    // exact as it stands: most windows are so many seconds long
    if (each !== undefined) return at + sign * length.thousandths * each;
  }
  const value = evaluate(length, scene);
  if (isUnknown(value) || !isExact(value)) return undefined;
  return at + sign * rounded(value);
}

/** A count or an instant as a plain whole number, or undefined. */
export function wholeNumber(expression: ResolvedExpression, scene: Scene): number | undefined {
  const value = evaluate(expression, scene);
  return isUnknown(value) || !isExact(value) ? undefined : rounded(value);
}
