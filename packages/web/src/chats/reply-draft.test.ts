import { expect, it } from 'vitest';
import { opensReplies, replyIn, withSentence } from './reply-draft.ts';

it('a stroke into an empty box opens the stored replies, and is a character elsewhere', () => {
  expect(['/', '／', '、'].map((stroke) => opensReplies('', stroke))).toEqual([true, true, true]);
  expect([opensReplies('3', '3/'), opensReplies('', '/a'), opensReplies('a', '/')]).toEqual([false, false, false]);
});

it('a stored reply goes out as one while its sentence stands, and as own words once it was changed', () => {
  const used = { reply: 'hours', version: 2 };
  const draft = withSentence({ text: '您好' }, '工作日九点到五点', used);
  expect(draft.text).toBe('您好\n工作日九点到五点');
  expect(replyIn(draft)).toEqual(used);
  expect(replyIn({ ...draft, text: `${draft.text}，周末不开` })).toEqual(used);
  expect(replyIn({ ...draft, text: '您好，工作日九点到四点' })).toBeUndefined();
  expect(replyIn(withSentence(draft, '还有什么可以帮您'))).toEqual(used);
  expect(replyIn({ text: '' })).toBeUndefined();
});

it('holds no more than a message may hold', () => {
  expect(withSentence({ text: 'x'.repeat(1999) }, '好的').text).toHaveLength(2000);
});
