import { randomUUID } from 'node:crypto';
import type { WordFinding } from '@threerings/core/wire/words';
import { testShell } from '@threerings/testkit/shell';
import { testDatabase } from '@threerings/testkit/test-database';
import { beforeEach, expect, test } from 'vitest';
import { chatFeature } from './chat-routes.ts';
import type { ReplyBook } from './quick-replies.ts';

const { db } = await testDatabase();
const asked: object[] = [];
beforeEach(() => void asked.splice(0));
const finding = (level: WordFinding['level'], code: string, found: string): WordFinding => ({
  code,
  level,
  title: { zh: code, en: code },
  found,
});
const words: Readonly<Record<string, WordFinding>> = {
  坏话: finding('stop', 'forbidden_abuse', '坏话'),
  包您满意: finding('reason', 'forbidden_overpromise', '包您满意'),
  帐户: finding('note', 'typo', '帐户'),
};
const stored: Readonly<Record<string, Awaited<ReturnType<ReplyBook>>>> = {
  hours: { title: '办公时间', version: 2, standing: 'current' },
  base: { title: '缴费基数', version: 3, standing: 'expired' },
};
const shell = await testShell(db, {
  features: () => [
    chatFeature({
      ask: async (agent, act) => {
        asked.push({ agent, ...act });
        return { ok: true };
      },
      check: (text) => Object.entries(words).flatMap(([word, found]) => (text.includes(word) ? [found] : [])),
      replies: async (reply) => stored[reply],
      chats: () => ({ all: () => [] }),
      holderOf: () => 'agent',
      maySee: async () => true,
      typing: () => {},
    }),
  ],
});
const message = randomUUID();
const sending = async (text: string, more: object = {}) => {
  const act = { kind: 'send', interaction: 'c', message, text, ...more };
  const answer = await shell.request('POST', '/api/chats', { as: await shell.cookieOf('agent'), body: { command: randomUUID(), do: act } });
  return { status: answer.status, ...(answer.body as { refused?: string; message?: string }) };
};
const send = async (text: string, despite?: string) => {
  const answer = await sending(text, despite === undefined ? {} : { despite });
  return answer.refused ?? answer.status;
};
const kinds = () => asked.map((each) => (each as { kind: string }).kind);

test('clean words go out at once, and the house counts the wrong characters itself', async () => {
  expect(await send('您好')).toBe(200);
  expect(asked).toEqual([{ agent: 'agent', kind: 'send', interaction: 'c', message, text: '您好', typos: 0 }]);
});

test('what was found goes out only when somebody says so, with a reason where the pack wants one, and is written down', async () => {
  expect([await send('请到帐户'), await send('包您满意'), await send('包您满意', ' ')]).toEqual(Array(3).fill('chat.words-found'));
  expect(asked).toEqual([]);
  expect([await send('请到帐户', ''), await send('包您满意，帐户', '客户的原话')]).toEqual([200, 200]);
  expect(kinds()).toEqual(['words-checked', 'send', 'words-checked', 'send']);
  expect(asked[1]).toMatchObject({ typos: 1 });
  expect(asked[2]).toMatchObject({ findings: ['forbidden_overpromise', 'typo'], outcome: 'sent', reason: '客户的原话' });
});

test('what the pack stops goes to nobody, whatever the reason, and is written down', async () => {
  expect(await send('坏话', '没关系')).toBe('chat.words-stopped');
  expect(asked).toMatchObject([{ kind: 'words-checked', findings: ['forbidden_abuse'], outcome: 'stopped', reason: '没关系' }]);
});

test('a quick reply goes out while it stands; one that is out of date, was changed or withdrawn is refused in words and reaches nobody', async () => {
  const with_ = (reply: string, version: number, text = '工作日九点到五点') => sending(text, { quickReply: { reply, version } });
  expect((await with_('hours', 2)).status).toBe(200);
  expect(asked.splice(0)).toMatchObject([{ kind: 'send', quickReply: { reply: 'hours', version: 2 } }]);
  expect(await with_('base', 3)).toMatchObject({
    status: 409,
    refused: 'chat.reply-expired',
    message: expect.stringContaining('缴费基数'),
  });
  expect(await with_('hours', 1)).toMatchObject({ refused: 'chat.reply-changed', message: expect.stringContaining('办公时间') });
  expect(await with_('never', 1)).toMatchObject({ refused: 'chat.reply-gone', message: expect.stringContaining('撤下') });
  expect(asked).toEqual([]);
  // Its words were wanting from the beginning, or became so when a new pack came into force.
  expect(await with_('hours', 2, '坏话')).toMatchObject({ refused: 'chat.words-stopped', message: expect.stringContaining('坏话') });
  expect(kinds()).toEqual(['words-checked']);
});

test('only who works at the desk asks for a check, and a text too long is refused', async () => {
  const check = async (who: 'agent' | 'department', text: string) =>
    shell.request('POST', '/api/chats/check', { as: await shell.cookieOf(who), body: { text } });
  expect((await check('agent', '包您满意')).body).toMatchObject([{ code: 'forbidden_overpromise', level: 'reason' }]);
  expect([(await check('department', 'x')).status, (await check('agent', 'x'.repeat(10_001))).status]).toEqual([403, 400]);
});
