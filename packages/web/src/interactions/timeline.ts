import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import type { InteractionDetail } from '@threerings/core/wire/interactions';
import { instanceOf } from '../live/fold.ts';

/** The stretch of time that the lanes and the waveform show, both ends instants. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

/**
 * From the first event or the begin of the recording to the last of either; never empty.
 * @param until reaches at least to here: the present, while the call goes on
 */
export function extentOf(detail: Pick<InteractionDetail, 'row' | 'recording'>, events: readonly WireEvent[], until = 0): Extent {
  const { row, recording } = detail;
  const times = [row.startedAt, ...events.map((event) => event.occurredAt)];
  if (row.endedAt !== undefined) times.push(row.endedAt);
  if (recording !== undefined) times.push(recording.startedAt, recording.startedAt + recording.durationMs);
  const from = Math.min(...times);
  return { from, to: Math.max(...times, until, from + 1000) };
}

/** Where an instant lies in an extent, 0–1. */
export function shareOf(extent: Extent, at: number): number {
  return Math.min(1, Math.max(0, (at - extent.from) / (extent.to - extent.from)));
}

export type IntervalKind = 'queue' | 'ringing' | 'hold' | 'mute' | 'wrap-up';

export interface Interval {
  readonly kind: IntervalKind;
  readonly from: number;
  readonly to: number;
}

const openers: Readonly<Record<string, IntervalKind>> = {
  'call.queued': 'queue',
  'call.ringing': 'ringing',
  'hold.started': 'hold',
  'mute.on': 'mute',
  'wrapup.started': 'wrap-up',
};

const closers: Readonly<Record<IntervalKind, ReadonlySet<string>>> = {
  queue: new Set(['call.dequeued', 'call.answered', 'call.abandoned', 'call.ended']),
  ringing: new Set(['call.ring-stopped', 'call.answered', 'call.no-answer', 'call.declined', 'call.abandoned', 'call.ended']),
  hold: new Set(['hold.resumed', 'call.ended']),
  mute: new Set(['mute.off', 'call.ended']),
  'wrap-up': new Set(['wrapup.ended', 'interaction.closed']),
};

/** What the line did, as stretches. One that is still open reaches to `until`. */
export function intervalsOf(events: readonly WireEvent[], until: number): Interval[] {
  const open = new Map<IntervalKind, number>();
  const intervals: Interval[] = [];
  for (const event of events) {
    for (const [kind, from] of open) {
      if (!closers[kind].has(event.type)) continue;
      intervals.push({ kind, from, to: event.occurredAt });
      open.delete(kind);
    }
    const opens = openers[event.type];
    if (opens !== undefined && !open.has(opens)) open.set(opens, event.occurredAt);
  }
  for (const [kind, from] of open) intervals.push({ kind, from, to: until });
  return intervals.sort((a, b) => a.from - b.from);
}

/** The instant from which a verdict is best heard: its first witness, else where it settled. */
export function witnessInstant(verdict: WireVerdict, events: readonly WireEvent[]): number {
  const ids = new Set(verdict.witnesses.map((witness) => witness.event));
  const times = events.filter((event) => ids.has(event.id)).map((event) => event.occurredAt);
  return times.length === 0 ? verdict.at : Math.min(...times);
}

/** The verdict after (`1`) or before (`-1`) the chosen one in time order; from nothing chosen the first or last. */
export function neighbour(verdicts: readonly WireVerdict[], chosen: string | undefined, step: 1 | -1): WireVerdict | undefined {
  const inTime = [...verdicts].filter((verdict) => verdict.value !== 'moot').sort((a, b) => a.at - b.at);
  const at = inTime.findIndex((verdict) => instanceOf(verdict) === chosen);
  if (at < 0) return step === 1 ? inTime[0] : inTime.at(-1);
  return inTime[Math.min(inTime.length - 1, Math.max(0, at + step))];
}
