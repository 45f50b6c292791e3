import type { Instant } from '@threerings/norms/trace';
import { complianceRate, judgeableRate } from '../observance/rates.ts';
import { type ConnectionRate, connectionWindowMs, worstConnection } from '../service-level/connection-rate.ts';
import type { FigureOnWire, ReportView } from '../wire/reports.ts';
import type { CallFact } from './call-facts.ts';
import { type CountedFigure, type FigureId, figureIds } from './figure-words.ts';
import { type FigureRule, type FigureValue, figureOf, figureRules, type ReportPolicy, type RowKinds } from './figures.ts';
import { type ReportPeriod, stepMs, stepsOf } from './period.ts';

/** Whose row it is: figures roll up by these. */
export interface Filed<Row> {
  readonly id: string;
  readonly at: Instant;
  readonly row: Row;
  readonly agent?: string | undefined;
  readonly unit?: string | undefined;
  readonly queue?: string | undefined;
  readonly interaction?: string | undefined;
  /** one of its work only: counted, never listed for others */
  readonly secret?: boolean | undefined;
}

export type ReportFacts = { readonly [Kind in keyof RowKinds]: readonly Filed<RowKinds[Kind]>[] };

/** Verdicts that count, by norm, whose they are and where the call came in. */
export interface VerdictTally {
  readonly norm: string;
  readonly agent: string | undefined;
  readonly unit: string | undefined;
  readonly queue: string | undefined;
  readonly kept: number;
  readonly broken: number;
  readonly unknown: number;
}

export interface Reported {
  readonly facts: ReportFacts;
  readonly verdicts: readonly VerdictTally[];
  readonly policy: ReportPolicy;
}

const kinds = Object.keys(figureRules) as (keyof RowKinds)[];

/** Which kind of row a figure counts; undefined for those that the database counts, and for unknown ones. */
export function kindOfFigure(figure: string): keyof RowKinds | undefined {
  return kinds.find((kind) => Object.hasOwn(figureRules[kind], figure));
}

export function ruleOf<Kind extends keyof RowKinds>(kind: Kind, figure: string): FigureRule<RowKinds[Kind]> | undefined {
  const rules: Readonly<Record<string, FigureRule<RowKinds[Kind]>>> = figureRules[kind];
  return rules[figure];
}

/** All figures in the order in which they are shown; `connection-worst` only where a window is given. */
export function figuresOf({ facts, verdicts, policy }: Reported, worst?: ConnectionRate): FigureOnWire[] {
  return figureIds.flatMap((figure) => {
    if (figure === 'connection-worst') return worst === undefined ? [] : [ofWorst(worst)];
    if (figure === 'compliance' || figure === 'judgeable') return [ofVerdicts(figure, verdicts)];
    return [{ figure, ...onWire(counted(figure, facts, policy)) }];
  });
}

function counted(figure: CountedFigure, facts: ReportFacts, policy: ReportPolicy) {
  const kind = kindOfFigure(figure) ?? 'calls';
  return countedIn(kind, figure, facts, policy);
}

function countedIn<Kind extends keyof RowKinds>(kind: Kind, figure: string, facts: ReportFacts, policy: ReportPolicy) {
  const rule = ruleOf(kind, figure);
  if (rule === undefined) throw new Error(`figure ${figure} has no rule`);
  const rows: readonly Filed<RowKinds[Kind]>[] = facts[kind];
  return figureOf(
    rule,
    rows.map(({ row }) => row),
    policy,
  );
}

const onWire = ({ value, part, whole, sums }: FigureValue) => ({
  part,
  ...(value === undefined ? {} : { value }),
  ...(whole === undefined ? {} : { whole }),
  ...(sums === undefined ? {} : { sums }),
});

function ofWorst({ asked, connected }: ConnectionRate): FigureOnWire {
  return { figure: 'connection-worst', part: connected, whole: asked, value: connected / asked };
}

function ofVerdicts(figure: FigureId, tallies: readonly VerdictTally[]): FigureOnWire {
  const sum = (name: 'kept' | 'broken' | 'unknown') => tallies.reduce((all, tally) => all + tally[name], 0);
  const tally = { kept: sum('kept'), broken: sum('broken'), unknown: sum('unknown'), moot: 0 };
  const told = tally.kept + tally.broken;
  if (figure === 'compliance') return { figure, ...onWire({ value: complianceRate(tally), part: tally.kept, whole: told }) };
  return { figure, ...onWire({ value: judgeableRate(tally), part: told, whole: told + tally.unknown }) };
}

