import { type Match, matchEvent } from '@threerings/norms/match/event';
import type { Scene, TriggerFacts } from '@threerings/norms/match/scene';
import { noMeasure } from '@threerings/norms/match/scene';
import type { FieldValue, TraceEvent } from '@threerings/norms/trace';
import type { ResolvedPattern } from '@threerings/norms/tree';
import { attributesAfter, type Trace, utteredBefore } from './prefix.ts';

/** Where a duty is born. */
export interface Anchor {
  readonly key: string;
  readonly at: number;
  /** events strictly before the trigger */
  readonly past: number;
  /** index of the first event after the trigger */
  readonly next: number;
  /** events known at the anchor */
  readonly known: number;
  /** the event that never counts for its own duty */
  readonly skip: number;
  /** the anchor is “a is over”, not an event */
  readonly timed: boolean;
  readonly trigger: TriggerFacts;
  readonly event: TraceEvent | undefined;
  readonly binds: Readonly<Record<string, FieldValue>>;
}

/** How event `i` matches a pattern for a duty with these noted values. */
export function matchAt(
  trace: Trace,
  anchor: Anchor,
  binds: Readonly<Record<string, FieldValue>>,
  pattern: ResolvedPattern,
  i: number,
): Match {
  const event = trace.events[i];
  if (event === undefined) return { v: 'F', binds: {}, slots: {} };
  return matchEvent(pattern, event, {
    world: trace.world,
    binds,
    trigger: { fields: anchor.trigger.fields },
    attributes: attributesAfter(trace, anchor.known),
    now: event.occurredAt,
    uttered: utteredBefore(trace, i),
    measure: noMeasure,
  });
}

/** What expressions are evaluated against at the anchor, without measures. */
export function sceneAtAnchor(trace: Trace, anchor: Anchor, binds: Readonly<Record<string, FieldValue>>): Scene {
  return {
    world: trace.world,
    binds,
    trigger: anchor.trigger,
    attributes: attributesAfter(trace, anchor.known),
    now: anchor.at,
    uttered: [],
    measure: noMeasure,
  };
}
