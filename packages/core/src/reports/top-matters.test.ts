import { expect, test } from 'vitest';
import type { ReportFacts } from './report.ts';
import { topMatters } from './top-matters.ts';

type Facts = Pick<ReportFacts, 'calls' | 'chats'>;

test('conversations that a person answered are counted by matter, calls beside chats; ours and those without one are not', () => {
  const call = (interaction: string, more: object = {}) => ({ interaction, row: { outcome: 'answered', direction: 'in', ...more } });
  const facts = {
    calls: [call('a'), call('b'), call('c'), call('d', { direction: 'out' }), call('e', { outcome: 'abandoned' }), call('f')],
    chats: [call('g'), call('h')],
  } as unknown as Facts;
  const matterOf = new Map([
    ...(['a', 'b', 'g', 'd', 'e'] as const).map((one) => [one, '社保卡'] as const),
    ...(['c', 'h'] as const).map((one) => [one, '养老'] as const),
  ]);
  expect(topMatters(facts, matterOf)).toEqual({
    top: [
      { matter: '社保卡', calls: 2, chats: 1 },
      { matter: '养老', calls: 1, chats: 1 },
    ],
    unset: 1,
  });
});
