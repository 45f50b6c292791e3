import { expect, it } from 'vitest';
import { readToldTimelines } from './told-timeline.ts';

const story = `norm hold-limit
# a note of the author
case kept: back in time
begins 2026-03-02 09:30
00:12.000 hold.started hold=h1 leg=a
00:10.000 agent says(0.4) “我查一下”
00:20.500 source.gap-started source=speech.agent reason=engine-down
expect kept at 01:00.000 by 1024 missing 时限
`;

it('reads a story with its events in order and its expectations', () => {
  const read = readToldTimelines(story);
  const begins = Date.UTC(2026, 2, 2, 1, 30);
  expect(read).toMatchObject({
    cases: [
      {
        line: 3,
        norm: 'hold-limit',
        name: 'kept: back in time',
        begins,
        events: [
          {
            id: 'e1',
            type: 'speech.said',
            source: 'speech.agent',
            occurredAt: begins + 10_000,
            text: '我查一下',
            fields: { chars: 4, confidence: 0.4 },
          },
          { id: 'e2', type: 'hold.started', source: 'telephony', fields: { hold: 'h1', leg: 'a' } },
          { id: 'e3', type: 'source.gap-started', source: 'speech.agent' },
        ],
        expected: [{ line: 8, value: 'kept', at: 60_000, who: '1024', missing: '时限' }],
      },
    ],
  });
});

it('tells every line that it cannot read, with its column and what was expected', () => {
  const broken = [
    '00:01.000 mute.on leg=a',
    'norm n',
    'case a',
    '0x:01 mute.on leg=a',
    '  00:01.000 mute.off leg=a why=b',
    '00:02.000 mute.gone leg=a',
    'nonsense',
  ].join('\n');
  const read = readToldTimelines(broken);
  expect('faults' in read ? read.faults.map(({ line, column, found }) => [line, column, found]) : []).toEqual([
    [1, 1, '“00:01.000 mute.on leg=a”'],
    [4, 1, '“0x:01”'],
    [5, 28, '“why”'],
    [6, 11, '“mute.gone”'],
    [7, 1, '“nonsense”'],
    [3, 1, '“none”'],
  ]);
});

it('takes “expect nothing” as an expectation', () => {
  expect(readToldTimelines('norm n\ncase a\n00:01.000 mute.on leg=a\nexpect nothing\n')).toMatchObject({ cases: [{ expected: [] }] });
});
