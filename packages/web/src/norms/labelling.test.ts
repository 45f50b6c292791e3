import { readLabelledConversations } from '@threerings/core/timeline/told-timeline';
import { expect, test } from 'vitest';
import { readPasted } from './conversation.ts';
import { labelledFile, offsetOfLine, withLabelled } from './labelling.ts';

test('a pasted and a stored conversation go behind what is labelled already, and are read back with their labels', () => {
  const pasted = readPasted('坐席：您好，“1024”号\n客户：查一下#社保');
  const first = withLabelled([], '没报\n工号', { pasted }, [{ norm: 'opening-number', values: ['kept'] }]);
  const both = withLabelled([{ path: labelledFile, text: first }], '一通', { stored: 'c1' }, [{ norm: 'hold-limit', values: [] }]);
  const read = readLabelledConversations(both);
  expect(read).toMatchObject({
    conversations: [
      { name: '没报 工号', labels: [{ norm: 'opening-number', values: ['kept'] }] },
      { name: '一通', stored: 'c1', events: [], labels: [{ norm: 'hold-limit', values: [] }] },
    ],
  });
  const said = 'conversations' in read ? read.conversations[0]?.events.flatMap(({ text }) => text ?? []) : [];
  expect(said).toEqual(['您好，1024号', '查一下社保']);
});

test('a place in a text is found by its line', () => {
  expect(['a\nbc\nd'.slice(offsetOfLine('a\nbc\nd', 2)), offsetOfLine('a', 1)]).toEqual(['bc\nd', 0]);
});
