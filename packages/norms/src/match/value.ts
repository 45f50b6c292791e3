import type { FieldValue } from '../trace.ts';
import { type Exact, exactly, order } from './exact.ts';

/** A value in an expression. */
export type Value = Exact | string | boolean | readonly Value[];

/** It cannot be told; the reason becomes the reason of the verdict. */
export interface Unknown {
  readonly unknown: string;
}

export type Evaluated = Value | Unknown;

export function isUnknown(value: Evaluated): value is Unknown {
  return typeof value === 'object' && 'unknown' in value;
}

export function isExact(value: Value): value is Exact {
  return typeof value === 'object' && 'd' in value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function asValue(field: FieldValue): Value {
  if (typeof field === 'number') return exactly(field);
  return typeof field === 'object' ? [...field] : field;
}

/** Equal as values: numbers by size, lists item by item. */
export function same(one: Value, other: Value): boolean {
  if (isList(one) || isList(other)) {
    return isList(one) && isList(other) && one.length === other.length && one.every((item, i) => same(item, other[i] ?? ''));
  }
  if (isExact(one) || isExact(other)) return isExact(one) && isExact(other) && order(one, other) === 0;
  return one === other;
}

export function isFilled(value: Value): boolean {
  return value !== '' && !(isList(value) && value.length === 0);
}
