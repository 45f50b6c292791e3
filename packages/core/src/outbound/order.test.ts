import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { noPromise } from '../promises/state.ts';
import { nextCallingTime } from '../promises/windows.ts';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { callWindows, checkOrder, type OutboundOrder, type OutboundScene, pointsOf } from './order.ts';

const beijing = 8 * 3_600_000;
const local = (text: string) => Date.parse(`${text}:00+08:00`);
const plan = { ...onlyQueue('general'), dialPlan: { allow: ['1'], refuse: [] } };
const order: OutboundOrder = {
  interaction: 'out-1',
  number: '138 0013 8000',
  purpose: 'answer',
  note: '结果\n\n 还有疑问吗 ',
  unsafe: false,
};
const scene = (at: string, more: Partial<OutboundScene> = {}): OutboundScene => ({
  ...{ at: local(at), plan, settings: shippedSettings, zoneOffsetMs: beijing },
  ...more,
});
const codeOf = (given: Partial<OutboundOrder>, at = scene('2026-09-30T10:00')) => {
  const answer = checkOrder({ ...order, ...given }, at);
  return isRefusal(answer) ? answer.refused : 'ask' in answer ? answer.norm : answer.number;
};

describe('an order to call somebody', () => {
  it('that is prepared, allowed and in time gives the number to dial', () => {
    expect(codeOf({})).toBe('13800138000');
    expect(pointsOf(order.note)).toEqual(['结果', '还有疑问吗']);
  });

  it('is refused outside of the dial plan, without points, and for who asked not to be called', () => {
    expect(codeOf({ number: '95588' })).toBe('dial.outside-plan');
    expect(codeOf({ note: ' \n ' })).toBe('dial.not-prepared');
    expect(codeOf({ unsafe: true, override: '急' })).toBe('dial.unsafe');
  });

  it('for a promise that is settled or gone is refused', () => {
    expect(codeOf({ promise: 'p' })).toBe('promise.settled');
    expect(codeOf({ promise: 'p' }, scene('2026-09-30T10:00', { promise: { ...noPromise, state: 'kept' } }))).toBe('promise.settled');
    expect(codeOf({ promise: 'p' }, scene('2026-09-30T10:00', { promise: { ...noPromise, state: 'missed' } }))).toBe('13800138000');
  });

  it.each([
    ['2026-09-30T08:29', 'outbound-time-window'],
    ['2026-09-30T08:30', '13800138000'],
    ['2026-09-30T12:00', 'outbound-time-window'],
    ['2026-09-30T19:59', '13800138000'],
    ['2026-09-30T20:00', 'outbound-time-window'],
  ])('at %s: %s', (at, wanted) => {
    expect(codeOf({}, scene(at))).toBe(wanted);
  });

  it('outside of the hours goes on with a reason, and a dropped call without one', () => {
    expect(codeOf({ override: ' ' }, scene('2026-09-30T21:00'))).toBe('outbound-time-window');
    expect(codeOf({ override: '客户约好九点' }, scene('2026-09-30T21:00'))).toBe('13800138000');
    expect(codeOf({ redials: 'call-1', note: undefined }, scene('2026-09-30T21:00'))).toBe('13800138000');
  });

  it('says when people are called again', () => {
    const next = (at: string) => nextCallingTime(local(at), callWindows(shippedSettings), beijing);
    expect(next('2026-09-30T07:00')).toBe(local('2026-09-30T08:30'));
    expect(next('2026-09-30T12:30')).toBe(local('2026-09-30T14:00'));
    expect(next('2026-09-30T22:00')).toBe(local('2026-10-01T08:30'));
  });
});
