import type { WireVerdict } from '@threerings/core/wire/events';

export interface Tally {
  readonly kept: number;
  readonly broken: number;
  readonly unknown: number;
  readonly moot: number;
}

/** Findings only: a hint is never counted. */
export function tallyOf(verdicts: readonly WireVerdict[]): Tally {
  const count = { kept: 0, broken: 0, unknown: 0, moot: 0 };
  for (const verdict of verdicts) if (verdict.nature === 'finding') count[verdict.value] += 1;
  return count;
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = { kept: 0, broken: 0, unknown: 0, moot: 0 };
  for (const tally of tallies) for (const value of ['kept', 'broken', 'unknown', 'moot'] as const) sum[value] += tally[value];
  return sum;
}

const order = { broken: 0, unknown: 1, kept: 2, moot: 3 } as const;

/** What needs a look comes first, each group by time. */
export function verdictsInReadingOrder(verdicts: readonly WireVerdict[]): WireVerdict[] {
  return [...verdicts].sort((a, b) => order[a.value] - order[b.value] || a.at - b.at);
}

export interface Rates {
  /** 达标率: kept ÷ (kept + broken); absent when nothing could be told */
  readonly kept: number | undefined;
  /** 可判率: (kept + broken) ÷ (kept + broken + unknown); absent when there was nothing to tell */
  readonly judgeable: number | undefined;
}

export function ratesOf(counts: Pick<Tally, 'kept' | 'broken' | 'unknown'>): Rates {
  const told = counts.kept + counts.broken;
  const all = told + counts.unknown;
  return { kept: told === 0 ? undefined : counts.kept / told, judgeable: all === 0 ? undefined : told / all };
}

/** One decimal, rounded down: 99.96 % is not yet 100 %. */
export function percent(share: number | undefined): string {
  return share === undefined ? '—' : `${(Math.floor(share * 1000 + 1e-9) / 10).toFixed(1)}%`;
}
