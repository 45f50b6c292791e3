import type { FieldValue } from '@threerings/norms/trace';
import { isCallOf } from './interaction-ids.ts';
import type { DayCounts, Seen, SeenCall, SeenDesk, SeenEvent } from './seen.ts';

/** Something that must be seen. `fault` says what is wrong, undefined = it holds. */
export interface Expectation {
  /** as a sentence */
  readonly says: string;
  readonly fault: (seen: Seen) => string | undefined;
  /** only where a recogniser writes down what is said, or only where none does */
  readonly where?: 'with-transcript' | 'without-transcript' | undefined;
}

export type Fields = Readonly<Record<string, FieldValue>>;

export interface EventWanted {
  readonly fields?: Fields | undefined;
  readonly by?: string | undefined;
  /** exactly so often; absent = at least once */
  readonly times?: number | undefined;
}

export function eventHappened(caller: string, type: string, { fields = {}, by, times }: EventWanted = {}): Expectation {
  const details = `${JSON.stringify(fields)}${by === undefined ? '' : ` by ${by}`}`;
  const often = times === undefined ? 'at least once' : `${times} times`;
  return {
    says: `${type} ${details} stands in the call of ${caller} ${often}`,
    fault: (seen) => {
      const events = seen.calls.get(caller)?.events ?? [];
      const found = events.filter((event) => event.type === type && (by === undefined || event.by === by) && has(event, fields)).length;
      if (times === undefined ? found > 0 : found === times) return undefined;
      const others = events.filter((event) => event.type === type).map((event) => JSON.stringify(event.fields));
      return `found ${found} times; ${type} in this call: ${others.join(', ') || 'none'}`;
    },
  };
}

function has(event: SeenEvent, fields: Fields): boolean {
  return Object.entries(fields).every(([name, value]) => JSON.stringify(event.fields[name]) === JSON.stringify(value));
}

/** These happened in this order, whatever lies between them. */
export function eventsInOrder(caller: string, types: readonly string[]): Expectation {
  return {
    says: `in the call of ${caller}: ${types.join(' → ')}`,
    fault: (seen) => {
      const happened = (seen.calls.get(caller)?.events ?? []).map((event) => event.type);
      let from = 0;
      for (const type of types) {
        const at = happened.indexOf(type, from);
        if (at === -1) return `${type} is missing after ${types.slice(0, types.indexOf(type)).join(' → ')}; found ${happened.join(' → ')}`;
        from = at + 1;
      }
      return undefined;
    },
  };
}

/** A caller's newer call of two began to ring, or was answered, before the other one's. */
export function happenedBefore(type: string, first: string, second: string): Expectation {
  return {
    says: `${type} comes to ${first} before ${second}`,
    fault: (seen) => {
      const [one, other] = [first, second].map((who) => seen.calls.get(who)?.events.find((event) => event.type === type)?.occurredAt);
      if (one === undefined || other === undefined) return `not both have ${type}`;
      return one < other ? undefined : `${first} at ${one}, ${second} at ${other}`;
    },
  };
}

export interface VerdictWanted {
  readonly value: 'kept' | 'broken' | 'moot' | 'unknown';
  readonly reason?: string | undefined;
  readonly missing?: readonly string[] | undefined;
  /** 工号 of who answers for it: only such verdicts are looked at */
  readonly who?: string | undefined;
}

/** The norm was judged in this call, and every judgement of it says so. */
export function normJudged(caller: string, norm: string, wanted: VerdictWanted): Expectation {
  const { who, ...rest } = wanted;
  const matches = (verdict: object) =>
    Object.entries(rest).every(([name, value]) => JSON.stringify(Reflect.get(verdict, name)) === JSON.stringify(value));
  return {
    says: `${norm} of ${caller} is ${JSON.stringify(wanted)}`,
    fault: (seen) => {
      const own = verdictsOf(seen.calls.get(caller), norm).filter((verdict) => who === undefined || verdict.who === who);
      if (own.length > 0 && own.every(matches)) return undefined;
      return `found ${own.map(({ value, reason, missing, who: by }) => JSON.stringify({ value, reason, missing, who: by })).join(', ') || 'no verdict'}`;
    },
  };
}

/** One judgement of this norm says so, and names this agent or nobody; others may say otherwise. */
export function normJudgedSo(caller: string, norm: string, wanted: Omit<VerdictWanted, 'missing'>): Expectation {
  return {
    says: `one ${norm} of ${caller} is ${JSON.stringify(wanted)}`,
    fault: (seen) => {
      const own = verdictsOf(seen.calls.get(caller), norm).map(({ value, reason, who }) => ({ value, reason, who }));
      const found = own.some(({ value, reason, who }) => value === wanted.value && reason === wanted.reason && who === wanted.who);
      return found ? undefined : `found ${own.map((each) => JSON.stringify(each)).join(', ') || 'no verdict'}`;
    },
  };
}

export function normSilent(caller: string, norm: string): Expectation {
  return {
    says: `${norm} is not judged in the call of ${caller}`,
    fault: (seen) => {
      const found = verdictsOf(seen.calls.get(caller), norm);
      return found.length === 0 ? undefined : `found ${found.map(({ value }) => value).join(', ')}`;
    },
  };
}

function verdictsOf(call: SeenCall | undefined, norm: string) {
  return call?.verdicts.filter((verdict) => verdict.norm === norm) ?? [];
}

