import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** 小休, or a talk with the leader or a mentor. Why is asked of nobody and stands nowhere (S4-26, S4-27). */
export const restWishes = ['rest', 'talk'] as const;
export type RestWish = (typeof restWishes)[number];

/** A rest that was asked for: until it is answered, taken or given up. */
export interface RestAsked {
  readonly askedAt: Instant;
  readonly wish: RestWish;
  /** granted for so long, ms; absent = nobody has answered yet */
  readonly limitMs?: number | undefined;
  /** when it is over; absent = it has not begun */
  readonly until?: Instant | undefined;
}

/** A wish after one more event of the presence stream. Whoever is free again, or works on, has given it up or has had it. */
export function evolveRest(rest: RestAsked | undefined, event: Happened): RestAsked | undefined {
  switch (event.type) {
    case 'rest.requested':
      return { askedAt: event.occurredAt, wish: textOf(event, 'wish') === 'talk' ? 'talk' : 'rest' };
    case 'rest.approved':
      return rest && { ...rest, limitMs: numberOf(event, 'limit') ?? 0 };
    case 'rest.declined':
      return undefined;
    case 'presence.changed':
      return inState(rest, textOf(event, 'state'), event.occurredAt);
    default:
      return rest;
  }
}

function inState(rest: RestAsked | undefined, state: string | undefined, at: Instant): RestAsked | undefined {
  if (rest === undefined || state === 'ready' || state === 'offline') return undefined;
  if (state === 'rest') return { ...rest, ...(rest.limitMs === undefined ? {} : { until: rest.until ?? at + rest.limitMs }) };
  return rest.until === undefined ? rest : undefined;
}
