import { readFile } from 'node:fs/promises';
import type { RoutedStaff } from '@threerings/core/routing/layout';
import { onlyQueue, readPlan } from '@threerings/core/routing/plan';
import { shippedSettings } from '@threerings/core/settings/defaults';
import type { Stream } from '@threerings/core/simulation/arrivals';
import { unserved } from '@threerings/core/simulation/simulate';
import { simulationSpec } from '@threerings/core/simulation/spec';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import { type Ended, exit } from '../cli/command.ts';

/** Everything of a simulated day but the chance. */
export interface SimulatedHouse {
  readonly plan: HotlinePlan;
  readonly calendar: CalendarTable;
  readonly staff: readonly RoutedStaff[];
  readonly streams: readonly Stream[];
  readonly hours: number;
  readonly from: number;
  readonly warmUpMs: number;
  readonly shortAbandonMs: number;
}

/** Weekdays 08:30–17:30 in China; a simulated day knows no holidays. */
const workingMinutes = [[510, 1050]] as const;
const calendar: CalendarTable = {
  zone: [{ from: 0, offsetMs: 28_800_000 }],
  week: [...Array.from({ length: 5 }, () => workingMinutes), [], []],
  days: {},
  night: [1320, 360],
};

/** One queue in which everybody answers, calls at random. */
export function oneQueueDay(given: {
  readonly callsPerHour: number;
  readonly handle: number;
  readonly agents: number;
  readonly patience: number | undefined;
  readonly hours: number;
}): SimulatedHouse {
  const queue = 'calls';
  const patience = given.patience === undefined ? {} : { patience: { meanMs: given.patience } };
  return {
    plan: onlyQueue(queue),
    calendar,
    staff: people([{ count: given.agents, skills: {} }]),
    streams: [{ queue, perHour: given.callsPerHour, handle: { meanMs: given.handle }, ...patience }],
    hours: given.hours,
    from: 0,
    warmUpMs: 0,
    shortAbandonMs: shippedSettings.shortAbandonMs,
  };
}

/** The day in a file, or everything that is wrong with it, one fault a line. */
export async function readDay(path: string): Promise<SimulatedHouse | Ended> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    return { exit: exit.usage, message: `${path}: expected a day as JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = simulationSpec.safeParse(given);
  if (!read.success)
    return faults(
      path,
      read.error.issues.map(({ path: place, message }) => `${place.join('.')}: expected ${message}`),
    );
  const { plan: written, staff: groups, calls, hours, from, warmUpMs } = read.data;
  const plan = readPlan(written);
  if ('faults' in plan)
    return faults(
      path,
      plan.faults.map(({ place, expected, found }) => `plan.${place}: expected ${expected}, found ${found}`),
    );
  const staff = people(groups);
  const lonely = unserved(plan, staff);
  const unknown = calls.filter(({ queue }) => !plan.queues.some((one) => one.queue === queue));
  const wrong = [
    ...lonely.map((queue) => `plan.queues: ${queue}: expected somebody in staff who serves it`),
    ...unknown.map(({ queue }) => `calls: expected a queue of the plan, found ${queue}`),
  ];
  if (wrong.length > 0) return faults(path, wrong);
  const shortAbandonMs = plan.settings['shortAbandonMs'] ?? shippedSettings.shortAbandonMs;
  return { plan, calendar, staff, streams: calls, hours, from, warmUpMs, shortAbandonMs };
}

function people(groups: readonly { readonly count: number; readonly skills: RoutedStaff['skills'] }[]): RoutedStaff[] {
  const all = groups.flatMap(({ count, skills }) => Array.from({ length: count }, () => skills));
  return all.map((skills, n) => ({ agent: String(n + 1), skills }));
}

function faults(path: string, lines: readonly string[]): Ended {
  return { exit: exit.no, message: lines.map((line) => `${path}: ${line}`).join('\n') };
}
