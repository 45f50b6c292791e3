import { levelReading, said } from '../match/anatomy.ts';
import { shifted } from '../match/evaluate.ts';
import { eventsOf } from '../match/event.ts';
import { type Exact, ratio, whole } from '../match/exact.ts';
import type { Measure, Scene } from '../match/scene.ts';
import type { Evaluated } from '../match/value.ts';
import { sourcesOfType } from '../match/world.ts';
import { overflow } from '../reasons.ts';
import type { Instant, Source } from '../trace.ts';
import type { IntervalMeasure, PatternMeasure, ResolvedWindow, RoleMeasure, Share } from '../tree.ts';
import { gapTouching, measured, type UnionPlan } from './facts.ts';
import { noGauge, noMemory, recalled } from './memory.ts';
import type { NormPlan } from './plan.ts';
import type { Facts, Past } from './state.ts';

/** Where measures are taken: at the anchor of a duty, over the past that the norm has kept. */
export interface Vantage {
  readonly plan: NormPlan;
  readonly past: Past;
  readonly facts: Facts;
  readonly unions: readonly UnionPlan[];
  readonly at: Instant;
  /** without measures: a measure inside a measure is unknown */
  readonly scene: Scene;
}

/** A measure over the past of the anchor; a gap that touches its stretch makes it unknown (language.md §8.6). */
export function measure(of: Measure, from: Vantage): Evaluated {
  switch (of.kind) {
    case 'count':
    case 'since':
      return ofPattern(of, from);
    case 'duration':
    case 'longest':
    case 'share':
      return ofInterval(of, from);
    default:
      return ofRole(of, from);
  }
}

const missing: Evaluated = { unknown: 'no-value' };

function startOf(window: ResolvedWindow | undefined, { at, scene }: Vantage): Instant {
  if (window?.kind !== 'before' || window.length === undefined) return -1;
  return shifted(at, window.length, scene, -1) ?? -1;
}

/** Most calls have no gap, and then nobody needs to know the sources. */
function gapIn(sources: () => readonly Source[], start: Instant, { facts, at }: Vantage): Evaluated | undefined {
  if (facts.gaps.length === 0) return undefined;
  const gap = gapTouching(facts, sources(), start, at);
  return gap && { unknown: `gap:${gap.reason}` };
}

function ofPattern(of: PatternMeasure<'resolved'>, vantage: Vantage): Evaluated {
  const { plan, past, scene, at } = vantage;
  const start = startOf(of.window, vantage);
  const gap = gapIn(() => eventsOf(of.pattern).flatMap((one) => sourcesOfType(scene.world, one.type, one.role)), start, vantage);
  if (gap !== undefined) return gap;
  const index = plan.memoryOf.get(of) ?? -1;
  const memoryPlan = plan.memories[index];
  if (memoryPlan === undefined) return missing;
  const memory = past.memories[index] ?? noMemory;
  let { sure, last } = memory;
  let why = memory.why;
  if (memoryPlan.keep !== 'tally') {
    if (memory.dropped !== undefined && memory.dropped >= start) return { unknown: overflow };
    sure = 0;
    for (const entry of memory.log) {
      const offered = recalled(entry, memoryPlan, scene);
      if (offered.at < start) continue;
      const match = offered.match(0);
      if (match.v === 'U') why ??= match.reason ?? 'no-value';
      else if (match.v === 'T') {
        sure++;
        last = offered.at;
      }
    }
  }
  if (why !== undefined) return { unknown: why };
  if (of.kind === 'count') return whole(sure);
  return last === undefined ? missing : whole(at - last);
}

function ofInterval(of: IntervalMeasure | Share, vantage: Vantage): Evaluated {
  const { scene, facts, unions, at } = vantage;
  const sourcesOf = (interval: string) =>
    (scene.world.intervals.get(interval)?.opens ?? []).flatMap((type) => sourcesOfType(scene.world, type, undefined));
  const sources = () => (of.kind === 'share' ? [...sourcesOf(of.interval), ...sourcesOf(of.of)] : sourcesOf(of.interval));
  const gap = gapIn(sources, 0, vantage);
  if (gap !== undefined) return gap;
  const length = (interval: string, role: string | undefined) => {
    const union = facts.unions[unions.findIndex((one) => one.interval === interval && one.role === role)];
    return union === undefined ? { total: 0, longest: 0 } : measured(union, at);
  };
  const { total, longest } = length(of.interval, of.role);
  if (of.kind !== 'share') return whole(of.kind === 'duration' ? total : longest);
  return ratio(whole(total), whole(length(of.of, undefined).total)) ?? missing;
}

/** Σchars · 60 000 / Σms, the mean level in dB, the mean gap in ms, pleased less cross utterances out of all. */
function ofRole(of: RoleMeasure<'resolved'>, vantage: Vantage): Evaluated {
  const { plan, past, scene } = vantage;
  const start = startOf(of.window, vantage);
  const sources = () =>
    of.kind === 'rate' || of.kind === 'mood'
      ? sourcesOfType(scene.world, said, of.role)
      : sourcesOfType(scene.world, levelReading, undefined);
  const gap = gapIn(sources, start, vantage);
  if (gap !== undefined) return gap;
  const gauge = past.gauges[plan.gaugeOf.get(of) ?? -1] ?? noGauge;
  if (gauge.dropped !== undefined && gauge.dropped >= start) return { unknown: overflow };
  if (gauge.unread !== undefined && gauge.unread >= start) return { unknown: 'text-erased' };
  let { a, b } = gauge;
  for (const [at, sampleA, sampleB] of gauge.samples) {
    if (at < start) continue;
    a += sampleA;
    b += sampleB;
  }
  const scale: Exact = of.kind === 'rate' ? whole(60_000) : of.kind === 'loudness' ? { n: 1n, d: 1000n } : whole(1);
  return ratio({ n: BigInt(Math.round(a)) * scale.n, d: scale.d }, whole(Math.round(b))) ?? missing;
}
