import { expect, it } from 'vitest';
import { placesOf } from './session.ts';

it('shows each role its own places in the fixed order', () => {
  expect(placesOf(['agent'])).toEqual([
    '/desk',
    '/chats',
    '/today',
    '/promises',
    '/tickets',
    '/customers',
    '/knowledge',
    '/training',
    '/interactions',
    '/appeals',
    '/reports',
    '/outbox',
  ]);
  expect(placesOf(['leader', 'agent'])).toEqual([
    '/desk',
    '/chats',
    '/board',
    '/today',
    '/promises',
    '/tickets',
    '/customers',
    '/knowledge',
    '/training',
    '/interactions',
    '/appeals',
    '/call-flows',
    '/norms',
    '/reports',
    '/imports',
    '/retention',
    '/outbox',
  ]);
  expect(placesOf(['department'])).toEqual(['/today', '/promises', '/tickets', '/knowledge']);
  expect(placesOf([])).toEqual([]);
});
