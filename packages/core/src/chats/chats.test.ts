import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { shippedSettings } from '../settings/defaults.ts';
import { fact, type Happened } from '../timeline/decider.ts';
import { type ChatCommand, decideChat } from './lifecycle.ts';
import { nextInChat } from './policies.ts';
import { evolveSeat, noSeat, placesIn, type Seat, seatFor } from './seats.ts';
import { type Chat, evolveChat, newChat } from './state.ts';

const text = (value: string) => ({ subject: 'customer-c', value });
const opened: ChatCommand = { kind: 'open', channel: 'web', thread: 'c', queue: 'general', at: 0 };
const write = (message: string, at = 1): ChatCommand => ({ kind: 'write', message, text: text(message), as: 'text', at });
const send = (message: string, at = 1): ChatCommand => ({ kind: 'send', agent: '1', message, text: text(message), as: 'text', at });

function play(commands: readonly ChatCommand[], id = 'c') {
  let chat = newChat(id);
  const events: Happened[] = [];
  const refused: string[] = [];
  for (const command of commands) {
    const decision = decideChat(command, chat);
    if (isRefusal(decision)) refused.push(decision.refused);
    else
      for (const event of decision) {
        events.push({ by: undefined, ...event });
        chat = evolveChat(chat, { by: undefined, ...event });
      }
  }
  return { chat, events, types: events.map(({ type }) => type), refused };
}

describe('a chat', () => {
  it('goes from the queue to an agent, and is over for everybody once it has ended', () => {
    const all = [
      opened,
      { kind: 'assign', agent: '1', at: 1 } as const,
      write('a'),
      send('b'),
      { kind: 'end', by: 'agent', agent: '1', at: 9 } as const,
    ];
    const { types, chat, refused } = play([...all, write('c', 10), send('d', 10)]);
    expect(types).toEqual(['chat.opened', 'chat.queued', 'chat.accepted', 'chat.received', 'chat.sent', 'chat.ended', 'survey.offered']);
    expect(refused).toEqual(['chat.over', 'chat.over']);
    expect(chat).toMatchObject({ phase: 'ended', received: 1, sent: 1 });
  });

  it('is written in by its agent alone', () => {
    const assigned = [opened, { kind: 'assign', agent: '2', at: 1 } as const];
    expect(play([...assigned, send('a')]).refused).toEqual(['chat.not-yours']);
    expect(play([opened, send('a')]).refused).toEqual(['chat.not-yours']);
  });

  it('counts the messages of each side, and is waiting for a reply since the oldest one that nobody answered', () => {
    const { chat, events } = play([opened, { kind: 'assign', agent: '1', at: 0 }, write('a', 5), write('b', 7)]);
    expect(chat.unansweredSince).toBe(5);
    expect(events.at(-1)?.fields).toMatchObject({ ordinal: 2, message: 'b' });
    expect(play([opened, { kind: 'assign', agent: '1', at: 0 }, write('a', 5), send('x', 8)]).chat.unansweredSince).toBeUndefined();
  });

  it('is rated once, after its end, and only where somebody replied', () => {
    const rate: ChatCommand = { kind: 'rate', score: 5, at: 20 };
    const talked: ChatCommand[] = [opened, { kind: 'assign', agent: '1', at: 0 }, send('x')];
    expect(play([...talked, rate]).refused).toEqual(['chat.not-rated-now']);
    const rated = play([...talked, { kind: 'end', by: 'customer', at: 9 }, rate, rate]);
    expect(rated.types.filter((type) => type === 'survey.answered')).toHaveLength(1);
  });

  it('takes every message once, in order, however often pages repeat them and whenever the process is restarted', () => {
    let repeated = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ n: fc.nat(12), side: fc.boolean(), restart: fc.boolean() }), { minLength: 20, maxLength: 60 }),
        (steps) => {
          const { events } = play([opened, { kind: 'assign', agent: '1', at: 0 }]);
          let chat = events.reduce(evolveChat, newChat('c'));
          const taken: string[] = [];
          for (const { n, side, restart } of steps) {
            const message = `${side ? 'c' : 'a'}${n}`;
            if (taken.includes(message)) repeated += 1;
            const decision = decideChat(side ? write(message) : send(message), chat);
            if (isRefusal(decision)) throw new Error(decision.refused);
            for (const event of decision) {
              events.push({ by: undefined, ...event });
              chat = evolveChat(chat, { by: undefined, ...event });
              taken.push(message);
            }
            if (restart) chat = events.reduce(evolveChat, newChat('c'));
          }
          const wanted = [...new Set(steps.map(({ n, side }) => `${side ? 'c' : 'a'}${n}`))];
          expect(taken).toEqual(wanted);
          expect(chat.received + chat.sent).toBe(wanted.length);
        },
      ),
    );
    expect(repeated).toBeGreaterThan(100);
  });
});

