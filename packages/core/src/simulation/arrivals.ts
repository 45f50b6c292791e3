import { sortedByNumber } from '../routing/sorted.ts';
import { placeSince } from '../routing/waiting-lines.ts';
import { type Chance, drawn, type Lasting } from './chance.ts';

/** A call that comes: when, where to, how long it takes its agent, and how long its caller waits. ms */
export interface Arrival {
  readonly at: number;
  readonly queue: string;
  readonly handleMs: number;
  /** absent = never gives up */
  readonly patienceMs?: number | undefined;
}

/** Calls of one queue that come at random, so many an hour; one figure for all hours, or one for each from the first on. */
export interface Stream {
  readonly queue: string;
  readonly perHour: number | readonly number[];
  readonly handle: Lasting;
  readonly patience?: Lasting | undefined;
}

const hourMs = 3_600_000;

/** The arrivals of all streams in their order. Each stream is a Poisson process: exponential gaps, whatever came before. */
export function* arrivalsOf(streams: readonly Stream[], hours: number, chance: Chance): Generator<Arrival> {
  const due = sortedByNumber<number>();
  const plan = (index: number, from: number) => {
    const stream = streams[index];
    const at = stream === undefined ? undefined : after(stream, from, hours, chance);
    if (at === undefined) return;
    next[index] = at;
    due.set(placeSince(due, Math.round(at)), index);
  };
  const next: number[] = [];
  for (const index of streams.keys()) plan(index, 0);
  for (let key = due.minKey(); key !== undefined; key = due.minKey()) {
    const index = due.get(key) ?? 0;
    const stream = streams[index];
    const at = next[index] ?? 0;
    due.delete(key);
    if (stream === undefined) continue;
    const patienceMs = stream.patience === undefined ? undefined : Math.round(drawn(stream.patience, chance));
    yield { at: Math.round(at), queue: stream.queue, handleMs: Math.round(drawn(stream.handle, chance)), patienceMs };
    plan(index, at);
  }
}

/** The next arrival after `from`. In an hour in which nobody calls, and at its end, the process begins anew: it has no memory. */
function after({ perHour }: Stream, from: number, hours: number, chance: Chance): number | undefined {
  let at = from;
  while (at < hours * hourMs) {
    const hour = Math.floor(at / hourMs);
    const rate = typeof perHour === 'number' ? perHour : (perHour[hour] ?? 0);
    const end = (hour + 1) * hourMs;
    const gap = rate <= 0 ? Number.POSITIVE_INFINITY : drawn({ meanMs: hourMs / rate }, chance);
    if (typeof perHour === 'number' || at + gap < end) return at + gap < hours * hourMs ? at + gap : undefined;
    at = end;
  }
  return undefined;
}
