import type { WireEvent } from '@threerings/core/wire/events';
import { expect, it } from 'vitest';
import { fatesOf } from './fates.ts';

const event = (type: string, message: string, fields: object = {}) => ({ type, fields: { message, ...fields } }) as unknown as WireEvent;

it('a message that arrived late is as one that arrived, and one that is given up stays so', () => {
  const waits = { reason: 'unreachable', final: false };
  const events = [
    event('chat.sent', 'a'),
    event('chat.undelivered', 'a', waits),
    event('chat.undelivered', 'b', waits),
    event('chat.delivered', 'a'),
    event('chat.delivered', 'c'),
    event('chat.undelivered', 'c', { reason: 'customer-refuses', final: true }),
  ];
  expect([...fatesOf(events)]).toEqual([
    ['b', waits],
    ['c', { reason: 'customer-refuses', final: true }],
  ]);
});
