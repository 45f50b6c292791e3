import { expect, test } from 'vitest';
import { findMatters } from './matter-routes.ts';

const plan = {
  matters: [{ matter: '养老保险', code: '01', words: ['退休'] }, { matter: '社保卡', words: ['补卡'] }, { matter: '失业保险' }],
};
const found = (typed: string) => findMatters(plan, typed).map(({ matter }) => matter);

test('a matter is found by Chinese, pinyin, initials, code and the words that the house gave it', () => {
  expect(found('社保')[0]).toBe('社保卡');
  expect(found('yanglao')[0]).toBe('养老保险');
  expect(found('sbk')[0]).toBe('社保卡');
  expect(found('01')).toEqual(['养老保险']);
  expect(found('补卡')).toEqual(['社保卡']);
  expect(found('')).toEqual(['养老保险', '社保卡', '失业保险']);
  expect(found('qqqq')).toEqual([]);
  expect(findMatters({}, '社保')).toEqual([]);
});
