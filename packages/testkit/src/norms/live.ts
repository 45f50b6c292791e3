import { allSourcesEnded, verdictsOf } from '@threerings/norms/judge';
import { advance, type Output, start, step } from '@threerings/norms/monitor/engine';
import type { State } from '@threerings/norms/monitor/state';
import type { Program } from '@threerings/norms/program';
import type { Source, TraceEvent, Verdict } from '@threerings/norms/trace';
import { pick, type Random } from './random.ts';

export interface LiveOptions {
  /** the state goes through text and back after every call, as if the process had died there */
  readonly crashAlways?: boolean;
}

/**
 * A timeline as it arrives in life: each source delivers in its own order with its own delay, watermarks move when they like and as
 * far as they may, the shell wakes up or does not, the process dies now and then. Returns the verdicts, in judging order.
 */
export function deliverLive(program: Program, events: readonly TraceEvent[], random: Random, options: LiveOptions = {}): Verdict[] {
  const queues = new Map<Source, TraceEvent[]>();
  for (const event of [...events].sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq)) {
    const queue = queues.get(event.source);
    if (queue === undefined) queues.set(event.source, [event]);
    else queue.push(event);
  }
  const out: Output[] = [];
  let state = start(program);
  const crash = (): State => JSON.parse(JSON.stringify(state)) as State;
  const take = (outputs: readonly Output[]) => {
    out.push(...outputs);
    if (options.crashAlways === true || random() < 0.15) state = crash();
  };
  while (queues.size > 0) {
    const source = pick(random, [...queues.keys()]);
    const queue = queues.get(source) ?? [];
    let burst = 1 + Math.floor(random() * 3);
    let last = state.marks[source] ?? -1;
    for (; burst > 0 && queue.length > 0; burst--) {
      const event = queue.shift();
      if (event === undefined) break;
      last = event.occurredAt;
      take(step(program, state, event));
    }
    const next = queue[0];
    if (next === undefined) queues.delete(source);
    if (random() < 0.7) take(advance(program, state, { [source]: markBetween(last, next?.occurredAt, random) }));
  }
  const ends = Object.entries(allSourcesEnded(program)).sort(() => random() - 0.5);
  for (const [source, mark] of ends) take(advance(program, state, { [source]: mark }));
  return verdictsOf(out);
}

/** A watermark that promises no more than is true: before the last event, at it, or up to just before the next. */
function markBetween(last: number, next: number | undefined, random: Random): number {
  const highest = next === undefined ? last : next - 1;
  const lowest = last - 1;
  return Math.min(highest, lowest + Math.floor(random() * Math.max(1, highest - lowest + 2)));
}
