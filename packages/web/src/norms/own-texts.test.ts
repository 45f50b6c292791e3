import { expect, test } from 'vitest';
import { OwnTexts } from './own-texts.ts';

test('what was typed comes back late, or not each time, and is still one’s own', () => {
  const own = new OwnTexts();
  for (const text of ['a', 'ab', 'abc']) own.tell(text);
  expect(own.isBack('ab')).toBe(true);
  expect(own.isBack('abc')).toBe(true);
  expect(own.isBack('abc')).toBe(false);
});

test('a text that somebody else put there is not one’s own, and what was told before it does not come back', () => {
  const own = new OwnTexts();
  own.tell('a');
  expect(own.isBack('discarded')).toBe(false);
  expect(own.isBack('a')).toBe(false);
});
