import type { Bigrams } from '../lexical/similarity.ts';
import type { FieldValue, Instant, TraceEvent } from '../trace.ts';
import type { IntervalMeasure, PatternMeasure, RoleMeasure, Share } from '../tree.ts';
import type { Evaluated } from './value.ts';
import type { World } from './world.ts';

export type Measure = PatternMeasure<'resolved'> | IntervalMeasure | Share | RoleMeasure<'resolved'>;

/** The trigger as duties see it: fields of the event and slots of its text. The text itself is there at the anchor alone. */
export interface TriggerFacts {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly text?: string | undefined;
}

/** An utterance of the recent past, for 重复. */
export interface Uttered {
  readonly at: Instant;
  readonly by: string | undefined;
  readonly grams: Bigrams;
}

/** What a pattern or an expression is evaluated against. */
export interface Scene {
  readonly world: World;
  /** values noted by the trigger, items of 逐项 */
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly trigger?: TriggerFacts | undefined;
  readonly attributes: Readonly<Record<string, FieldValue>>;
  /** for 时刻: the anchor, or the event that is tested */
  readonly now: Instant;
  /** own utterances before the event that is tested */
  readonly uttered: readonly Uttered[];
  /** measures over the past of the anchor; unknown anywhere else */
  readonly measure: (of: Measure) => Evaluated;
}

/** A scene with more values noted. */
export function noting({ world, binds, trigger, attributes, now, uttered, measure }: Scene, more: Scene['binds']): Scene {
  return { world, binds: { ...binds, ...more }, trigger, attributes, now, uttered, measure };
}

/** A scene at another instant. */
export function sceneAt(scene: Scene, now: Instant): Scene {
  if (scene.now === now) return scene;
  const { world, binds, trigger, attributes, uttered, measure } = scene;
  return { world, binds, trigger, attributes, now, uttered, measure };
}

export const noMeasure = (): Evaluated => ({ unknown: 'no-value' });

/** A field of an event as norms name it: `text` is what was said. */
export function fieldOf(event: Pick<TraceEvent, 'fields' | 'text'>, field: string): FieldValue | undefined {
  return field === 'text' ? (event.text ?? event.fields['text']) : event.fields[field];
}
