import { expect, it } from 'vitest';
import { chosenKey, openedKey, seal, unseal } from './seal.ts';

it('a note is opened by the passphrase that sealed it, and by no other', async () => {
  const { key, stored } = await chosenKey('雨后散步');
  const sealed = await seal(key, '今天有点累');
  expect(JSON.stringify([stored, sealed])).not.toMatch(/雨后|累/);
  expect(await openedKey('雨后散歩', stored)).toBeUndefined();
  const again = await openedKey('雨后散步', stored);
  if (again === undefined) throw new Error('the passphrase does not open its own key');
  expect(await unseal(again, sealed)).toBe('今天有点累');
  expect(await seal(key, '今天有点累')).not.toBe(sealed);
  const { key: other } = await chosenKey('雨后散步');
  expect(await unseal(other, sealed)).toBeUndefined();
});
