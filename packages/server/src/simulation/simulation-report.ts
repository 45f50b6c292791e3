import type { QueueFigures } from '@threerings/core/simulation/figures';
import type { SimulatedDay } from '@threerings/core/simulation/simulate';
import type { SimulatedHouse } from './day-file.ts';

/** A figure over all runs: its mean, and half of the interval in which the true one lies with 95 %; absent with one run. */
interface Mean {
  readonly mean: number;
  readonly plusMinus?: number | undefined;
}

type Row = Readonly<Record<string, Mean | undefined>>;

/** All figures as means over the runs. */
export function meanOf(days: readonly SimulatedDay[]): { readonly all: Row; readonly queues: Readonly<Record<string, Row>> } {
  const queues = Object.keys(days[0]?.queues ?? {});
  const occupancy = mean(days.flatMap((day) => day.occupancy ?? []));
  return {
    all: { ...rowOf(days.map((day) => day.all)), occupancy },
    queues: Object.fromEntries(queues.map((queue) => [queue, rowOf(days.flatMap((day) => day.queues[queue] ?? []))])),
  };
}

/** A table for a terminal: a line for each queue, and one for all. */
export function linesOf(days: readonly SimulatedDay[], { plan, staff }: SimulatedHouse): readonly string[] {
  const { all, queues } = meanOf(days);
  const rows = plan.queues.length > 1 ? [...Object.entries(queues), ['all', all] as const] : [['all', all] as const];
  const width = Math.max(8, ...rows.map(([name]) => name.length));
  const cells = (cell: (row: Row) => string) => rows.map(([, row]) => cell(row));
  const columns: readonly (readonly [string, readonly string[]])[] = [
    ['offered', cells((row) => count(row['offered']))],
    ['answered', cells((row) => count(row['answered']))],
    ['abandoned', cells((row) => percent(row['abandonment']))],
    ['turned away', cells((row) => count(row['turnedAway']))],
    ['overflow', cells((row) => count(row['overflowed']))],
    ['in time', cells((row) => percent(row['serviceLevel']))],
    ['mean wait', cells((row) => seconds(row['meanWaitMs']))],
    ['p50', cells((row) => seconds(row['p50']))],
    ['p90', cells((row) => seconds(row['p90']))],
    ['p99', cells((row) => seconds(row['p99']))],
  ];
  const pad = (text: string, [head, column]: (typeof columns)[number]) =>
    text.padStart(Math.max(head.length, ...column.map((one) => one.length)) + 2);
  return [
    `${''.padEnd(width)}${columns.map((column) => pad(column[0], column)).join('')}`,
    ...rows.map(([name], n) => `${name.padEnd(width)}${columns.map((column) => pad(column[1][n] ?? '', column)).join('')}`),
    `occupancy of ${staff.length} agents: ${percent(all['occupancy'])}`,
  ];
}

function rowOf(figures: readonly QueueFigures[]): Row {
  const over = (pick: (one: QueueFigures) => number | undefined) => mean(figures.flatMap((one) => pick(one) ?? []));
  return {
    offered: over((one) => one.offered),
    answered: over((one) => one.answered),
    abandoned: over((one) => one.abandoned),
    turnedAway: over((one) => one.turnedAway),
    overflowed: over((one) => one.overflowed),
    serviceLevel: over((one) => one.serviceLevel),
    abandonment: over((one) => one.abandonment),
    waits: over((one) => one.waits),
    meanWaitMs: over((one) => one.meanWaitMs),
    p50: over((one) => one.waitMs?.p50),
    p90: over((one) => one.waitMs?.p90),
    p99: over((one) => one.waitMs?.p99),
    longest: over((one) => one.waitMs?.longest),
  };
}

/** 97.5 % points of Student's t for 1 to 30 degrees of freedom; beyond them the normal one. */
const studentT = [
  ...[12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13],
  ...[2.12, 2.11, 2.1, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04],
];

/** The mean of independent runs with its 95 % confidence interval. */
export function mean(values: readonly number[]): Mean | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const average = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { mean: average };
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / (n - 1);
  return { mean: average, plusMinus: (studentT[n - 2] ?? 1.96) * Math.sqrt(variance / n) };
}

function shown(figure: Mean | undefined, scale: number, digits: number, unit: string): string {
  if (figure === undefined) return '–';
  const around = figure.plusMinus === undefined ? '' : ` ±${(figure.plusMinus * scale).toFixed(digits)}`;
  return `${(figure.mean * scale).toFixed(digits)}${around}${unit}`;
}

const count = (figure: Mean | undefined) => shown(figure, 1, 0, '');
const percent = (figure: Mean | undefined) => shown(figure, 100, 1, ' %');
const seconds = (figure: Mean | undefined) => shown(figure, 0.001, 1, ' s');
