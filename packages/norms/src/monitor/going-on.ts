import { said } from '../match/anatomy.ts';
import { continued, cutReach, goesOnFrom, lastSaid } from '../match/cut.ts';
import { decided, type World } from '../match/world.ts';
import type { Source, TraceEvent } from '../trace.ts';
import type { State } from './state.ts';

/**
 * The event as norms see it: with what the same side said right before, where the recogniser cut a sentence in two. To be called for each event
 * of a source once, in order, when no earlier one can come any more; so it is the same for all norms that read the source.
 */
export function goingOn(state: Pick<State, 'said'>, event: TraceEvent, world: World): TraceEvent {
  if (event.type !== said || !decided(world, 13)) return event;
  const whole = continued(event, state.said?.[event.source]);
  const last = lastSaid(whole);
  state.said ??= {};
  if (last === undefined) delete state.said[event.source];
  else state.said[event.source] = last;
  return whole;
}

/** The same for all events that a step of the watermarks lets through. What a later step may need is kept once, at the end. */
export class GoingOn {
  readonly #state: Pick<State, 'said' | 'marks'>;
  readonly #world: World;
  /** by source: the newest utterance, whole */
  readonly #newest = new Map<Source, TraceEvent>();

  constructor(state: Pick<State, 'said' | 'marks'>, world: World) {
    this.#state = state;
    this.#world = world;
  }

  take(event: TraceEvent): TraceEvent {
    if (event.type !== said || !decided(this.#world, 13)) return event;
    const newest = this.#newest.get(event.source);
    let whole = event;
    if (newest === undefined) whole = continued(event, this.#state.said?.[event.source]);
    else if (goesOnFrom(newest, event)) whole = continued(event, lastSaid(newest));
    this.#newest.set(event.source, whole);
    return whole;
  }

  /** To be called once, when all have been taken and `marks` have moved. */
  keep(): void {
    for (const [source, whole] of this.#newest) {
      const { end } = whole.fields;
      const over = typeof end !== 'number' || end + cutReach <= (this.#state.marks[source] ?? -1);
      const last = over ? undefined : lastSaid(whole);
      if (last !== undefined) this.#state.said = { ...this.#state.said, [source]: last };
      else if (this.#state.said !== undefined) delete this.#state.said[source];
    }
  }
}

/** Texts from which no utterance can go on any more are kept no longer. */
export function forgetSaid(state: Pick<State, 'said' | 'marks'>): void {
  const { said: texts, marks } = state;
  if (texts === undefined) return;
  let kept = false;
  for (const source of Object.keys(texts) as (keyof typeof texts)[]) {
    const last = texts[source];
    if (last !== undefined && last.end + cutReach > (marks[source] ?? -1)) kept = true;
    else delete texts[source];
  }
  if (!kept) delete state.said;
}