describe('time in a chat', () => {
  const assigned: ChatCommand[] = [opened, { kind: 'assign', agent: '1', at: 0 }];
  it.each([
    ['nobody looked at it: on to somebody else', [...assigned, write('a', 1000)], { at: 31_000, due: 'hand-on' }],
    [
      'looked at and not answered: the leader hears of it',
      [...assigned, write('a', 1000), { kind: 'read', by: 'agent', agent: '1', message: 'a', at: 2000 } as const],
      { at: 181_000, due: 'silence' },
    ],
    [
      'answered: the customer is told when nothing more is said',
      [...assigned, write('a', 1000), send('b', 5000)],
      { at: 605_000, due: 'idle' },
    ],
    [
      'ended: closed when its time for notes is over',
      [...assigned, { kind: 'end', by: 'customer', at: 9000 } as const],
      { at: 309_000, due: 'close' },
    ],
    ['waiting: time alone does nothing', [opened], undefined],
  ])('%s', (_, commands, coming) => {
    expect(nextInChat(play(commands).chat, shippedSettings)).toEqual(coming);
  });
});

describe('seats', () => {
  const seat = (presence = 'busy'): Seat => ({ ...noSeat, open: true, presence });
  const staff = ['1', '2', '3'].map((agent) => ({ agent, skills: agent === '3' ? { injury: 5 } : {} }));
  const held = (id: string, agent: string, at: number): Chat => ({ ...newChat(id), phase: 'talking', agent, heldSince: at, openedAt: at });
  const seating = (seats: Record<string, Seat>, ...chats: Chat[]) => ({
    ...{ seats: new Map(Object.entries(seats)), staff, chats: new Map(chats.map((chat) => [chat.id, chat])), capacity: 2 },
  });

  it('go to who has the fewest chats, then to who was given one longest ago', () => {
    const all = { '1': seat(), '2': seat(), '3': seat() };
    expect(seatFor({}, seating(all, held('a', '1', 5), held('b', '3', 5)))).toBe('2');
    expect(seatFor({}, seating(all, held('a', '1', 9), held('b', '2', 5), held('c', '3', 7)))).toBe('2');
  });

  it('need the skill of the queue, room, an open seat and nobody on the telephone', () => {
    expect(seatFor({ skill: 'injury' }, seating({ '1': seat(), '3': seat() }))).toBe('3');
    expect(seatFor({}, seating({ '1': seat() }, held('a', '1', 1), held('b', '1', 2)))).toBeUndefined();
    expect(seatFor({}, seating({ '1': { ...seat(), open: false }, '2': seat('talking') }))).toBeUndefined();
    expect(seatFor({}, seating({ '1': seat() }), ['1'])).toBeUndefined();
  });

  it('are waited for in the order of opening, queue by queue', () => {
    const waits = (id: string, queue: string, at: number): Chat => ({ ...newChat(id), phase: 'waiting', queue, openedAt: at });
    const chats = new Map([waits('b', 'x', 2), waits('a', 'x', 1), waits('c', 'y', 0), waits('d', 'x', 2)].map((chat) => [chat.id, chat]));
    expect(['a', 'b', 'd', 'c', 'e'].map((id) => placesIn(chats, chats.get(id)?.queue ?? '').get(id))).toEqual([1, 2, 3, 1, undefined]);
  });

  it('are given up with the shift', () => {
    const left = evolveSeat(seat(), { by: 'agent', ...fact('presence.changed', 9, { agent: '1', state: 'offline' }) });
    expect(left).toEqual({ open: false, since: 9, presence: 'offline' });
  });
});

