import type { Verdict } from '@threerings/norms/trace';

/** Values of a verdict; `none`: the duty did not arise. */
export const standings = ['kept', 'broken', 'unknown', 'moot', 'none'] as const;
export type Standing = (typeof standings)[number];

/** How many verdicts of each value. */
export type ValueCounts = Record<Exclude<Standing, 'none'>, number>;

/** How many duties of one norm, in the calls of one unit, went from one value to another. */
export interface Change {
  readonly norm: string;
  /** unit of the agent who had the call; empty where nobody had it */
  readonly unit: string;
  readonly from: Standing;
  readonly to: Standing;
  count: number;
  /** interactions to open, at most `mostExamples`, in alphabetical order */
  examples: string[];
}

/** What judging anew would change. Plain data: it travels between processes and is kept between two runs. */
export interface RejudgeReport {
  calls: number;
  /** calls in which at least one verdict would have another value */
  changedCalls: number;
  norms: Record<string, { readonly before: ValueCounts; readonly after: ValueCounts }>;
  changes: Record<string, Change>;
}

/** The value of one duty, as it was stored or as it comes out now. */
export type Judged = Pick<Verdict, 'norm' | 'key' | 'value'>;

export interface RejudgedCall {
  readonly interaction: string;
  readonly unit: string | undefined;
  readonly before: readonly Judged[];
  readonly after: readonly Judged[];
}

export const mostExamples = 5;

export function emptyReport(): RejudgeReport {
  return { calls: 0, changedCalls: 0, norms: {}, changes: {} };
}

/** Adds one call. The order in which calls are added makes no difference. */
export function addCall(report: RejudgeReport, { interaction, unit = '', before, after }: RejudgedCall): void {
  report.calls += 1;
  for (const { norm, value } of before) countsOf(report, norm).before[value] += 1;
  for (const { norm, value } of after) countsOf(report, norm).after[value] += 1;
  const changed = differences(before, after);
  if (changed.length > 0) report.changedCalls += 1;
  for (const { norm, from, to } of changed) addChange(report, { norm, unit, from, to, count: 1, examples: [interaction] });
}

/** Adds the calls of another report. */
export function merge(report: RejudgeReport, other: RejudgeReport): void {
  report.calls += other.calls;
  report.changedCalls += other.changedCalls;
  for (const [norm, { before, after }] of Object.entries(other.norms)) {
    const own = countsOf(report, norm);
    for (const value of ['kept', 'broken', 'unknown', 'moot'] as const) {
      own.before[value] += before[value];
      own.after[value] += after[value];
    }
  }
  for (const change of Object.values(other.changes)) addChange(report, change);
}

interface Difference {
  readonly norm: string;
  readonly from: Standing;
  readonly to: Standing;
}

function differences(before: readonly Judged[], after: readonly Judged[]): Difference[] {
  const idOf = ({ norm, key }: Judged) => `${norm} ${key}`;
  const was = new Map(before.map((judged) => [idOf(judged), judged]));
  const is = new Map(after.map((judged) => [idOf(judged), judged]));
  const fresh = after.flatMap((judged): Difference[] => {
    const from = was.get(idOf(judged))?.value ?? 'none';
    return from === judged.value ? [] : [{ norm: judged.norm, from, to: judged.value }];
  });
  const gone = before.flatMap((judged): Difference[] =>
    is.has(idOf(judged)) ? [] : [{ norm: judged.norm, from: judged.value, to: 'none' }],
  );
  return [...fresh, ...gone];
}

function countsOf(report: RejudgeReport, norm: string) {
  report.norms[norm] ??= { before: noCounts(), after: noCounts() };
  return report.norms[norm];
}

const noCounts = (): ValueCounts => ({ kept: 0, broken: 0, unknown: 0, moot: 0 });

function addChange(report: RejudgeReport, change: Change): void {
  const key = [change.norm, change.unit, change.from, change.to].join('\t');
  const known = report.changes[key];
  if (known === undefined) {
    report.changes[key] = { ...change, examples: [...change.examples] };
    return;
  }
  known.count += change.count;
  known.examples = [...new Set([...known.examples, ...change.examples])].sort().slice(0, mostExamples);
}
