import { expect, test } from 'vitest';
import { maskedName, maskedNumber, SearchTokens } from './search-tokens.ts';

const tokens = new SearchTokens(Buffer.alloc(32, 7));
const finds = (typed: string, name: string, numbers: readonly string[] = ['138 0013 8000']) => {
  const query = tokens.query(typed);
  return query !== undefined && tokens.of(name, numbers).some((token) => token.equals(query));
};

test('a name is found by any part of it, by its syllables, and by their initials', () => {
  for (const typed of ['张伟明', '张', '伟明', '明', 'zhang', 'zhangwei', 'Wei Ming', 'zwm'])
    expect(finds(typed, '张伟明'), typed).toBe(true);
  for (const typed of ['李', '张明', 'wang', 'zw', 'z']) expect(finds(typed, '张伟明'), typed).toBe(false);
});

test('a surname that is read another way is found by its reading as a surname', () => {
  expect(finds('shan', '单丽')).toBe(true);
  expect(finds('ouyang', '欧阳娜')).toBe(true);
  expect(finds('smith', 'John Smith')).toBe(false);
  expect(finds('johnsmith', 'John Smith')).toBe(true);
});

test('a number is found whole, by its last eight and last four digits, with or without the country', () => {
  for (const typed of ['13800138000', '+86 138 0013 8000', '008613800138000', '8000', '0013-8000'])
    expect(finds(typed, '张'), typed).toBe(true);
  for (const typed of ['138', '1380', '13800138001']) expect(finds(typed, '张'), typed).toBe(false);
});

test('another key gives other tokens, and a token holds nothing of what it stands for', () => {
  const other = new SearchTokens(Buffer.alloc(32, 8));
  expect(other.query('13800138000')).not.toEqual(tokens.query('13800138000'));
  expect(tokens.query('13800138000')?.toString('latin1')).not.toContain('8000');
});

test('what is shown before identity is confirmed names nobody', () => {
  expect([maskedName('张伟明'), maskedName('王'), maskedNumber('13800138000')]).toEqual(['张**', '王*', '****8000']);
});
