import type { ResolvedFormula } from '../tree.ts';

/** What a comparison of two yes-or-no constants says; a parameter that switches a part on or off leaves one behind. */
function constant(f: ResolvedFormula): boolean | undefined {
  if (f.kind !== 'compare' || (f.op !== '=' && f.op !== '!=')) return undefined;
  const { left, right } = f;
  if (left.kind !== 'bool' || right?.kind !== 'bool') return undefined;
  return (left.value === right.value) === (f.op === '=');
}

/**
 * Without what a constant has decided already: `是 为 否 或 φ` is φ, and a part that always holds is none. So nobody is asked for a part that
 * the pack switched off, and no explanation says “true is false”. At least one item stays.
 */
export function withoutConstants(f: ResolvedFormula): ResolvedFormula {
  switch (f.kind) {
    case 'and':
    case 'or': {
      const decides = f.kind === 'or';
      const decided = f.items.find((item) => constant(item) === decides);
      const items = decided === undefined ? f.items.filter((item) => constant(item) === undefined) : [decided];
      const [only = f.items[0]] = items;
      if (only !== undefined && items.length <= 1) return only;
      return Object.freeze({ ...f, items: Object.freeze(items) });
    }
    case 'parts': {
      const items = f.items.filter(({ item }) => constant(item) !== true);
      return f.need !== 'all' || items.length === 0 ? f : Object.freeze({ ...f, items: Object.freeze(items) });
    }
    default:
      return f;
  }
}
