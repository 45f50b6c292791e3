import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { dueOf, isoDay, isStaffed, localDay, startOfDay, type WorkCalendar } from './calendar.ts';
import { type PromisePolicy, promiseWakeUp } from './clockwork.ts';
import { decidePromise, type PromiseCommand } from './lifecycle.ts';
import { type CallerPromise, evolvePromise, noPromise } from './state.ts';
import { promiseViewOf } from './view.ts';

const china = 8 * 3_600_000;
const hour = 3_600_000;
const holidays = new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07']);
const madeUp = new Set(['2026-09-27', '2026-10-10']);
const calendar: WorkCalendar = {
  zoneOffsetMs: china,
  staffed: { from: 8 * 60 + 30, to: 17 * 60 + 30 },
  isWorkingDay: (day) => {
    const weekday = new Date(day * 86_400_000).getUTCDay();
    return madeUp.has(isoDay(day)) || (weekday !== 0 && weekday !== 6 && !holidays.has(isoDay(day)));
  },
};
const local = (text: string) => Date.parse(`${text}:00Z`) - china;

describe('a due time', () => {
  it('three working days from the eve of the national holiday is the make-up Saturday, at close of business', () => {
    expect(dueOf({ kind: 'working-days', days: 3 }, local('2026-09-30T16:00'), calendar)).toBe(local('2026-10-10T17:30'));
  });

  it('in minutes and hours is elapsed time, whatever the hour', () => {
    expect(dueOf({ kind: 'elapsed', ms: 2 * hour }, local('2026-09-30T17:20'), calendar)).toBe(local('2026-09-30T19:20'));
    expect(isStaffed(local('2026-09-30T19:20'), calendar)).toBe(false);
    expect(isStaffed(local('2026-10-10T17:30'), calendar)).toBe(true);
    expect(isStaffed(local('2026-10-01T10:00'), calendar)).toBe(false);
  });

  it('in staffed hours goes on where the next staffed hour begins', () => {
    expect(dueOf({ kind: 'staffed', ms: 2 * hour }, local('2026-09-30T16:30'), calendar)).toBe(local('2026-10-08T09:30'));
    expect(dueOf({ kind: 'staffed', ms: 2 * hour }, local('2026-09-30T07:00'), calendar)).toBe(local('2026-09-30T10:30'));
    expect(dueOf({ kind: 'staffed', ms: hour }, local('2026-09-30T16:30'), calendar)).toBe(local('2026-09-30T17:30'));
  });

  it('is not invented when the calendar has no working day', () => {
    const never = { ...calendar, isWorkingDay: () => false };
    expect(dueOf({ kind: 'working-days', days: 1 }, local('2026-09-30T16:00'), never)).toBeUndefined();
    expect(dueOf({ kind: 'staffed', ms: 1 }, local('2026-09-30T16:00'), never)).toBeUndefined();
  });

  it('counts the local day, not that of Greenwich', () => {
    const early = local('2026-09-30T07:59');
    expect(isoDay(localDay(early, china))).toBe('2026-09-30');
    expect(startOfDay(localDay(early, china), china)).toBe(local('2026-09-30T00:00'));
  });
});

const id = { promise: 'p' };
const make: PromiseCommand = { ...id, kind: 'make', at: 1000, what: 'callback', due: 5000, owner: '1' };
const keep = (at: number): PromiseCommand => ({ ...id, kind: 'keep', at, by: 'agent' });
const policy: PromisePolicy = { remindAheadMs: 100_000, escalateAfterMs: 1000 };
const wake = (at: number): PromiseCommand => ({ ...id, kind: 'wake', policy, at });
const move = (at: number, due: number, reason = '客户要求'): PromiseCommand => ({ ...id, kind: 'move', at, due, told: true, reason });

function play(commands: readonly PromiseCommand[]) {
  let state: CallerPromise = noPromise;
  const types: string[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decidePromise(command, state);
    if (isRefusal(decision)) refused.push(decision.refused);
    else {
      types.push(...decision.map((event) => event.type));
      state = decision.reduce((next, event) => evolvePromise(next, { by: 'agent', ...event }), state);
    }
  }
  return { state, types, refused };
}

describe('a promise', () => {
  it('kept exactly when due is kept; a moment later it is kept late', () => {
    expect(play([make, keep(5000)]).state.state).toBe('kept');
    expect(play([make, keep(5001)]).state.state).toBe('kept-late');
  });

  it('that was moved counts against the due time that the caller was given first', () => {
    const moved = play([make, move(2000, 9000), keep(8000)]);
    expect(moved.state).toMatchObject({ state: 'kept-late', firstDue: 5000, due: 9000, moved: 1 });
  });

  it('is missed at its due time, not before, whenever somebody looks', () => {
    expect(play([make, wake(4999)]).types).toEqual(['promise.made']);
    const missed = play([make, wake(99_000), wake(99_001)]);
    expect(missed.types).toEqual(['promise.made', 'promise.missed', 'promise.escalated', 'promise.escalated']);
    expect(promiseWakeUp(missed.state, policy)).toBeUndefined();
    expect(play([make, wake(5500), keep(7000)]).state.state).toBe('kept-late');
    expect(promiseWakeUp(play([make, wake(5500), move(7000, 9000)]).state, policy)).toBe(9000);
  });

  it('counts its attempts and can be withdrawn with a reason', () => {
    const attempt: PromiseCommand = { ...id, kind: 'attempt', at: 2000, by: 'agent', outcome: 'no-answer' };
    const withdraw = (reason: string): PromiseCommand => ({ ...id, kind: 'withdraw', at: 3000, by: 'leader', byCustomer: false, reason });
    const played = play([make, attempt, attempt, withdraw(''), withdraw('未联系上'), keep(4000)]);
    expect(played.refused).toEqual(['promise.no-reason', 'promise.settled']);
    expect(played.state).toMatchObject({ state: 'withdrawn', attempts: 2 });
  });

  it('is refused for the past and for the far future, and unknown before it was made', () => {
    expect(play([{ ...make, due: 1000 } as PromiseCommand]).refused).toEqual(['promise.due-past']);
    expect(play([{ ...make, due: 1000 + 200 * 86_400_000 } as PromiseCommand]).refused).toEqual(['promise.due-far']);
    expect(play([keep(1)]).refused).toEqual(['promise.unknown']);
    expect(play([make, move(2000, 9000, ' ')]).refused).toEqual(['promise.no-reason']);
  });

  it('keeps in view who received the caller first, whoever owns it', () => {
    const { state } = play([{ ...make, owner: '2001', first: '1024' } as PromiseCommand, keep(2000), keep(3000)]);
    expect(promiseViewOf(state, { promise: 'p', interaction: 'i' })).toEqual({
      promise: 'p',
      interaction: 'i',
      kind: 'callback',
      owner: '2001',
      firstReceiver: '1024',
      dueAt: 5000,
      firstDueAt: 5000,
      madeAt: 1000,
      attempts: 0,
      moved: 0,
      escalated: 0,
      state: 'kept',
    });
    expect(promiseViewOf(noPromise, id)).toBeUndefined();
  });
});