export function presenceIs(agent: string, state: string, reason?: string): Expectation {
  return {
    says: `${agent} is ${state}${reason === undefined ? '' : ` (${reason})`}`,
    fault: (seen) => {
      const found = seen.presence.get(agent);
      if (found?.state === state && (reason === undefined || found.reason === reason)) return undefined;
      return `found ${found?.state ?? 'nothing'}${found?.reason === undefined ? '' : ` (${found.reason})`}`;
    },
  };
}

export function deskShows(agent: string, shows: SeenDesk['shows'], caller?: string): Expectation {
  return {
    says: `the desk of ${agent} shows ${shows}${caller === undefined ? '' : ` of ${caller}`}`,
    fault: (seen) => {
      const desk = seen.desks.get(agent);
      const right = caller === undefined || desk?.interaction === seen.calls.get(caller)?.interaction;
      return desk?.shows === shows && right ? undefined : `it shows ${desk?.shows ?? 'nothing'} ${desk?.interaction ?? ''}`;
    },
  };
}

export interface BoardWanted extends Partial<DayCounts> {
  readonly waiting?: number;
  readonly ready?: number;
  readonly talking?: number;
}

/** Counts of the board. Those of the day are passed over where the board counts other calls as well. */
export function boardCounts(wanted: BoardWanted): Expectation {
  return {
    says: `the board counts ${JSON.stringify(wanted)}`,
    fault: ({ board }) => {
      const { today, ...now } = board;
      const shown: Readonly<Record<string, number>> = { ...now, ...today };
      const wrong = Object.entries(wanted).filter(([name, count]) => shown[name] !== undefined && shown[name] !== count);
      return wrong.length === 0 ? undefined : `it shows ${JSON.stringify(shown)}`;
    },
  };
}

export interface PromiseWanted {
  readonly kind: string;
  readonly owner: string;
  readonly state: string;
  /** 1 the leader knows that it is overdue, 2 operations */
  readonly escalated?: number | undefined;
  readonly attempts?: number | undefined;
  readonly moved?: number | undefined;
  /** of the last try */
  readonly tried?: string | undefined;
}

/** So many proposals of this origin lie on the agent's desk. */
export function proposalLies(agent: string, origin: string, times: number): Expectation {
  return {
    says: `${times} proposals (${origin}) lie on the desk of ${agent}`,
    fault: ({ proposals }) => {
      const own = proposals.filter((each) => each.agent === agent && each.origin === origin);
      return own.length === times ? undefined : `found ${JSON.stringify(proposals)}`;
    },
  };
}

export function promiseStands(caller: string, wanted: PromiseWanted): Expectation {
  return {
    says: `${caller} was promised ${JSON.stringify(wanted)}`,
    fault: (seen) => {
      const own = promisesOf(caller, seen);
      const { tried, ...rest } = wanted;
      const found = own.some(
        (promise) =>
          (tried === undefined || promise.lastAttempt?.outcome === tried) &&
          Object.entries(rest).every(([name, value]) => value === undefined || Reflect.get(promise, name) === value),
      );
      return found ? undefined : `found ${JSON.stringify(own)}`;
    },
  };
}

/** The caller rated the newest call. */
export function gaveGrade(caller: string, score: number): Expectation {
  return {
    says: `${caller} gives ${score}`,
    fault: (seen) => {
      const found = seen.ratings?.get(seen.calls.get(caller)?.interaction ?? '');
      return found === score ? undefined : `found ${found ?? 'no grade'}`;
    },
  };
}

export interface TicketWanted {
  readonly kind?: string;
  readonly stage?: string;
  readonly owner?: string;
  readonly department?: string;
  readonly reopened?: number;
}

/** The newest ticket that was written about this caller stands so. */
export function ticketStands(caller: string, wanted: TicketWanted): Expectation {
  return {
    says: `a ticket of ${caller} is ${JSON.stringify(wanted)}`,
    fault: (seen) => {
      const own = (seen.tickets ?? []).filter(({ interaction }) => isCallOf(caller, interaction)).at(-1);
      const right = own !== undefined && Object.entries(wanted).every(([name, value]) => Reflect.get(own, name) === value);
      return right ? undefined : `found ${JSON.stringify(own) ?? 'none'}`;
    },
  };
}

/** Nothing that was promised to this caller is open. */
export function nothingOwed(caller: string): Expectation {
  return {
    says: `${caller} is owed nothing`,
    fault: (seen) => {
      const open = promisesOf(caller, seen).filter(({ state }) => state === 'open' || state === 'missed');
      return open.length === 0 ? undefined : `found ${JSON.stringify(open)}`;
    },
  };
}

/** Promised in any call with this caller. */
function promisesOf(caller: string, seen: Seen) {
  const newest = seen.calls.get(caller)?.interaction;
  return seen.promises.filter(({ interaction }) => interaction !== undefined && (interaction === newest || isCallOf(caller, interaction)));
}

/** Holds where what is said is written down; elsewhere it is not looked at. */
export function withTranscript(expectation: Expectation): Expectation {
  return { ...expectation, where: 'with-transcript' };
}

/** Holds where nobody writes down what is said; elsewhere it is not looked at. */
export function withoutTranscript(expectation: Expectation): Expectation {
  return { ...expectation, where: 'without-transcript' };
}

export function appliesTo(expectation: Expectation, transcribed: boolean): boolean {
  return expectation.where === undefined || (expectation.where === 'with-transcript') === transcribed;
}
