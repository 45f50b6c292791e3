import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { callerToken, callOfToken } from './caller-token.ts';

const key = randomBytes(32);
const now = Date.UTC(2026, 8, 30);

test('a token speaks for its call until four hours have passed', () => {
  const call = randomUUID();
  const token = callerToken(key, call, now);
  expect(callOfToken(key, token, now)).toBe(call);
  expect(callOfToken(key, token, now + 4 * 3_600_000 - 1)).toBe(call);
  expect(callOfToken(key, token, now + 4 * 3_600_000)).toBeUndefined();
});

test('a token of another call, another time or another key is refused', () => {
  const token = callerToken(key, randomUUID(), now);
  const [, until = '', mac = ''] = token.split('.');
  expect(callOfToken(key, `${randomUUID()}.${until}.${mac}`, now)).toBeUndefined();
  expect(callOfToken(key, token.replace(until, String(Number(until) + 1)), now)).toBeUndefined();
  expect(callOfToken(randomBytes(32), token, now)).toBeUndefined();
  for (const junk of ['', '..', token.slice(0, -1), `${token}x`]) expect(callOfToken(key, junk, now)).toBeUndefined();
});
