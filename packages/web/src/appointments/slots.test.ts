import type { PromiseView } from '@threerings/core/wire/desk';
import { expect, test } from 'vitest';
import { byDay, inSpan } from './slots.ts';

const at = (time: string) => new Date(`2026-09-14T${time}`).getTime();
const day = 86_400_000;
const visit = (promise: string, dueAt: number, more: Partial<PromiseView> = {}): PromiseView => ({
  ...{ promise, kind: 'visit', owner: '0217', firstReceiver: '0217', dueAt, state: 'open' },
  ...more,
});

test('visits stand by day and time, and those of one person within an hour say that they clash', () => {
  const days = byDay([
    visit('c', at('10:00') + day),
    visit('b', at('10:30')),
    visit('a', at('10:00')),
    visit('d', at('10:10'), { owner: '0209' }),
    visit('e', at('11:00'), { state: 'kept' }),
    visit('f', at('11:30')),
  ]);
  expect(days.map(({ slots }) => slots.map(({ view, clashes }) => `${view.promise}${clashes}`))).toEqual([
    ['a1', 'd0', 'b1', 'e0', 'f0'],
    ['c0'],
  ]);
});

test('a span of days holds its own, and whatever is overdue', () => {
  const now = at('12:00');
  const shown = (span: 'today' | 'tomorrow' | 'week') =>
    [
      visit('gone', now - 3 * day, { state: 'missed' }),
      visit('today', at('15:00')),
      visit('tomorrow', at('09:00') + day),
      visit('next', now + 6 * day),
      visit('far', now + 8 * day),
    ]
      .filter((each) => inSpan(each, span, now))
      .map(({ promise }) => promise);
  expect(shown('today')).toEqual(['gone', 'today']);
  expect(shown('tomorrow')).toEqual(['gone', 'tomorrow']);
  expect(shown('week')).toEqual(['gone', 'today', 'tomorrow', 'next']);
});
