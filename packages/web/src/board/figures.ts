import type { BoardPerson, BoardQueue, BoardView } from '@threerings/core/wire/board';
import { addTallies, type Rates, ratesOf } from '../verdicts/tally.ts';

export interface BoardFigures {
  readonly waiting: number;
  /** ms; 0 with nobody waiting */
  readonly longestWait: number;
  readonly answered: number;
  readonly answeredInTime: number;
  /** answered in time ÷ (answered + abandons after more than 5 s) */
  readonly inTimeShare: number | undefined;
  /** 接通率: answered ÷ (offered − abandons within 5 s) */
  readonly connection: number | undefined;
  readonly offered: number;
  /** norms that are broken in a call now, and norms that are about to be */
  readonly breaking: number;
  readonly near: number;
  readonly affectedPeople: number;
  readonly rates: Rates;
  readonly dueSoon: number;
  readonly overdue: number;
  readonly present: number;
  readonly ready: number;
  readonly talking: number;
  readonly resting: number;
}

const soonMs = 30 * 60_000;

export function figuresOf(view: BoardView, now: number): BoardFigures {
  const waits = view.queues.flatMap((queue) => queue.waitingSince);
  const sum = (pick: (queue: BoardQueue) => number) => view.queues.reduce((total, queue) => total + pick(queue), 0);
  const answered = sum((queue) => queue.today.answered);
  const answeredInTime = sum((queue) => queue.today.answeredInTime);
  const offered = sum((queue) => queue.today.offered - queue.today.diverted - queue.today.abandonedShort);
  const open = view.promises.filter(({ state }) => state === 'open' || state === 'missed');
  const state = (...states: string[]) => view.people.filter((person) => states.includes(person.state)).length;
  return {
    waiting: waits.length,
    longestWait: waits.length === 0 ? 0 : Math.max(0, now - Math.min(...waits)),
    answered,
    answeredInTime,
    inTimeShare: share(answeredInTime, answered + sum((queue) => queue.today.abandoned - queue.today.abandonedShort)),
    connection: share(answered, offered),
    offered,
    breaking: view.norms.filter((norm) => norm.breaking.some(({ at }) => at <= now)).length,
    near: view.norms.filter((norm) => norm.breaking.length > 0 && norm.breaking.every(({ at }) => at > now)).length,
    affectedPeople: new Set(view.norms.flatMap((norm) => norm.breaking.flatMap(({ agent, at }) => (at <= now ? (agent ?? []) : [])))).size,
    rates: ratesOf(addTallies(view.norms.map((norm) => norm.today))),
    dueSoon: open.filter((promise) => promise.dueAt >= now && promise.dueAt - now <= soonMs).length,
    overdue: open.filter((promise) => promise.dueAt < now).length,
    present: view.people.filter((person) => person.state !== 'offline').length,
    ready: state('ready'),
    talking: state('talking', 'hold'),
    resting: state('rest', 'busy'),
  };
}

export function share(part: number, whole: number): number | undefined {
  return whole <= 0 ? undefined : Math.min(1, part / whole);
}

export type Attention = 'broken' | 'near' | 'none';

export function attentionOf(person: BoardPerson): Attention {
  if (person.broken.length > 0) return 'broken';
  return person.near.length > 0 || person.state === 'paused' || person.rest?.granted === false ? 'near' : 'none';
}

export type PeopleOrder = 'attention' | 'state' | 'number';

const attentionRank: Record<Attention, number> = { broken: 0, near: 1, none: 2 };
const stateRank = ['ringing', 'talking', 'hold', 'wrap-up', 'ready', 'busy', 'rest', 'paused', 'offline'];

/** The tiles' order: who needs a look first, or by state, or by staff number; ties by number, so that nothing jumps. */
export function comparePeople(order: PeopleOrder): (a: BoardPerson, b: BoardPerson) => number {
  const byNumber = (a: BoardPerson, b: BoardPerson) => a.agent.localeCompare(b.agent);
  const byState = (a: BoardPerson, b: BoardPerson) => stateRank.indexOf(a.state) - stateRank.indexOf(b.state);
  if (order === 'number') return byNumber;
  if (order === 'state') return (a, b) => byState(a, b) || byNumber(a, b);
  return (a, b) => attentionRank[attentionOf(a)] - attentionRank[attentionOf(b)] || byState(a, b) || byNumber(a, b);
}
