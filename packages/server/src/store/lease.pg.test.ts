import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { takeLease } from './lease.ts';

const { url } = await testDatabase();

test('one process owns a lease; the next owner has a greater epoch', async () => {
  const first = await takeLease(url, 'hotline');
  expect(first?.epoch).toBe(1);
  expect(await takeLease(url, 'hotline')).toBeUndefined();
  const other = await takeLease(url, 'another');
  expect(other?.epoch).toBe(1);
  await first?.release();
  await expect(first?.lost).resolves.toContain('hotline');
  const second = await takeLease(url, 'hotline');
  expect(second?.epoch).toBe(2);
  await Promise.all([second?.release(), other?.release()]);
});
