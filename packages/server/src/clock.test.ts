import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

const hour = 3_600_000;
const begin = Date.UTC(2026, 8, 30, 2);

beforeEach(() => {
  vi.useFakeTimers({ now: begin });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a clock that is set forward is noticed within a second, and what became due meanwhile runs once', async () => {
  const run = vi.fn();
  systemClock.at(begin + hour, run);
  await vi.advanceTimersByTimeAsync(5000);
  expect(run).not.toHaveBeenCalled();
  vi.setSystemTime(begin + hour + 5000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('a clock that is set back makes nothing early', async () => {
  const run = vi.fn();
  systemClock.at(begin + 60_000, run);
  await vi.advanceTimersByTimeAsync(50_000);
  vi.setSystemTime(begin);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(run).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('a wait of months does not fire at once, and can be called off', async () => {
  const run = vi.fn();
  const cancel = systemClock.at(begin + 60 * 24 * hour, run);
  await vi.advanceTimersByTimeAsync(2000);
  expect(run).not.toHaveBeenCalled();
  cancel();
  vi.setSystemTime(begin + 61 * 24 * hour);
  await vi.advanceTimersByTimeAsync(2000);
  expect(run).not.toHaveBeenCalled();
});
