import { queueNamed } from '@threerings/core/routing/plan';
import type { Arrival } from '@threerings/core/simulation/arrivals';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';

const header = 'at,queue,handle,patience';
/** Beyond it the waits of a day would not fit into memory. */
const mostArrivals = 20_000_000;

/** Calls that were listed: seconds since the beginning of the day, queue, handling and patience in seconds (empty = never gives up). */
export function readArrivals(text: string, plan: HotlinePlan): { readonly arrivals: readonly Arrival[] } | { readonly fault: string } {
  const [first = '', ...lines] = text.trimEnd().split(/\r?\n/);
  if (first.trim() !== header) return { fault: `1: expected the header ${header}, found ${first.slice(0, 60)}` };
  if (lines.length > mostArrivals) return { fault: `expected at most ${mostArrivals} calls` };
  const arrivals: Arrival[] = [];
  for (const [n, line] of lines.entries()) {
    const [at, queue = '', handle, patience = ''] = line.split(',');
    const arrival = { at: ms(at), queue, handleMs: ms(handle), ...(patience.trim() === '' ? {} : { patienceMs: ms(patience) }) };
    const wrong = [arrival.at, arrival.handleMs, arrival.patienceMs].some((value) => value !== undefined && !(value >= 0));
    if (wrong) return { fault: `${n + 2}: expected ${header} with seconds, found ${line.slice(0, 60)}` };
    if (queueNamed(plan, queue) === undefined) return { fault: `${n + 2}: expected a queue of the plan, found ${queue}` };
    arrivals.push(arrival);
  }
  return { arrivals: arrivals.sort((one, other) => one.at - other.at) };
}

function ms(seconds: string | undefined): number {
  return seconds === undefined || seconds.trim() === '' ? Number.NaN : Math.round(Number(seconds) * 1000);
}
