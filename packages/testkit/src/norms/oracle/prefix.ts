import { attributeEvents, attributes } from '@threerings/norms/attributes';
import { bigrams } from '@threerings/norms/lexical/similarity';
import { repetitionReach, said } from '@threerings/norms/match/anatomy';
import type { Uttered } from '@threerings/norms/match/scene';
import { decided, roleMatches, type World } from '@threerings/norms/match/world';
import type { NormPlan } from '@threerings/norms/monitor/plan';
import type { FieldValue, Source, TraceEvent } from '@threerings/norms/trace';

/** The events that one norm sees, in timeline order, cut after the end of its scope. */
export interface Trace {
  readonly world: World;
  readonly plan: NormPlan;
  readonly events: readonly TraceEvent[];
  readonly ended: boolean;
}

export interface Span {
  readonly id: string;
  readonly index: number;
  readonly from: number;
  to?: number;
  /** index of the closing event */
  last?: number;
  readonly key: string | undefined;
  readonly by: string | undefined;
  readonly event: TraceEvent;
}

export interface KnownGap {
  readonly source: Source;
  readonly from: number;
  to: number;
  readonly reason: string;
}

export function traceOf(world: World, plan: NormPlan, all: readonly TraceEvent[]): Trace {
  const mine = all
    .filter((event) => plan.sources.includes(event.source))
    .sort((one, other) => one.occurredAt - other.occurredAt || one.seq - other.seq);
  const ends = world.scopes.get(plan.norm.scope)?.ends ?? [];
  const end = mine.findIndex((event) => ends.includes(event.type));
  const events = end < 0 ? mine : mine.slice(0, end + 1);
  return { world, plan, events: decided(world, 13) ? events.map((event, i) => goingOn(events, event, i)) : events, ended: end >= 0 };
}

/** An utterance with all that the same side said before it with pauses of at most a second, cut to the last forty characters. */
function goingOn(events: readonly TraceEvent[], event: TraceEvent, i: number): TraceEvent {
  if (event.type !== said || event.text === undefined) return event;
  const parts: TraceEvent[] = [];
  let next = event;
  for (const before of events.slice(0, i).reverse()) {
    if (before.type !== said || before.source !== event.source) continue;
    const end = before.fields['end'];
    if (before.text === undefined || before.by !== next.by || typeof end !== 'number' || next.occurredAt - end > 1000) break;
    parts.unshift(before);
    next = before;
  }
  if (parts.length === 0) return event;
  const text = parts
    .map((part) => part.text)
    .join('')
    .slice(-40);
  return { ...event, before: { text, confidence: Math.min(1, ...parts.map(({ fields }) => Number(fields['confidence'] ?? 1))) } };
}

/** Gaps known after the first `k` events; an open one lasts for ever. */
export function gapsAfter(trace: Trace, k: number): KnownGap[] {
  const gaps: KnownGap[] = [];
  for (const event of trace.events.slice(0, k)) {
    if (event.type === 'source.gap-started') {
      gaps.push({
        source: event.source,
        from: event.occurredAt,
        to: Number.POSITIVE_INFINITY,
        reason: String(event.fields['reason'] ?? 'engine-down'),
      });
    }
    if (event.type === 'source.gap-ended') {
      for (const gap of gaps) if (gap.source === event.source && gap.to === Number.POSITIVE_INFINITY) gap.to = event.occurredAt;
    }
  }
  return gaps;
}

export function gapTouches(gaps: readonly KnownGap[], sources: readonly Source[], from: number, to: number): boolean {
  return gaps.some((gap) => sources.includes(gap.source) && gap.from <= to && gap.to >= from);
}

/** All intervals of a kind that began in the first `k` events, with their ends as far as known there. */
export function spansAfter(trace: Trace, interval: string, k: number): Span[] {
  const spec = trace.world.intervals.get(interval);
  const spans: Span[] = [];
  if (spec === undefined) return spans;
  trace.events.slice(0, k).forEach((event, index) => {
    const value = spec.key === undefined ? undefined : spec.key === 'by' ? event.by : event.fields[spec.key];
    const key = value === undefined ? undefined : String(value);
    if (spec.closes.includes(event.type)) {
      for (const span of spans) {
        if (span.to === undefined && (spec.key === undefined || key === undefined || span.key === key))
          Object.assign(span, { to: event.occurredAt, last: index });
      }
    }
    if (spec.opens.includes(event.type)) {
      const again = spans.some((span) => span.to === undefined && span.key === key) || (spec.once === true && spans.length > 0);
      if (!again) spans.push({ id: event.id, index, from: event.occurredAt, key, by: event.by, event });
    }
  });
  return spans;
}

export function attributesAfter(trace: Trace, k: number): Record<string, FieldValue> {
  const found: Record<string, FieldValue> = {};
  for (const event of trace.events.slice(0, k)) {
    if (!attributeEvents.includes(event.type)) continue;
    for (const name of attributes) {
      const value = event.fields[name];
      if (value !== undefined) found[name] = value;
    }
  }
  return found;
}

export function chargeAfter(trace: Trace, k: number): string | undefined {
  let charge: string | undefined;
  for (const event of trace.events.slice(0, k)) {
    const agent = event.fields['agent'];
    const staffAnswers = event.type === 'call.answered' && event.by !== 'customer';
    const handsOver = ['chat.accepted', 'transfer.completed', 'chat.transferred'].includes(event.type);
    if ((staffAnswers || handsOver) && typeof agent === 'string') charge = agent;
  }
  return charge;
}

/** When the scope began to talk, or its first event if it has not. */
export function startAfter(trace: Trace, k: number): number {
  const begins = trace.world.scopes.get(trace.plan.norm.scope)?.begins ?? [];
  const talk = trace.events.slice(0, k).find((event) => begins.includes(event.type));
  return (talk ?? trace.events[0])?.occurredAt ?? 0;
}

/** Utterances of the last minute before event `i`. */
export function utteredBefore(trace: Trace, i: number): Uttered[] {
  const now = trace.events[i]?.occurredAt ?? 0;
  return trace.events.slice(0, i).flatMap((event) => {
    const reading = event.type === said && event.occurredAt >= now - repetitionReach ? trace.world.readEvent(event) : undefined;
    return reading === undefined ? [] : [{ at: event.occurredAt, by: event.by, grams: bigrams(reading.text.text) }];
  });
}

export const byRole = (trace: Trace, role: string | undefined, event: TraceEvent) => roleMatches(trace.world, role, event.by);
