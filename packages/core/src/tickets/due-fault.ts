import type { Instant } from '@threerings/norms/trace';
import { type Refusal, refuse } from '../errors/refusal.ts';

/** Longest time that a ticket may be given, ms: a year. */
const furthestDue = 366 * 86_400_000;

/** Refuses a due time in the past or more than a year away. */
export function dueFault(due: Instant, at: Instant): Refusal | undefined {
  return due <= at || due > at + furthestDue ? refuse('ticket.due-range') : undefined;
}
