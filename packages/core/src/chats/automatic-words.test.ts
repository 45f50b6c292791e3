import fc from 'fast-check';
import { expect, it } from 'vitest';
import { automaticWords, gradeIn, isAutomatic } from './automatic-words.ts';
import { deliveryRules } from './delivery.ts';
import { type Chat, evolveChat, newChat } from './state.ts';

const hour = 3_600_000;
const waiting = (channel: string, partsSince = 0): Chat => ({ ...newChat('c'), phase: 'waiting', channel, customerAt: 0, partsSince });
const said = (chat: Chat, words: Parameters<typeof automaticWords>[1], at = 1) => automaticWords(chat, words, { at, subject: 'caller-c' });
const place = { kind: 'place', ahead: 2 } as const;

it('the house says nothing by itself where its own page shows it, nor outside of what the channel allows', () => {
  expect(said(waiting('web'), place)).toEqual([]);
  expect(said(waiting('wechat'), place)).toHaveLength(1);
  expect(said(waiting('wechat'), place, 48 * hour)).toEqual([]);
  expect(said(waiting('qq'), { kind: 'ended', rate: true }, hour - 1)).toHaveLength(1);
  expect(said(waiting('qq'), { kind: 'ended', rate: true }, hour)).toEqual([]);
});

it('says each thing once, answers nobody with it, and leaves the agent messages to write', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('place', 'nobody', 'idle', 'ended'), { maxLength: 20 }), fc.nat(5), (kinds, spent) => {
      let chat: Chat = { ...waiting('wecom', spent), unansweredSince: 0 };
      const texts: string[] = [];
      for (const kind of kinds) {
        const words =
          kind === 'place' ? place : kind === 'idle' ? { kind, endMs: hour } : kind === 'ended' ? { kind, rate: true } : { kind };
        for (const event of said(chat, words)) {
          chat = evolveChat(chat, { by: undefined, ...event });
          texts.push(String(event.fields['message']));
          expect(isAutomatic(texts.at(-1) ?? '')).toBe(true);
          const left = (deliveryRules('wecom')?.mostMessages ?? 0) - chat.partsSince;
          expect(left).toBeGreaterThanOrEqual(kind === 'ended' ? 0 : kind === 'idle' ? 1 : 3);
        }
      }
      expect(new Set(texts).size).toBe(texts.length);
      expect(chat).toMatchObject({ sent: 0, unansweredSince: 0, lastAt: 0 });
    }),
  );
});

it('speaks the customer’s language and says 您', () => {
  const texts = (language: string) =>
    [place, { kind: 'nobody' } as const, { kind: 'idle', endMs: 300_000 } as const, { kind: 'ended', rate: true } as const].flatMap(
      (words) => said({ ...waiting('wechat'), language }, words).map(({ personal }) => personal?.['text']?.value ?? ''),
    );
  expect(texts('en').join()).not.toMatch(/\p{Script=Han}/u);
  expect(texts('zh').join()).not.toMatch(/你/);
  expect([...texts('zh'), ...texts('en')]).toHaveLength(8);
});

it('takes one digit of the scale for a grade, as any keyboard writes it, and nothing else', () => {
  expect(['5', ' 1 ', '３', '0', '6', '55', '5 分', ''].map(gradeIn)).toEqual([
    5,
    1,
    3,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
