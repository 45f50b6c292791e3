import { shifted } from '@threerings/norms/match/evaluate';
import { eventsOf } from '@threerings/norms/match/event';
import { ratio, whole } from '@threerings/norms/match/exact';
import type { Measure } from '@threerings/norms/match/scene';
import type { Evaluated } from '@threerings/norms/match/value';
import { sourcesOfType } from '@threerings/norms/match/world';
import type { FieldValue, Source, TraceEvent } from '@threerings/norms/trace';
import type { IntervalMeasure, PatternMeasure, RoleMeasure, Share } from '@threerings/norms/tree';
import { type Anchor, matchAt, sceneAtAnchor } from './anchor.ts';
import { byRole, gapsAfter, gapTouches, spansAfter, type Trace } from './prefix.ts';

type Binds = Readonly<Record<string, FieldValue>>;
const unknown: Evaluated = { unknown: 'no-value' };
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** A measure over `[start, anchor]`, from the events themselves. */
export function naiveMeasure(trace: Trace, anchor: Anchor, binds: Binds, of: Measure): Evaluated {
  const gaps = gapsAfter(trace, anchor.known);
  const blind = (sources: readonly Source[], from: number) => gapTouches(gaps, sources, from, anchor.at);
  switch (of.kind) {
    case 'count':
    case 'since':
      return ofPattern(trace, anchor, binds, of, blind);
    case 'duration':
    case 'longest':
    case 'share':
      return ofInterval(trace, anchor, of, blind);
    default:
      return ofRole(trace, anchor, binds, of, blind);
  }
}

type Blind = (sources: readonly Source[], from: number) => boolean;

function startOf(trace: Trace, anchor: Anchor, binds: Binds, of: PatternMeasure<'resolved'> | RoleMeasure<'resolved'>): number {
  if (of.window?.kind !== 'before' || of.window.length === undefined) return -1;
  return shifted(anchor.at, of.window.length, sceneAtAnchor(trace, anchor, binds), -1) ?? -1;
}

function ofPattern(trace: Trace, anchor: Anchor, binds: Binds, of: PatternMeasure<'resolved'>, blind: Blind): Evaluated {
  const from = startOf(trace, anchor, binds, of);
  const sources = eventsOf(of.pattern).flatMap((one) => sourcesOfType(trace.world, one.type, one.role));
  if (blind(sources, from)) return unknown;
  const past = trace.events.slice(0, anchor.past).map((event, i) => ({ event, i }));
  const matches = past
    .filter(({ event }) => event.occurredAt >= from)
    .map(({ event, i }) => ({ at: event.occurredAt, v: matchAt(trace, anchor, binds, of.pattern, i).v }));
  if (matches.some((match) => match.v === 'U')) return unknown;
  const sure = matches.filter((match) => match.v === 'T');
  if (of.kind === 'count') return whole(sure.length);
  const last = sure.at(-1);
  return last === undefined ? unknown : whole(anchor.at - last.at);
}

function ofInterval(trace: Trace, anchor: Anchor, of: IntervalMeasure | Share, blind: Blind): Evaluated {
  const sources = (interval: string) =>
    (trace.world.intervals.get(interval)?.opens ?? []).flatMap((type) => sourcesOfType(trace.world, type, undefined));
  if (blind([...sources(of.interval), ...(of.kind === 'share' ? sources(of.of) : [])], 0)) return unknown;
  const pieces = (interval: string, role: string | undefined): number[] => {
    const ordered = spansAfter(trace, interval, anchor.known)
      .filter((span) => byRole(trace, role, span.event))
      .map((span): [number, number] => [span.from, span.to ?? anchor.at])
      .sort((one, other) => one[0] - other[0]);
    const union: [number, number][] = [];
    for (const [from, to] of ordered) {
      const last = union.at(-1);
      if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
      else union.push([from, to]);
    }
    return union.map(([from, to]) => to - from);
  };
  const lengths = pieces(of.interval, of.role);
  if (of.kind === 'duration') return whole(sum(lengths));
  if (of.kind === 'longest') return whole(Math.max(0, ...lengths));
  return of.kind === 'share' ? (ratio(whole(sum(lengths)), whole(sum(pieces(of.of, undefined)))) ?? unknown) : unknown;
}

/** 1 where any family of that mood is in the text of an utterance. */
function feeling(trace: Trace, event: TraceEvent, mood: 'positive' | 'negative'): number {
  const hits = trace.world.env.families
    .filter((family) => family.mood === mood)
    .flatMap((family) => trace.world.readEvent(event)?.families.get(family.id) ?? []);
  return hits.some((hit) => hit.guarded === undefined) ? 1 : 0;
}

function ofRole(trace: Trace, anchor: Anchor, binds: Binds, of: RoleMeasure<'resolved'>, blind: Blind): Evaluated {
  const from = startOf(trace, anchor, binds, of);
  if (blind(of.kind === 'rate' || of.kind === 'mood' ? sourcesOfType(trace.world, 'speech.said', of.role) : ['audio'], from))
    return unknown;
  const past = trace.events.slice(0, anchor.past).filter((event) => event.occurredAt >= from);
  const mine = (type: string) => past.filter((event) => event.type === type && byRole(trace, of.role, event));
  const number = (event: TraceEvent, field: string) => Number(event.fields[field]);
  if (of.kind === 'rate') {
    const said = mine('speech.said').filter(
      (event) => typeof event.fields['chars'] === 'number' && typeof event.fields['end'] === 'number',
    );
    const chars = sum(said.map((event) => number(event, 'chars')));
    return ratio(whole(chars * 60_000), whole(sum(said.map((event) => number(event, 'end') - event.occurredAt)))) ?? unknown;
  }
  if (of.kind === 'mood') {
    const said = mine('speech.said').filter((event) => !(number(event, 'confidence') < trace.world.env.minConfidence));
    if (said.some((event) => event.text === undefined)) return unknown;
    const moods = said.map((event) => feeling(trace, event, 'positive') - feeling(trace, event, 'negative'));
    return ratio(whole(sum(moods)), whole(moods.length)) ?? unknown;
  }
  if (of.kind === 'loudness') {
    const levels = mine('speech.level').map((event) => Math.round(number(event, 'level') * 1000));
    return ratio({ n: BigInt(sum(levels)), d: 1000n }, whole(levels.length)) ?? unknown;
  }
  const activity = past.filter((event) => event.type === 'speech.activity-started' || event.type === 'speech.activity-ended');
  const gaps = activity.flatMap((event, i) => {
    if (event.type !== 'speech.activity-started' || !byRole(trace, of.role, event)) return [];
    const earlier = activity.slice(0, i);
    const begun = earlier.findLastIndex((one) => one.type === 'speech.activity-started');
    const stop = earlier.slice(begun + 1).findLast((one) => !byRole(trace, of.role, one));
    return stop === undefined ? [] : [event.occurredAt - stop.occurredAt];
  });
  return ratio(whole(sum(gaps)), whole(gaps.length)) ?? unknown;
}
