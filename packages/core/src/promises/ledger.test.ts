import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import type { Happened } from '../timeline/decider.ts';
import { isoDay, type WorkCalendar } from './calendar.ts';
import { type PromisePolicy, promiseWakeUp } from './clockwork.ts';
import { promiseCounts } from './kept-rate.ts';
import { decidePromise, type PromiseCommand } from './lifecycle.ts';
import { dueWarnings, quoteTerm } from './quote-due.ts';
import { type CallerPromise, evolvePromise, isSettled, noPromise } from './state.ts';
import { daypartOf, nextTry } from './windows.ts';

const policy: PromisePolicy = { remindAheadMs: 900, escalateAfterMs: 3600 };
const id = { promise: 'p' };
const make = { ...id, kind: 'make', at: 1000, what: 'callback', due: 5000, owner: '0217' } as const;
const wake = (at: number): PromiseCommand => ({ ...id, kind: 'wake', policy, at });

interface Played {
  readonly state: CallerPromise;
  readonly events: readonly Happened[];
  readonly refused: readonly string[];
}

function play(commands: readonly PromiseCommand[]): Played {
  let state = noPromise;
  const played: Happened[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decidePromise(command, state);
    if (isRefusal(decision)) {
      refused.push(decision.refused);
      continue;
    }
    const events = decision.map((event): Happened => ({ by: 'agent', ...event }));
    state = events.reduce(evolvePromise, state);
    played.push(...events);
  }
  return { state, events: played, refused };
}

describe('the clockwork of a promise', () => {
  it('reminds the owner, then misses, tells the leader at once and operations later, each dated to when it was due', () => {
    const { events } = play([make, wake(4100), wake(5000), wake(8600)]);
    expect(events.map(({ type, occurredAt, fields }) => [type, occurredAt, fields['to']])).toEqual([
      ['promise.made', 1000, undefined],
      ['promise.reminded', 4100, undefined],
      ['promise.missed', 5000, undefined],
      ['promise.escalated', 5000, 'leader'],
      ['promise.escalated', 8600, 'operations'],
    ]);
  });

  it('reminds of nothing that is overdue already, as after a night without power', () => {
    expect(play([make, wake(60_000)]).events.map(({ type }) => type)).toEqual([
      'promise.made',
      'promise.missed',
      'promise.escalated',
      'promise.escalated',
    ]);
  });

  it('begins anew with another due time, and counts the escalation from there', () => {
    const moved = play([make, wake(5000), { ...id, kind: 'move', at: 6000, due: 9000, told: true, reason: '客户要求' }]);
    expect(moved.state).toMatchObject({ state: 'open', escalated: 0, firstDue: 5000 });
    expect(promiseWakeUp(moved.state, policy)).toBe(8100);
  });

  it('says each thing once however often and whenever somebody looks, and never twice the same wake-up', () => {
    const looks = fc.array(fc.integer({ min: 1000, max: 20_000 }), { maxLength: 30 });
    let missed = 0;
    fc.assert(
      fc.property(looks, fc.integer({ min: 1001, max: 9000 }), (instants, due) => {
        const sorted = [...instants].sort((one, other) => one - other);
        const { events, state } = play([{ ...make, due }, ...sorted.map(wake)]);
        const said = events.map(({ type, fields }) => `${type} ${fields['level'] ?? ''}`);
        expect(new Set(said).size).toBe(said.length);
        const last = sorted.at(-1) ?? 0;
        const next = promiseWakeUp(state, policy);
        if (next !== undefined) expect(next).toBeGreaterThan(last);
        for (const { type, occurredAt } of events) if (type === 'promise.missed') expect(occurredAt).toBe(due);
        if (state.state === 'missed') missed += 1;
      }),
    );
    expect(missed).toBeGreaterThan(10);
  });
});

