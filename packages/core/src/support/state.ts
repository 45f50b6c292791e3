import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

/** 现场支撑: somebody experienced is asked to come to the desk. Open until the agent says what came of it, also after the call. */
export interface Support {
  readonly support: string;
  /** 工号 of who asked */
  readonly agent: string;
  readonly topic: string;
  readonly requestedAt: Instant;
  /** until then somebody has to have come */
  readonly dueAt: Instant;
  /** nobody can come now: the caller is told that it has to be checked, and leaves a number */
  readonly busy: boolean;
  /** who comes, and since when */
  readonly helper?: { readonly agent: string; readonly at: Instant } | undefined;
  /** nobody had come by the due time, and the leader was told */
  readonly late: boolean;
}

/** The request after one more of its events; undefined = there is none, or it is closed. */
export function evolveSupport(state: Support | undefined, event: Happened): Support | undefined {
  switch (event.type) {
    case 'support.requested':
      return {
        support: textOf(event, 'support') ?? '',
        agent: textOf(event, 'agent') ?? '',
        topic: textOf(event, 'topic') ?? '',
        requestedAt: event.occurredAt,
        dueAt: numberOf(event, 'due') ?? event.occurredAt,
        busy: false,
        late: false,
      };
    case 'support.offered':
      return state && { ...state, helper: { agent: textOf(event, 'agent') ?? '', at: event.occurredAt } };
    case 'support.busy':
      return state && { ...state, busy: true };
    case 'alert.raised':
      return state && { ...state, late: true };
    case 'support.closed':
      return undefined;
    default:
      return state;
  }
}
