import type { Instant } from '@threerings/norms/trace';
import type { Settings } from '../settings/defaults.ts';

/** An outage that goes on, as far as callers are concerned. */
export interface OutageNotice {
  readonly outage: string;
  /** what is out of order, in one line that may be read to a caller */
  readonly title: string;
  readonly areas: readonly string[];
  /** queues whose callers it concerns; empty = all */
  readonly queues: readonly string[];
  /** dialled numbers whose callers it concerns; empty = all */
  readonly numbers: readonly string[];
  /** callers are told before they wait, not only when they ask */
  readonly announced: boolean;
  readonly openedAt: Instant;
  /** when it is to be over, as far as was promised */
  readonly dueAt?: Instant | undefined;
}

/** Whom an outage may concern. */
export interface OutageScope {
  readonly queue?: string | undefined;
  /** the number that was dialled */
  readonly called?: string | undefined;
}

/** Every outage that concerns callers of this queue and number, the newest first. An unknown queue or number is within none that names some. */
export function outagesFor(outages: readonly OutageNotice[], { queue, called }: OutageScope): readonly OutageNotice[] {
  const within = (named: readonly string[], one: string | undefined) => named.length === 0 || (one !== undefined && named.includes(one));
  return outages
    .filter((one) => within(one.queues, queue) && within(one.numbers, called))
    .toSorted((one, other) => other.openedAt - one.openedAt || (one.outage < other.outage ? -1 : 1));
}

/** The one that callers are told of before they wait; undefined = none. */
export function announcedOutage(outages: readonly OutageNotice[], scope: OutageScope): OutageNotice | undefined {
  return outagesFor(outages, scope).find(({ announced }) => announced);
}

/**
 * When who asked to be told must have been told: a while after the restoration that was promised, or a day or so from now
 * where none was, or where it has passed.
 */
export function noticeDue(
  { dueAt }: Pick<OutageNotice, 'dueAt'>,
  { outageNotifyMs, outageOpenMs }: Pick<Settings, 'outageNotifyMs' | 'outageOpenMs'>,
  at: Instant,
): Instant {
  return dueAt !== undefined && dueAt > at ? dueAt + outageNotifyMs : at + outageOpenMs;
}

/** INVARIANT (derived ids): who asks twice in one call is promised once. */
export function promiseOfNotice(outage: string, interaction: string): string {
  return `notify-${outage}-${interaction}`.slice(0, 128);
}
