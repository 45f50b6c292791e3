import { expect, it } from 'vitest';
import { uuid } from './uuid.ts';

it('writes version and variant of a random UUID into whatever the bytes are', () => {
  const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(uuid(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
  expect(uuid(new Uint8Array(16))).toMatch(version4);
  expect(uuid()).not.toBe(uuid());
});