const commands = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('attempt' as const), outcome: fc.constantFrom('reached' as const, 'no-answer' as const) }),
    fc.constant({ kind: 'attempt' as const, outcome: 'no-answer' as const }),
    fc.constant({ kind: 'keep' as const }),
    fc.constant({ kind: 'see' as const }),
    fc.record({ kind: fc.constant('move' as const), by: fc.integer({ min: 1, max: 5000 }) }),
    fc.record({ kind: fc.constant('reassign' as const), to: fc.constantFrom('0209', '0103') }),
    fc.constant({ kind: 'give-up' as const }),
    fc.constant({ kind: 'withdraw' as const }),
    fc.constant({ kind: 'wake' as const }),
  ),
  { maxLength: 25 },
);

function commandAt(
  drawn: { readonly kind: string; readonly by?: number; readonly to?: string; readonly outcome?: string },
  at: number,
): PromiseCommand {
  const told = { told: true, reason: '改期' };
  switch (drawn.kind) {
    case 'attempt':
      return { ...id, at, kind: 'attempt', by: 'agent', outcome: drawn.outcome === 'reached' ? 'reached' : 'no-answer' };
    case 'keep':
      return { ...id, at, kind: 'keep', by: 'agent' };
    case 'see':
      return { ...id, at, kind: 'see', by: 'agent' };
    case 'move':
      return { ...id, at, kind: 'move', due: at + (drawn.by ?? 1), ...told };
    case 'reassign':
      return { ...id, at, kind: 'reassign', by: 'leader', to: drawn.to ?? '0209', reason: '轮休' };
    case 'give-up':
      return { ...id, at, kind: 'give-up', by: 'leader', tries: 3 };
    case 'withdraw':
      return { ...id, at, kind: 'withdraw', by: 'leader', byCustomer: true, reason: '客户不需要了' };
    default:
      return wake(at);
  }
}

describe('whatever is done to a promise', () => {
  it('it is settled once, keeps its first receiver and first due time, and is never given up before three tries', () => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(commands, (drawn) => {
        const { state, events } = play([make, ...drawn.map((each, n) => commandAt(each, 1000 + n * 700))]);
        ends.add(state.state);
        expect(state).toMatchObject({ first: '0217', firstDue: 5000 });
        const settling = events.filter(({ type }) => ['promise.kept', 'promise.withdrawn', 'promise.unreached'].includes(type));
        expect(settling.length).toBe(isSettled(state) ? 1 : 0);
        if (settling.length > 0) expect(events.at(-1)).toBe(settling[0]);
        if (state.state === 'unreached') expect(state.attempts).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 2000 },
    );
    expect([...ends].sort()).toEqual(['kept', 'kept-late', 'missed', 'open', 'unreached', 'withdrawn']);
  });

  it('a leader’s callback needs a number and an agent who tried first; so do others that somebody else keeps', () => {
    const leader = { ...make, what: 'leader-callback' } as const;
    const number = { subject: 'customer-1', value: '13800138000' };
    expect(play([leader]).refused).toEqual(['promise.soothe-first']);
    expect(play([{ ...leader, soothed: true }]).refused).toEqual(['promise.no-number']);
    expect(play([{ ...leader, soothed: true, number }]).state.state).toBe('open');
    expect(play([{ ...make, what: 'message' }]).refused).toEqual(['promise.no-number']);
  });

  it('word for a colleague is taken with or without being read back, and whoever calls back has seen it', () => {
    const number = { subject: 'customer-1', value: '13800138000' };
    const word = { ...make, what: 'message', number } as const;
    const types = (...commands: readonly PromiseCommand[]) => play(commands).events.map(({ type }) => type);
    const attempt: PromiseCommand = { ...id, at: 2000, kind: 'attempt', by: 'agent', outcome: 'no-answer' };
    const keep: PromiseCommand = { ...id, at: 3000, kind: 'keep', by: 'agent' };
    expect(types({ ...word, readBack: true })).toEqual(['message.taken', 'message.read-back', 'promise.made']);
    expect(types(word, attempt, keep)).toEqual([
      ...['message.taken', 'promise.made', 'message.seen', 'promise.seen', 'promise.attempted'],
      'promise.kept',
    ]);
    expect(types(make, keep)).toEqual(['promise.made', 'promise.kept']);
  });

  it('handed over, the new owner has not seen it, and the first receiver stays', () => {
    const given: PromiseCommand = { ...id, at: 3000, kind: 'reassign', by: 'leader', to: '0209', reason: '轮休' };
    const played = play([make, { ...id, at: 2000, kind: 'see', by: 'agent' }, given, { ...given, reason: '' }]);
    expect(played.state).toMatchObject({ owner: '0209', first: '0217', seenAt: undefined });
    expect(play([make, { ...given, reason: ' ' }]).refused).toEqual(['promise.no-reason']);
  });

  it('is not given up when the last try reached somebody', () => {
    const attempt = (outcome: 'reached' | 'no-answer'): PromiseCommand => ({ ...id, at: 2000, kind: 'attempt', by: 'agent', outcome });
    const up: PromiseCommand = { ...id, at: 3000, kind: 'give-up', by: 'leader', tries: 3 };
    expect(play([make, attempt('no-answer'), attempt('no-answer'), attempt('reached'), up]).refused).toEqual(['promise.was-reached']);
    expect(play([make, attempt('no-answer'), up]).refused).toEqual(['promise.tries-left']);
  });
});

