import { type Instant, type Source, sources, type TraceEvent } from '@threerings/norms/trace';
import type { Watermarks } from './record.ts';

/** Later than every instant of a timeline: a source that can hold nobody up. */
export const endOfTime = Number.MAX_SAFE_INTEGER;

/** A stretch in which a source could not tell; without `to` it lasts. */
export interface Gap {
  readonly from: Instant;
  readonly to?: Instant | undefined;
  readonly reason: string;
}

/** What one source has told about itself in a scope. */
export interface SourceCoverage {
  /** no event of this source with occurredAt ≤ mark will follow (except marked late) */
  readonly mark?: Instant | undefined;
  readonly gaps: readonly Gap[];
  readonly ended: boolean;
  /** declared lag of the source, ms: while it is dead its mark follows the clock by this much */
  readonly lag: number;
}

export type Coverage = Readonly<Partial<Record<Source, SourceCoverage>>>;

const unheard: SourceCoverage = { gaps: [], ended: false, lag: 0 };

/** Coverage after one more event; only `source.*` events change it. */
export function applyToCoverage(coverage: Coverage, event: TraceEvent): Coverage {
  const now = coverage[event.source] ?? unheard;
  const lag = event.fields['lag'];
  switch (event.type) {
    case 'source.started':
      return { ...coverage, [event.source]: { ...now, lag: typeof lag === 'number' ? lag : now.lag } };
    case 'source.gap-started':
      if (now.gaps.some((gap) => gap.to === undefined)) return coverage;
      return {
        ...coverage,
        [event.source]: { ...now, gaps: [...now.gaps, { from: event.occurredAt, reason: String(event.fields['reason']) }] },
      };
    case 'source.gap-ended':
      return {
        ...coverage,
        [event.source]: { ...now, gaps: now.gaps.map((gap) => (gap.to === undefined ? { ...gap, to: event.occurredAt } : gap)) },
      };
    case 'source.ended':
      return { ...coverage, [event.source]: { ...now, ended: true } };
    default:
      return coverage;
  }
}

/** Raises a mark. INVARIANT (watermarks never go back): a lower mark changes nothing. */
export function raiseMark(coverage: Coverage, source: Source, mark: Instant): Coverage {
  const now = coverage[source] ?? unheard;
  return now.mark !== undefined && mark <= now.mark ? coverage : { ...coverage, [source]: { ...now, mark } };
}

/** Sources that the server itself keeps: they have told everything up to a millisecond ago. */
export const synchronousSources: readonly Source[] = ['desk', 'ledger', 'ticket', 'presence', 'quality', 'system'];

/**
 * The watermark of every source at `now`. A source without an engine, or that has ended, holds nobody up; one that broke
 * down follows the clock by its lag; synchronous sources stand at now − 1; a source that has not yet spoken is left out.
 */
export function marksAt(coverage: Coverage, now: Instant): Watermarks {
  const marks: Partial<Record<Source, Instant>> = {};
  for (const source of sources) {
    const mark = markOf(source, coverage[source], now);
    if (mark !== undefined) marks[source] = mark;
  }
  return marks;
}

function markOf(source: Source, covered: SourceCoverage | undefined, now: Instant): Instant | undefined {
  const gap = covered?.gaps.find((one) => one.to === undefined);
  if (covered?.ended === true || gap?.reason === 'no-engine') return endOfTime;
  if (synchronousSources.includes(source)) return now - 1;
  if (gap === undefined) return covered?.mark;
  return Math.max(covered?.mark ?? Number.MIN_SAFE_INTEGER, now - (covered?.lag ?? 0));
}

/** A source must have told everything and had no gap in `[from, to]` for its silence to mean anything. */
export function gapIn(coverage: Coverage, source: Source, from: Instant, to: Instant): Gap | undefined {
  return coverage[source]?.gaps.find((gap) => gap.from <= to && (gap.to === undefined || gap.to >= from));
}
