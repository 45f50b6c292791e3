import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SignInThrottle } from './sign-in-throttle.ts';

const minute = 60_000;

test('attempts that begin together are counted before any of them has ended', () => {
  const throttle = new SignInThrottle();
  for (let i = 0; i < 5; i += 1) throttle.begin('agent', `10.0.0.${i}`, 0);
  expect(throttle.lockedUntil('AGENT', '10.0.0.9', 0)).toBe(5 * minute);
  expect(throttle.lockedUntil('agent', '10.0.0.9', 5 * minute)).toBeUndefined();
});

test('a success forgets the failures of the login', () => {
  const throttle = new SignInThrottle();
  for (let i = 0; i < 4; i += 1) throttle.begin('agent', 'a', 0);
  throttle.begin('agent', 'a', 0);
  throttle.succeeded('agent', 'a');
  for (let i = 0; i < 4; i += 1) throttle.begin('agent', 'a', 1);
  expect(throttle.lockedUntil('agent', 'a', 1)).toBeUndefined();
});

test('failures that lie further apart than a quarter of an hour never lock', () => {
  const throttle = new SignInThrottle();
  for (let i = 0; i < 20; i += 1) {
    throttle.begin('agent', 'a', i * 15 * minute);
    expect(throttle.lockedUntil('agent', 'a', i * 15 * minute)).toBeUndefined();
  }
});

test('no success of its own lets an address guess other logins without end', () => {
  const throttle = new SignInThrottle();
  for (let i = 0; i < 49; i += 1) throttle.begin(`guess-${i}`, 'a', 0);
  throttle.begin('own', 'a', 0);
  throttle.succeeded('own', 'a');
  expect(throttle.lockedUntil('other', 'a', 0)).toBeUndefined();
  throttle.begin('guess-50', 'a', 0);
  expect(throttle.lockedUntil('other', 'a', 0)).toBe(5 * minute);
});

test('whatever the order of attempts, a login never gets ten guesses within five minutes', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 2 * minute }), { minLength: 20, maxLength: 60 });
  let locks = 0;
  fc.assert(
    fc.property(gaps, (steps) => {
      const throttle = new SignInThrottle();
      const made: number[] = [];
      let now = 0;
      for (const step of steps) {
        now += step;
        if (throttle.lockedUntil('agent', 'a', now) !== undefined) {
          locks += 1;
          continue;
        }
        throttle.begin('agent', 'a', now);
        made.push(now);
        const recent = made.filter((at) => now - at < 5 * minute);
        expect(recent.length).toBeLessThanOrEqual(9);
      }
    }),
  );
  expect(locks).toBeGreaterThan(100);
});
