/** What became of the callers of one queue, or of all. */
export interface Tally {
  offered: number;
  answered: number;
  answeredInTime: number;
  abandoned: number;
  abandonedShort: number;
  /** found no room, or came outside the hours */
  turnedAway: number;
  /** sent on to another queue */
  overflowed: number;
  /** did not find a free agent at once */
  waited: number;
  /** waits of the answered, ms, in the order of their answers */
  readonly waits: number[];
  /** time waited by all who left the queue, answered or not, ms */
  waitedMs: number;
}

export function newTally(): Tally {
  return {
    ...{ offered: 0, answered: 0, answeredInTime: 0, abandoned: 0, abandonedShort: 0, turnedAway: 0, overflowed: 0, waited: 0 },
    ...{ waits: [], waitedMs: 0 },
  };
}

/** The figures that a day is judged by. Shares are 0 to 1; absent = nobody to count. */
export interface QueueFigures {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly turnedAway: number;
  readonly overflowed: number;
  /** answered in time ÷ (answered + abandoned after more than the short time) */
  readonly serviceLevel?: number | undefined;
  /** abandoned ÷ offered */
  readonly abandonment?: number | undefined;
  /** not answered at once ÷ offered */
  readonly waits?: number | undefined;
  /** of all offered, ms */
  readonly meanWaitMs?: number | undefined;
  /** of the answered, ms */
  readonly waitMs?: { readonly p50: number; readonly p90: number; readonly p99: number; readonly longest: number } | undefined;
}

export function figuresOf(tally: Tally): QueueFigures {
  const { offered, answered, abandoned, abandonedShort, turnedAway, overflowed } = tally;
  return {
    ...{ offered, answered, abandoned, turnedAway, overflowed },
    serviceLevel: share(tally.answeredInTime, answered + abandoned - abandonedShort),
    abandonment: share(abandoned, offered),
    waits: share(tally.waited, offered),
    meanWaitMs: share(tally.waitedMs, offered),
    waitMs: percentiles(tally.waits),
  };
}

export function share(part: number, whole: number): number | undefined {
  return whole <= 0 ? undefined : part / whole;
}

function percentiles(waits: readonly number[]): QueueFigures['waitMs'] {
  if (waits.length === 0) return undefined;
  const sorted = Float64Array.from(waits).sort();
  const at = (ratio: number) => sorted[Math.min(sorted.length - 1, Math.ceil(ratio * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), longest: at(1) };
}
