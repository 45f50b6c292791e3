import type { Instant } from '@threerings/norms/trace';
import type { Ticket } from './state.ts';

export const pauseReasons = ['customer-material', 'customer-asked', 'third-party'] as const;
export type PauseReason = (typeof pauseReasons)[number];

const day = 86_400_000;

/** For what the clock of a ticket may stand still, and the longest that counts. Shown beside the clock, so that nobody wonders. */
export const pauseRules: Readonly<Record<PauseReason, { readonly mostMs: number }>> = {
  'customer-material': { mostMs: 10 * day },
  'customer-asked': { mostMs: 30 * day },
  'third-party': { mostMs: 5 * day },
};

/** Pauses that one ticket may have. */
export const mostPauses = 3;

/** How much of a pause counts, ms: beyond the longest of its reason the clock runs again although nobody said so. */
export function countedPause(reason: string, from: Instant, to: Instant): number {
  const most = Object.hasOwn(pauseRules, reason) ? pauseRules[reason as PauseReason].mostMs : 0;
  return Math.min(Math.max(0, to - from), most);
}

/** The due time as it stands at `at`: moved by what counts of a pause that is going on. Undefined before it was dispatched. */
export function ticketDue({ due, paused }: Pick<Ticket, 'due' | 'paused'>, at: Instant): Instant | undefined {
  return due === undefined || paused === undefined ? due : due + countedPause(paused.reason, paused.at, at);
}
