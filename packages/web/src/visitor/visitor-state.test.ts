import type { ChatMessage, VisitorPush } from '@threerings/core/wire/chat';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterPush, afterWriting, atTheDoor, unsent } from './visitor-state.ts';

const stored = (seq: number, message: string): ChatMessage => ({ seq, message, from: 'customer', as: 'text', text: message, at: seq });

it('shows every message once, and sends again what was neither stored nor refused, whatever the line does', () => {
  let again = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ does: fc.constantFrom('write', 'store', 'push', 'lost', 'resend'), n: fc.nat(5) }), { maxLength: 80 }),
      (steps) => {
        let page = atTheDoor;
        const server: ChatMessage[] = [];
        const onTheWay: string[] = [];
        let count = 0;
        const take = (message: string) => {
          if (!server.some((one) => one.message === message)) server.push(stored(server.length + 1, message));
        };
        const push = (from: number) => {
          const messages = server.slice(from);
          if (messages.length > 0) page = afterPush(page, { kind: 'messages', messages } satisfies VisitorPush, 0);
        };
        for (const { does, n } of steps) {
          if (does === 'write') {
            count += 1;
            page = afterWriting(page, { message: `m${count}`, text: 'x', at: 0 });
            onTheWay.push(`m${count}`);
          } else if (does === 'lost') onTheWay.length = 0;
          else if (does === 'store') for (const message of onTheWay.splice(0, n)) take(message);
          else if (does === 'push') push(Math.min(n, page.upTo));
          else for (const { message } of unsent(page)) onTheWay.push(message);
          if (does === 'resend') again += 1;
        }
        for (const { message } of unsent(page)) take(message);
        push(0);
        expect(page.outgoing).toEqual([]);
        expect(page.messages.map(({ message }) => message).sort()).toEqual(Array.from({ length: count }, (_, i) => `m${i + 1}`).sort());
      },
    ),
  );
  expect(again).toBeGreaterThan(50);
});

it('keeps what was refused, with the reason, and does not send it again', () => {
  const written = afterWriting(atTheDoor, { message: 'a', text: 'x', at: 0 });
  const refused = afterPush(written, { kind: 'refused', refused: 'chat.over', words: 'over', message: 'a' }, 0);
  expect(refused.outgoing).toEqual([{ message: 'a', text: 'x', at: 0, refused: 'over' }]);
  expect(unsent(refused)).toEqual([]);
});
