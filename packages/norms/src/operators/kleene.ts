/**
 * What is known of a formula: true, false, cannot be told (for good), or still open. Strong Kleene tables, with `?` for open:
 * an unknown never breaks and never keeps by itself, it loses against a decisive neighbour.
 */
export type Truth = 'T' | 'F' | 'U';
export type Knowledge = Truth | '?';

export function and(values: readonly Knowledge[]): Knowledge {
  if (values.includes('F')) return 'F';
  if (values.includes('?')) return '?';
  return values.includes('U') ? 'U' : 'T';
}

export function or(values: readonly Knowledge[]): Knowledge {
  if (values.includes('T')) return 'T';
  if (values.includes('?')) return '?';
  return values.includes('U') ? 'U' : 'F';
}

export function not(value: Knowledge): Knowledge {
  if (value === 'T') return 'F';
  return value === 'F' ? 'T' : value;
}

/** T when `need` are T; F when too few can still become T; open while any is; else U. */
export function atLeast(need: number, values: readonly Knowledge[]): Knowledge {
  const count = (wanted: Knowledge) => values.filter((value) => value === wanted).length;
  const sure = count('T');
  const open = count('?');
  if (sure >= need) return 'T';
  if (sure + open + count('U') < need) return 'F';
  return open > 0 ? '?' : 'U';
}
