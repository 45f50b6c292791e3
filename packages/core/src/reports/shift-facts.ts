import type { Instant } from '@threerings/norms/trace';
import { localDay, startOfDay } from '../promises/calendar.ts';
import { type Happened, textOf } from '../timeline/decider.ts';

/** What one agent did on one local day of the hotline. All lengths in ms. */
export interface ShiftFact {
  readonly signedInMs: number;
  /** 小休 */
  readonly restMs: number;
  /** with callers, on hold, and the work after calls */
  readonly handlingMs: number;
}

/** Where the fold of one agent's presence stands. */
export interface ShiftFold {
  /** undefined = not signed in */
  readonly state: string | undefined;
  readonly since: Instant;
}

export const noShift: ShiftFold = { state: undefined, since: 0 };

const handling: readonly string[] = ['talking', 'hold', 'wrap-up'];

/** A stretch of time in one state, or what of it fell on one day. */
export interface PresenceSpan {
  readonly state: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** The state after an event, and the stretch that the event ended. Events of other kinds change nothing. */
export function shiftAfter(fold: ShiftFold, event: Happened): { readonly fold: ShiftFold; readonly ended?: PresenceSpan } {
  const state = stateAfter(fold, event);
  if (state === fold.state) return { fold };
  const next = { state, since: event.occurredAt };
  const ended = fold.state === undefined ? undefined : { state: fold.state, from: fold.since, to: event.occurredAt };
  return ended === undefined ? { fold: next } : { fold: next, ended };
}

function stateAfter({ state }: ShiftFold, event: Happened): string | undefined {
  switch (event.type) {
    case 'shift.signed-in':
      return state ?? 'busy';
    case 'shift.signed-out':
    case 'shift.ended':
      return undefined;
    case 'presence.changed': {
      const next = textOf(event, 'state');
      return next === 'offline' ? undefined : next;
    }
    default:
      return state;
  }
}

/** What of a stretch fell on each local day (days since 1970-01-01). */
export function byDay(
  { state, from, to }: PresenceSpan,
  zoneOffsetMs: number,
): readonly { readonly day: number; readonly span: PresenceSpan }[] {
  const days: { day: number; span: PresenceSpan }[] = [];
  for (let at = from; at < to; ) {
    const day = localDay(at, zoneOffsetMs);
    const end = Math.min(to, startOfDay(day + 1, zoneOffsetMs));
    days.push({ day, span: { state, from: at, to: end } });
    at = end;
  }
  return days;
}

/** The lengths of one stretch. */
export function factOfSpan({ state, from, to }: PresenceSpan): ShiftFact {
  const ms = to - from;
  return { signedInMs: ms, restMs: state === 'rest' ? ms : 0, handlingMs: handling.includes(state) ? ms : 0 };
}
