import { readFile } from 'node:fs/promises';
import { type Arrival, arrivalsOf } from '@threerings/core/simulation/arrivals';
import { chanceFrom } from '@threerings/core/simulation/chance';
import { type SimulatedDay, simulate } from '@threerings/core/simulation/simulate';
import { duration, file, integer, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { readArrivals } from '../simulation/arrivals-file.ts';
import { oneQueueDay, readDay, type SimulatedHouse } from '../simulation/day-file.ts';
import { linesOf, meanOf } from '../simulation/simulation-report.ts';
import { command, type Ended, exit, type RegisteredCommand } from './command.ts';

/** What would have become of a day of calls: routed by the product's own router, in seconds. */
export const simulateCommand: RegisteredCommand = command({
  name: 'simulate',
  summary: 'routes a day of calls as the hotline would, and prints service level, waits, abandonment and occupancy',
  operands: [{ name: 'FILE', help: 'the day as JSON: plan, staff, calls; without one the options tell of one queue', required: false }],
  options: {
    callsPerHour: option(integer(1, 10_000_000), { help: 'calls of an hour, at random', fallback: 60 }),
    handle: option(duration(1000, 86_400_000), { help: 'mean of talk and work after it', fallback: 180_000, shown: '3m' }),
    agents: option(integer(1, 100_000), { help: 'people who answer', fallback: 5 }),
    patience: option(duration(0, 86_400_000), {
      help: 'mean time after which a caller gives up',
      fallback: undefined,
      shown: 'nobody does',
    }),
    hours: option(integer(1, 240), { help: 'length of the day', fallback: 24 }),
    within: option(duration(1000, 600_000), { help: 'an answer within it is in time', fallback: 15_000, shown: '15s' }),
    arrivals: option(file, {
      help: 'CSV at,queue,handle,patience in seconds instead of calls at random',
      fallback: undefined,
      shown: 'calls at random',
    }),
    seed: option(integer(0, 4_294_967_295), { help: 'the same seed gives the same day', fallback: 1 }),
    runs: option(integer(1, 1000), { help: 'days with seeds from this one on; figures are means, ± half of a 95 % interval', fallback: 1 }),
    json: option(yesNo, { help: 'print one JSON line', fallback: false }),
  },
  takesSettings: false,
  async run({ options, operands: [path], terminal }) {
    const house = path === undefined ? oneQueueDay(options) : await readDay(path);
    if ('exit' in house) return house;
    const given = options.arrivals === undefined ? undefined : await readFile(options.arrivals, 'utf8').catch(unreadable);
    const listed = typeof given === 'string' ? readArrivals(given, house.plan) : given;
    if (listed !== undefined && 'fault' in listed) return { exit: exit.usage, message: `${options.arrivals}: ${listed.fault}` };
    const seeds = Array.from({ length: options.runs }, (_, run) => options.seed + run);
    const begin = performance.now();
    const days = seeds.map((seed) => oneDay(house, listed?.arrivals, seed, options.within));
    const seconds = (performance.now() - begin) / 1000;
    if (options.json)
      terminal.print(JSON.stringify({ runs: options.runs, seed: options.seed, seconds: Math.round(seconds * 10) / 10, ...meanOf(days) }));
    else for (const line of linesOf(days, house)) terminal.print(line);
    return { exit: exit.done } satisfies Ended;
  },
});

const unreadable = (error: unknown) => ({ fault: `cannot be read: ${error instanceof Error ? error.message : String(error)}` });

function oneDay(house: SimulatedHouse, listed: readonly Arrival[] | undefined, seed: number, serviceLevelMs: number): SimulatedDay {
  const { plan, calendar, staff, streams, hours, from, warmUpMs, shortAbandonMs } = house;
  const arrivals = listed ?? arrivalsOf(streams, hours, chanceFrom(seed));
  return simulate({ plan, calendar, staff, arrivals, from, serviceLevelMs, shortAbandonMs, warmUpMs });
}