const china = 8 * 3_600_000;
const local = (text: string) => Date.parse(`${text}:00Z`) - china;
const calendar: WorkCalendar = {
  zoneOffsetMs: china,
  staffed: { from: 510, to: 1050 },
  isWorkingDay: (day) => ![0, 6].includes(new Date(day * 86_400_000).getUTCDay()),
  isPublished: (day) => isoDay(day).startsWith('2026'),
};
const windows = { morning: { from: 510, to: 720 }, afternoon: { from: 840, to: 1200 } };

describe('a due time', () => {
  it('outside of staffed hours, or in a year whose holidays nobody knows, is warned about', () => {
    expect(quoteTerm({ kind: 'elapsed', ms: 3_600_000 }, local('2026-09-30T17:20'), calendar)).toEqual({
      due: local('2026-09-30T18:20'),
      warnings: ['outside-hours'],
    });
    expect(quoteTerm({ kind: 'working-days', days: 3 }, local('2026-12-30T10:00'), calendar)).toMatchObject({
      warnings: ['year-not-published'],
    });
    expect(dueWarnings(local('2026-09-30T16:00'), local('2026-09-30T10:00'), calendar)).toEqual([]);
    expect(quoteTerm({ kind: 'working-days', days: 1 }, 0, { ...calendar, isWorkingDay: () => false })).toMatchObject({
      refused: 'promise.no-working-day',
    });
  });
});

describe('the next try', () => {
  it('falls into another part of the day than the last one, on a working day', () => {
    expect(nextTry(local('2026-09-30T09:00'), windows, calendar)).toBe(local('2026-09-30T14:00'));
    expect(nextTry(local('2026-09-30T15:00'), windows, calendar)).toBe(local('2026-10-01T08:30'));
    expect(nextTry(local('2026-10-02T15:00'), windows, calendar)).toBe(local('2026-10-05T08:30'));
    expect(daypartOf(local('2026-09-30T12:30'), windows, china)).toBeUndefined();
  });
});

it('the rate counts the first due time, not the agreed one, and those not reached apart', () => {
  const base = { firstDue: 100, due: 100 };
  const promises = [
    { ...base, state: 'kept' },
    { ...base, state: 'kept-late' },
    { ...base, state: 'missed' },
    { ...base, state: 'open', due: 900 },
    { state: 'open', firstDue: 900, due: 900 },
    { ...base, state: 'unreached' },
    { ...base, state: 'withdrawn' },
  ] as const;
  expect(promiseCounts(promises, 500)).toEqual({ due: 4, kept: 1, overdue: 1, unreached: 1 });
});
