/**
 * Exact numbers: numerator and denominator as whole numbers, the denominator positive. Ratios and rates are compared by cross
 * multiplication and never divided, so that no judgement depends on rounding.
 */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
}

export function whole(n: number | bigint): Exact {
  return { n: BigInt(n), d: 1n };
}

/** A stored number has at most three decimals: it is read as whole thousandths. */
export function exactly(value: number): Exact {
  return Number.isInteger(value) ? whole(value) : { n: BigInt(Math.round(value * 1000)), d: 1000n };
}

/** `part / of`, or undefined when `of` is 0. */
export function ratio(part: Exact, of: Exact): Exact | undefined {
  if (of.n === 0n) return undefined;
  const n = part.n * of.d;
  const d = part.d * of.n;
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

export function plus(one: Exact, other: Exact): Exact {
  return { n: one.n * other.d + other.n * one.d, d: one.d * other.d };
}

export function minus(one: Exact, other: Exact): Exact {
  return plus(one, { n: -other.n, d: other.d });
}

export function times(one: Exact, other: Exact): Exact {
  return { n: one.n * other.n, d: one.d * other.d };
}

/** Negative, zero or positive as `one` is less than, equal to or greater than `other`. */
export function order(one: Exact, other: Exact): number {
  const difference = one.n * other.d - other.n * one.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest whole number; a half goes up. */
export function rounded(value: Exact): number {
  const twice = value.n * 2n + value.d;
  const by = value.d * 2n;
  const quotient = twice / by;
  return Number(twice < 0n && quotient * by !== twice ? quotient - 1n : quotient);
}
