import { expect, test } from 'vitest';
import { hashPassword, PasswordsBusy, passwordFlaw, verifyPassword } from './password.ts';

test('a password fits its own hash and no other, and the parameters stand in the hash', async () => {
  const stored = await hashPassword('three rings 三声');
  expect(stored).toMatch(/^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('three rings 三声', stored)).toBe(true);
  expect(await verifyPassword('three rings', stored)).toBe(false);
  expect(await hashPassword('three rings 三声')).not.toBe(stored);
});

test('letters composed in another way are the same password', async () => {
  const stored = await hashPassword('caf\u00e9 \uff13\uff12\uff11');
  expect(await verifyPassword('cafe\u0301 321', stored)).toBe(true);
});

test('a hash with other parameters is still understood; a damaged one fits nothing', async () => {
  const weaker = 'scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA$tz4Kbg5DvJcQSTHIvMVnsVr0ZnRgmGJFXHjqRYhFnYM';
  expect(await verifyPassword('x', weaker)).toBe(false);
  for (const damaged of [undefined, '', 'x', 'scrypt$30$8$1$AAAAAAAAAAAAAAAAAAAAAA$tz4Kbg5DvJcQSTHIvMVnsVr0ZnRgmGJFXHjqRYhFnYM'])
    expect(await verifyPassword('x', damaged)).toBe(false);
});

test('a flood of sign-ins is refused instead of queued without bound', async () => {
  const cheap = 'scrypt$10$8$1$AAAAAAAAAAAAAAAAAAAAAA$tz4Kbg5DvJcQSTHIvMVnsVr0ZnRgmGJFXHjqRYhFnYM';
  const flood = await Promise.allSettled(Array.from({ length: 80 }, () => verifyPassword('x', cheap)));
  const refused = flood.filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(80 - 2 - 64);
  for (const each of refused) expect(each).toMatchObject({ reason: expect.any(PasswordsBusy) });
  expect(await verifyPassword('x', cheap)).toBe(false);
});

test('a new password is long enough, not common, and does not hold the login', () => {
  expect(passwordFlaw('九个字的密码不够长', 'a')).toBe('too-short');
  expect(passwordFlaw('x'.repeat(300), 'a')).toBe('too-long');
  expect(passwordFlaw('abababababab', 'z')).toBe('too-common');
  expect(passwordFlaw('Threerings', 'z')).toBe('too-common');
  expect(passwordFlaw('pass-0217-word', '0217')).toBe('too-common');
  expect(passwordFlaw('a quiet afternoon', 'a')).toBeUndefined();
});
