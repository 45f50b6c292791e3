import { expect, it } from 'vitest';
import { LogBudget } from './log-budget.ts';

it('a flood of log lines is cut to twenty a minute, and says what it left out', () => {
  let now = 0;
  const budget = new LogBudget(() => now);
  const first = Array.from({ length: 100 }, () => budget.spend());
  expect(first.filter((left) => left === 0)).toHaveLength(20);
  now = 60_000;
  expect(budget.spend()).toBe(80);
  expect(budget.spend()).toBe(0);
});
