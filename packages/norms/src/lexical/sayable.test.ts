import { expect, it } from 'vitest';
import { sayable, withoutNotation } from './sayable.ts';

it('a variant is said by its first alternative, without what may be missing, its slots kept', () => {
  expect(withoutNotation('(对不起|对不住|抱歉)')).toBe('对不起');
  expect(withoutNotation('(请|麻烦)您[再]等{分钟}*好吗')).toBe('请您等{分钟}好吗');
});

it('a sentence that was written to be said comes before what is listened for', () => {
  expect(sayable({ say: '非常抱歉，让您久等了', variants: ['(抱歉|对不起)'] })).toBe('非常抱歉，让您久等了');
  expect(sayable({ variants: ['(抱歉|对不起)'] })).toBe('抱歉');
  expect(sayable({ variants: [] })).toBeUndefined();
});
