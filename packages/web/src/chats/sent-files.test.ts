import type { WireEvent } from '@threerings/core/wire/events';
import { expect, it } from 'vitest';
import { sentFilesOf } from './sent-files.ts';

const event = (type: string, fields: WireEvent['fields']) => ({ type, fields }) as WireEvent;

it('gathers the files of a message, each once, and why others are not there', () => {
  const files = sentFilesOf([
    event('chat.received', { message: 'm1' }),
    event('chat.file-kept', { message: 'm1', attachment: 'a' }),
    event('chat.file-kept', { message: 'm1', attachment: 'a' }),
    event('chat.file-missing', { message: 'm1', reason: 'expired' }),
    event('chat.file-kept', { message: 'm2', attachment: 'b' }),
  ]);
  expect(Object.fromEntries(files)).toEqual({ m1: { kept: ['a'], missing: ['expired'] }, m2: { kept: ['b'], missing: [] } });
});
