import { said } from '../match/anatomy.ts';
import { continued, cutReach, lastSaid } from '../match/cut.ts';
import { decided, type World } from '../match/world.ts';
import type { TraceEvent } from '../trace.ts';
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