/**
 * The lowest connection rate over any 24 hours that end in the period, ms; `before` holds the calls of the 24 hours before it too.
 * Undefined where nobody called.
 */
export function lowestConnection(
  calls: readonly Filed<CallFact>[],
  { from, to }: ReportPeriod,
  policy: ReportPolicy,
): ConnectionRate | undefined {
  const events = calls.flatMap(({ row }) => {
    if (row.direction !== 'in' || row.askedAt === undefined) return [];
    if (row.outcome === 'abandoned' && (row.waitMs ?? 0) <= policy.shortAbandonMs) return [];
    return [{ at: row.askedAt, connected: row.outcome === 'answered' }];
  });
  return worstConnection(events, connectionWindowMs, 1, { from: from - connectionWindowMs, to: Math.min(to, policy.now) });
}

export type Grouping = 'unit' | 'agent' | 'queue';

/**
 * The same figures for each unit, agent or queue that has rows. What belongs to none is left out. `above` names the units that a unit
 * belongs to, itself first: a row counts in each of them.
 */
export function groupsOf(
  { facts, verdicts, policy }: Reported,
  by: Grouping,
  above: (unit: string) => readonly string[] = (unit) => [unit],
): readonly { readonly key: string; readonly figures: FigureOnWire[] }[] {
  const keysOf = (row: Grouped) => {
    const key = row[by];
    return key === undefined ? [] : by === 'unit' ? above(key) : [key];
  };
  const split = {
    calls: splitBy(facts.calls, keysOf),
    shifts: splitBy(facts.shifts, keysOf),
    chats: splitBy(facts.chats, keysOf),
    promises: splitBy(facts.promises, keysOf),
    tickets: splitBy(facts.tickets, keysOf),
    appeals: splitBy(facts.appeals, keysOf),
    verdicts: splitBy(verdicts, keysOf),
  };
  const keys = new Set(Object.values(split).flatMap((rows) => [...rows.keys()]));
  const own = (key: string): Reported => ({
    facts: {
      calls: split.calls.get(key) ?? [],
      shifts: split.shifts.get(key) ?? [],
      chats: split.chats.get(key) ?? [],
      promises: split.promises.get(key) ?? [],
      tickets: split.tickets.get(key) ?? [],
      appeals: split.appeals.get(key) ?? [],
    },
    verdicts: split.verdicts.get(key) ?? [],
    policy,
  });
  return [...keys].sort().map((key) => ({ key, figures: figuresOf(own(key)) }));
}

type Grouped = { readonly [name in Grouping]?: string | undefined };

function splitBy<Row extends Grouped>(rows: readonly Row[], keysOf: (row: Row) => readonly string[]) {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  }
  return groups;
}

/** What came in, was answered and given up in each half hour of a day, or day of a longer period. */
export function stepCounts(calls: readonly Filed<CallFact>[], period: ReportPeriod, policy: ReportPolicy): ReportView['steps'] {
  const steps = stepsOf(period).map((at) => ({ at, offered: 0, answered: 0, abandoned: 0 }));
  const rules = figureRules.calls;
  for (const { at, row } of calls) {
    const step = steps[Math.floor((at - period.from) / stepMs(period.kind))];
    if (step === undefined) continue;
    for (const name of ['offered', 'answered', 'abandoned'] as const) if (rules[name]?.part(row, policy)) step[name] += 1;
  }
  return steps;
}

/** Calls that asked for a person by half hour of the day, Monday first: 7 × 48 counts of a longer period. */
export function halfHourLoad(calls: readonly Filed<CallFact>[], { zoneOffsetMs }: ReportPeriod, policy: ReportPolicy): number[][] {
  const load = Array.from({ length: 7 }, () => new Array<number>(48).fill(0));
  for (const { at, row } of calls) {
    if (figureRules.calls['offered']?.part(row, policy) !== true) continue;
    const local = at + zoneOffsetMs;
    const day = load[(Math.floor(local / dayMs) + thursday) % 7];
    const slot = Math.floor((local % dayMs) / halfHourMs);
    if (day?.[slot] !== undefined) day[slot] += 1;
  }
  return load;
}

const dayMs = 86_400_000;
const halfHourMs = 1_800_000;
/** 1970-01-01 was one: Mondays are the days before it by three. */
const thursday = 3;
