import { expect, test } from 'vitest';
import { z } from 'zod';
import { type SchemaIssue, wordsOfIssue } from './request-faults.ts';

const body = z.strictObject({
  name: z.string().min(2).max(5),
  days: z.number().int().min(1).max(31),
  kind: z.enum(['day', 'week']),
  mail: z.email(),
  id: z.string().regex(/^[a-z]+$/),
  list: z.array(z.string()).max(1),
});
const sound = { name: 'abc', days: 3, kind: 'day', mail: 'a@example.org', id: 'x', list: [] };
const said = (change: object) => {
  const issue = body.safeParse({ ...sound, ...change }).error?.issues[0] as SchemaIssue | undefined;
  return issue && [wordsOfIssue(issue, 'zh'), wordsOfIssue(issue, 'en')];
};

test.each([
  [{ name: 7 }, '缺少，或应为文字', 'missing, or not a text'],
  [{ name: 'a' }, '至少 2 个字', 'expected at least 2 characters'],
  [{ name: 'abcdef' }, '最多 5 个字', 'expected at most 5 characters'],
  [{ days: 0 }, '不能小于 1', 'expected 1 or more'],
  [{ days: 40 }, '不能大于 31', 'expected 31 or less'],
  [{ days: 1.5 }, '缺少，或应为整数', 'missing, or not a whole number'],
  [{ kind: 'year' }, '应为 day、week 之一', 'expected one of day, week'],
  [{ mail: 'x' }, '应为邮箱地址', 'expected a mail address'],
  [{ id: '7' }, '格式不符', 'not of the form that is expected'],
  [{ list: ['a', 'b'] }, '最多 1 项', 'expected at most 1 entries'],
  [{ more: 1 }, '没有 more 这样的项', 'there is no more here'],
])('%j is told in both languages', (change, zh, en) => {
  expect(said(change)).toEqual([zh, en]);
});
