import type { Instant } from '@threerings/norms/trace';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { type CallerPromise, evolvePromise } from './state.ts';

/** When people are told of a promise. Both ms. */
export interface PromisePolicy {
  /** the owner is reminded so long before it is due; where less time is left, not at all */
  readonly remindAheadMs: number;
  /** an overdue promise that the leader knows of goes on to operations after this */
  readonly escalateAfterMs: number;
}

/** Who learns of an overdue promise: the leader at its due time, operations when it is still open later. */
const escalatesTo = ['leader', 'operations'] as const;

interface Coming {
  readonly at: Instant;
  readonly event: NewEvent;
}

/** What time alone does to a promise next, or undefined. The event is dated to the instant at which it was due, whenever somebody looks. */
function coming(promise: string, state: CallerPromise, policy: PromisePolicy): Coming | undefined {
  const { kind, owner, due } = state;
  if (state.state === 'open') {
    const remindAt = due - policy.remindAheadMs;
    if (state.remindedOf !== due && remindAt > state.dueSince)
      return { at: remindAt, event: fact('promise.reminded', remindAt, { promise, kind, owner, due }, { by: 'system' }) };
    return { at: due, event: fact('promise.missed', due, { promise, kind, due }) };
  }
  if (state.state !== 'missed') return undefined;
  const to = escalatesTo[state.escalated];
  if (to === undefined) return undefined;
  const at = due + state.escalated * policy.escalateAfterMs;
  const level = state.escalated + 1;
  return { at, event: fact('promise.escalated', at, { promise, kind, to, level, due }, { by: 'system' }) };
}

/**
 * Everything that is due by `at`, in order; a reminder whose due time has passed as well is left out. INVARIANT (once): each event comes
 * once and is dated to when it was due, however early, late or often somebody looks; the caller appends it on the position that it
 * was decided on.
 */
export function promiseDue(promise: string, state: CallerPromise, policy: PromisePolicy, at: Instant): readonly NewEvent[] {
  const events: NewEvent[] = [];
  let current = state;
  for (let next = coming(promise, current, policy); next !== undefined && next.at <= at; next = coming(promise, current, policy)) {
    const tooLate = next.event.type === 'promise.reminded' && current.due <= at;
    if (!tooLate) events.push(next.event);
    current = evolvePromise(current, { by: 'system', ...next.event });
  }
  return events;
}

/** When the clock must look at this promise again; undefined = time changes nothing any more. */
export function promiseWakeUp(state: CallerPromise, policy: PromisePolicy): Instant | undefined {
  return coming('', state, policy)?.at;
}
