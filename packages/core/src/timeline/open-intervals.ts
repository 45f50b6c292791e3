import type { Instant, TraceEvent } from '@threerings/norms/trace';
import type { IntervalSpec } from '@threerings/norms/vocabulary';
import { vocabulary } from './vocabulary.ts';

/** Intervals that are open after some event: opening instant by `<interval id>/<key>`. Plain data. */
export interface OpenIntervals {
  readonly since: Readonly<Record<string, Instant>>;
  /** intervals of which only the first counts and that have begun already */
  readonly spent: readonly string[];
}

export const noIntervals: OpenIntervals = { since: {}, spent: [] };

type Happening = Pick<TraceEvent, 'type' | 'by' | 'occurredAt' | 'fields'>;

/** The open intervals after one more event. An opening of what is open already changes nothing (law L2). */
export function applyToIntervals(open: OpenIntervals, event: Happening): OpenIntervals {
  if (event.type === 'call.ended' || event.type === 'interaction.closed') return closeAll(open, event.type);
  let since = open.since;
  let spent = open.spent;
  for (const interval of vocabulary.intervals) {
    const slot = slotOf(interval, event);
    if (interval.closes.includes(event.type)) since = without(since, slot);
    if (interval.opens.includes(event.type) && since[slot] === undefined && !spent.includes(interval.id)) {
      since = { ...since, [slot]: event.occurredAt };
      if (interval.once === true) spent = [...spent, interval.id];
    }
  }
  return since === open.since ? open : { since, spent };
}

/** An event that does not name a key (a caller who abandons names no leg) closes every interval of the kind. */
function without(since: OpenIntervals['since'], slot: string): OpenIntervals['since'] {
  const closes = (open: string) => (slot.endsWith('/') ? open.startsWith(slot) : open === slot);
  if (!Object.keys(since).some(closes)) return since;
  return Object.fromEntries(Object.entries(since).filter(([open]) => !closes(open)));
}

/** Work after the call goes on when the call has ended; nothing goes on when the interaction is closed. */
function closeAll(open: OpenIntervals, type: string): OpenIntervals {
  if (type === 'interaction.closed') return { since: {}, spent: open.spent };
  const kept = Object.entries(open.since).filter(([slot]) => slot.startsWith('wrap-up/') || slot.startsWith('away/'));
  return { since: Object.fromEntries(kept), spent: open.spent };
}

export function isOpen(open: OpenIntervals, interval: IntervalSpec, event: Happening): boolean {
  return open.since[slotOf(interval, event)] !== undefined;
}

/** Opening instants of all open intervals of a kind, oldest first. */
export function openOf(open: OpenIntervals, interval: string): readonly Instant[] {
  return Object.entries(open.since)
    .filter(([slot]) => slot.startsWith(`${interval}/`))
    .map(([, at]) => at)
    .sort((one, other) => one - other);
}

function slotOf(interval: IntervalSpec, event: Happening): string {
  if (interval.key === undefined) return `${interval.id}/`;
  const key = interval.key === 'by' ? event.by : event.fields[interval.key];
  return `${interval.id}/${String(key ?? '')}`;
}

/** A stretch of time, `[from, to)` in ms. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** Total length of stretches in ms; where they overlap they count once. */
export function unionLength(stretches: readonly Stretch[]): number {
  const ordered = [...stretches].sort((one, other) => one.from - other.from);
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of ordered) {
    if (to <= reached) continue;
    total += to - Math.max(from, reached);
    reached = to;
  }
  return total;
}

/** All stretches of one kind of interval in events that stand in timeline order; what is open at `end` ends there. */
export function stretchesOf(interval: string, events: readonly Happening[], end: Instant): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let open = noIntervals;
  for (const event of events) {
    const next = applyToIntervals(open, event);
    for (const [slot, from] of Object.entries(open.since)) {
      if (slot.startsWith(`${interval}/`) && next.since[slot] === undefined) stretches.push({ from, to: event.occurredAt });
    }
    open = next;
  }
  for (const from of openOf(open, interval)) stretches.push({ from, to: Math.max(from, end) });
  return stretches;
}
