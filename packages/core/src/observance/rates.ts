import type { Verdict } from '@threerings/norms/trace';

/** Settled verdicts counted by value. Hints are no findings and are not counted. */
export interface Tally {
  readonly kept: number;
  readonly broken: number;
  readonly unknown: number;
  readonly moot: number;
}

export const noVerdicts: Tally = { kept: 0, broken: 0, unknown: 0, moot: 0 };

type Counted = Pick<Verdict, 'value' | 'nature'>;

export function add(tally: Tally, verdict: Counted | undefined, times = 1): Tally {
  if (verdict === undefined || verdict.nature === 'hint') return tally;
  return { ...tally, [verdict.value]: tally[verdict.value] + times };
}

export function tallyOf(verdicts: Iterable<Counted>): Tally {
  let tally = noVerdicts;
  for (const verdict of verdicts) tally = add(tally, verdict);
  return tally;
}

/** 达标率 = kept ÷ (kept + broken); undefined when nothing could be told. Never shown without `judgeableRate`. */
export function complianceRate({ kept, broken }: Tally): number | undefined {
  return ratio(kept, kept + broken);
}

/** 可判率 = (kept + broken) ÷ (kept + broken + unknown): how much could be told at all. */
export function judgeableRate({ kept, broken, unknown }: Tally): number | undefined {
  return ratio(kept + broken, kept + broken + unknown);
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

const heaviestFirst = ['broken', 'unknown', 'kept', 'moot'] as const;

/** One value for a norm over an interaction: broken before unknown before kept before moot; undefined = never triggered. */
export function rollUp(tally: Tally): Verdict['value'] | undefined {
  return heaviestFirst.find((value) => tally[value] > 0);
}
