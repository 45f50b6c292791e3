import { describe, expect, it } from 'vitest';
import { dayOfInstant, instantOfDay, linesOf, wordsOf } from './entry-draft.ts';

describe('the form of an entry', () => {
  it('reads keywords and items as people write them', () => {
    expect(wordsOf('社保卡、补办，挂失 补办 ')).toEqual(['社保卡', '补办', '挂失']);
    expect(linesOf(' 身份证\n\n户口本\n身份证 ')).toEqual(['身份证', '户口本']);
  });

  it('keeps days as they are', () => {
    for (const day of ['2026-01-01', '2026-12-31', '2028-02-29']) expect(dayOfInstant(instantOfDay(day))).toBe(day);
    expect([instantOfDay(''), instantOfDay('2026-13-40'), instantOfDay('soon')]).toEqual([undefined, undefined, undefined]);
    expect(dayOfInstant(undefined)).toBe('');
  });
});
