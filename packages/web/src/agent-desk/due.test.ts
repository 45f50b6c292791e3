import { expect, it } from 'vitest';
import { dueAtOf, localInputValue } from './due.ts';

it('counts minutes and hours of a promise as elapsed time', () => {
  expect(dueAtOf('30m', '', 0)).toBe(30 * 60_000);
  expect(dueAtOf('4h', '', 500)).toBe(4 * 3600_000 + 1000);
});

it('reads an own time back as it was written, and an unreadable one as none', () => {
  const at = new Date(2026, 8, 17, 14, 33, 12).getTime();
  expect(localInputValue(at)).toBe('2026-09-17T14:35');
  expect(dueAtOf('own', localInputValue(at), 0)).toBe(new Date(2026, 8, 17, 14, 35).getTime());
  expect(dueAtOf('own', 'soon', 0)).toBeUndefined();
});
