import { describe, expect, it } from 'vitest';
import { knownTypos, typosIn } from './typos.ts';
import { typosAmong, wordsCheckOf } from './words-check.ts';

const family = (id: string, severity: 'minor' | 'major' | 'critical' | undefined, variants: readonly string[]) => ({
  ...{ id, zh: id, en: id, norms: [], guard: ['negation', 'quotation'] as const, pinyin: 0, variants, not: [], hit: [], miss: [] },
  ...(severity === undefined ? {} : { severity }),
});
const check = wordsCheckOf({
  families: [
    family('forbidden_abuse', 'critical', ['神经病']),
    family('forbidden_overpromise', 'major', ['肯定没问题']),
    family('chat_slang', undefined, ['好滴']),
    { ...family('forbidden_threat', 'critical', ['我要投诉']), role: 'customer' as const },
    family('greeting', undefined, ['早上好']),
  ],
});
const found = (text: string) => check(text).map(({ code, level, found: words }) => [code, level, words]);

describe('the check before sending', () => {
  it('is as grave as the pack says, gravest first, and names the words', () => {
    expect(found('好滴，肯定没问题，神经病')).toEqual([
      ['forbidden_abuse', 'stop', '神经病'],
      ['forbidden_overpromise', 'reason', '肯定没问题'],
      ['chat_slang', 'note', '好滴'],
    ]);
  });

  it('passes over what is quoted, what customers alone say, and families of good words', () => {
    expect(found('早上好，您说“神经病”，我理解。您可以说我要投诉')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  it('asks for 您, but not in 你们 and in quotes', () => {
    expect(found('你好')).toEqual([['address', 'note', '你']]);
    expect(found('您好，通知里写的是“你已参保”，你们单位也收到了')).toEqual([]);
  });

  it('finds wrong characters that it knows, with what is meant', () => {
    const findings = check('请登陆系统查帐户');
    expect(findings.map(({ found: words, instead }) => `${words} ${instead}`)).toEqual(['帐户 账户', '登陆系统 登录系统']);
    expect(typosAmong(findings)).toBe(2);
  });
});

describe('the list of wrong characters', () => {
  it('never takes its own right words, or what contains a wrong one rightly, for wrong', () => {
    for (const [wrong, right, ...fences] of knownTypos) {
      expect(typosIn(`（${wrong}）`).map(({ found: words }) => words)).toContain(wrong);
      expect(typosIn(right)).toEqual([]);
      for (const fence of fences) expect(typosIn(fence).filter(({ found: words }) => words === wrong)).toEqual([]);
    }
    expect(new Set(knownTypos.map(([wrong]) => wrong)).size).toBe(knownTypos.length);
  });
});
