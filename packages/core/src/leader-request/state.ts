import type { Instant } from '@threerings/norms/trace';
import { type Happened, textOf } from '../timeline/decider.ts';

/** 找领导: how far a caller's wish for the leader has come. Plain data; a fold of the call's events. */
export interface LeaderRequest {
  /** the caller asked for the leader */
  readonly asked: boolean;
  /** the agent calmed the caller and offered to pass it on */
  readonly soothed: boolean;
  /** a leader is asked to take the call */
  readonly open?: { readonly request: string; readonly agent: string; readonly at: Instant } | undefined;
  /** no leader can now: a leader calls back */
  readonly declined: boolean;
}

export const noLeaderRequest: LeaderRequest = { asked: false, soothed: false, declined: false };

/** The wish after one more event of the call. */
export function evolveLeaderRequest(state: LeaderRequest, event: Happened): LeaderRequest {
  switch (event.type) {
    case 'flag.set':
      return textOf(event, 'flag') === 'leader-asked' ? { ...state, asked: true } : state;
    case 'leader.soothed':
      return { ...state, soothed: true };
    case 'leader.requested': {
      const open = { request: textOf(event, 'request') ?? '', agent: textOf(event, 'agent') ?? '', at: event.occurredAt };
      return { ...state, open, declined: false };
    }
    case 'leader.declined':
      return { ...state, open: undefined, declined: true };
    case 'leader.accepted':
      // The wish is met: whoever leads is on the call.
      return { ...state, asked: false, open: undefined };
    case 'transfer.completed':
    case 'call.ended':
      return { ...state, open: undefined };
    default:
      return state;
  }
}
