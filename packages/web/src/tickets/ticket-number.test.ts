import { expect, it } from 'vitest';
import { ticketNumber } from './ticket-number.ts';

it('says the day and is told apart by its end', () => {
  expect(ticketNumber(new Date(2026, 8, 3), () => 0)).toBe('20260903-AAAAA');
  expect(ticketNumber(new Date(2026, 10, 22), () => 0.999)).toBe('20261122-99999');
});

it('ends in nothing that is read as something else', () => {
  let n = 0;
  const ends = Array.from({ length: 100 }, () => ticketNumber(new Date(2026, 0, 1), () => (n++ % 32) / 32).slice(9)).join('');
  expect(new Set(ends).size).toBeGreaterThan(25);
  expect(ends).not.toMatch(/[ILO01]/);
});