describe('a chat on somebody else’s channel', () => {
  const hour = 3_600_000;
  const opensOn = (channel: 'wecom' | 'qq'): ChatCommand[] => [
    { ...opened, channel } as ChatCommand,
    { kind: 'assign', agent: '1', at: 1 },
    write('a', 10),
  ];

  it('takes as many messages as the channel lets through, and says why it takes no more', () => {
    const six = ['1', '2', '3', '4', '5', '6'].map((id) => send(id, 20));
    expect(play([...opensOn('wecom'), ...six])).toMatchObject({ chat: { sent: 5, partsSince: 5 }, refused: ['chat.window-used'] });
    expect(play([...opensOn('wecom'), ...six, write('b', 30), send('7', 31)]).chat).toMatchObject({ sent: 6, partsSince: 1 });
    expect(play([...opensOn('wecom'), send('1', 10 + 48 * hour)]).refused).toEqual(['chat.window-closed']);
    expect(play([...opensOn('qq'), send('1', 10 + hour)]).refused).toEqual(['chat.window-closed']);
    expect(play([...opensOn('qq'), send('1', 9 + hour)]).refused).toEqual([]);
  });

  it('counts a long text as the messages that it takes', () => {
    const long = (message: string, length: number): ChatCommand =>
      ({ ...send(message, 20), text: text('办'.repeat(length)) }) as ChatCommand;
    const { events, chat } = play([...opensOn('wecom'), long('x', 1000)]);
    expect(events.at(-1)?.fields).toMatchObject({ parts: 2 });
    expect(chat.partsSince).toBe(2);
    expect(play([...opensOn('wecom'), long('x', 2000), long('y', 1500)]).refused).toEqual(['chat.window-short']);
  });

  it('opens no window by a message that was written before the newest one', () => {
    const late: ChatCommand = { kind: 'write', message: 'old', text: text('old'), as: 'text', writtenAt: 5, at: 40 };
    expect(play([...opensOn('wecom'), send('1', 20), late]).chat).toMatchObject({ received: 2, partsSince: 1, customerAt: 10 });
  });

  it('says once of each message that it arrived, that it waits, and that it is given up', () => {
    const delayed: ChatCommand = { kind: 'undelivered', message: '1', reason: 'unreachable', final: false, at: 30 };
    const failed: ChatCommand = { ...delayed, reason: 'window-closed', final: true };
    const delivered: ChatCommand = { kind: 'delivered', message: '1', at: 31 };
    const after = (...more: ChatCommand[]) => play([...opensOn('wecom'), send('1', 20), ...more]);
    expect(after(delayed, delayed, delivered, delivered).types.slice(-2)).toEqual(['chat.undelivered', 'chat.delivered']);
    expect(after(delayed, delivered).chat).toMatchObject({ underWay: [], delayed: [], undelivered: [] });
    expect(after(delivered, failed, failed, delivered).types.slice(-2)).toEqual(['chat.delivered', 'chat.undelivered']);
    expect(after(failed).chat).toMatchObject({ underWay: [], undelivered: ['1'] });
    expect(after({ ...failed, message: 'unknown' }).types.at(-1)).toBe('chat.sent');
  });

  it('is not closed while the channel has something to bring', () => {
    const ended: ChatCommand[] = [...opensOn('wecom'), send('1', 20), { kind: 'end', by: 'agent', agent: '1', at: 30 }];
    expect(nextInChat(play(ended).chat, shippedSettings)).toBeUndefined();
    const close: ChatCommand = { kind: 'close', agent: '1', at: 40 };
    expect(play([...ended, close]).refused).toEqual(['chat.under-way']);
    const delivered: ChatCommand = { kind: 'delivered', message: '1', at: 35 };
    expect(nextInChat(play([...ended, delivered]).chat, shippedSettings)).toMatchObject({ due: 'close' });
    expect(play([...ended, delivered, close]).chat.phase).toBe('closed');
  });
});
