import type { Instant } from '@threerings/norms/trace';
import { type Sorted, sortedByNumber } from './sorted.ts';

/** Places for so many within one millisecond; more of them move on to the next. Instants × 4096 are exact until the year 2039. */
const perInstant = 4096;

/** The key under which somebody who waits since this instant stands behind all who wait as long. */
export function placeSince(line: Sorted<number, unknown>, since: Instant): number {
  const first = since * perInstant;
  const last = line.nextLowerKey(first + perInstant);
  let key = last !== undefined && last >= first ? last + 1 : first;
  while (line.has(key)) key += 1;
  return key;
}

/** The callers of one queue, longest wait first. `owner` = the router that may change it in place; others copy it first. */
export interface Lane {
  readonly owner: object;
  /** everybody who waits, also while an agent is rung: gives the place */
  readonly all: Sorted<number, string>;
  /** who can be offered to any agent of the queue now */
  readonly open: Sorted<number, string>;
  /** instants of the last answers, oldest first */
  answered: number[];
}

/** Answers of a queue that are remembered for its expected wait. */
const mostAnswers = 1000;

export function noteAnswer(lane: Lane, at: Instant): void {
  lane.answered.push(at);
  if (lane.answered.length > 2 * mostAnswers) lane.answered = lane.answered.slice(-mostAnswers);
}

/** The people who serve a class of queues, and how many of these queues have somebody to offer. */
export interface Pool {
  readonly owner: object;
  /** who can be rung, longest idle first */
  readonly idle: Sorted<number, number>;
  /** people who are signed in */
  present: number;
  /** queues with callers who can be offered */
  open: number;
}

export function newLane(owner: object): Lane {
  return { owner, all: sortedByNumber(), open: sortedByNumber(), answered: [] };
}

/** The entry as this owner may change it: its own, or a copy. */
export function ownLane(lanes: Sorted<number, Lane>, lane: number, owner: object): Lane {
  const found = lanes.get(lane);
  if (found?.owner === owner) return found;
  const own =
    found === undefined ? newLane(owner) : { owner, all: found.all.clone(), open: found.open.clone(), answered: [...found.answered] };
  lanes.set(lane, own);
  return own;
}

export function ownPool(pools: Sorted<number, Pool>, number: number, owner: object): Pool {
  const found = pools.get(number);
  if (found?.owner === owner) return found;
  const own =
    found === undefined ? { owner, idle: sortedByNumber<number>(), present: 0, open: 0 } : { ...found, owner, idle: found.idle.clone() };
  pools.set(number, own);
  return own;
}
