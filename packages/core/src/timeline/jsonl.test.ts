import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from './event.ts';
import { printTimeline, readTimeline, readTrace } from './jsonl.ts';
import { complete, record } from './record.ts';
import { emptyStream, evolveStream } from './stream-state.ts';
import { eventsOfImportedCall, type ImportedCall } from './transcript-import.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const imported: ImportedCall = {
  interaction: '7',
  startedAt: 1_000_000,
  direction: 'in',
  called: '12333',
  agent: '1024',
  customerNumber: '13800138000',
  endedBy: 'customer',
  rows: [
    { startMs: 2500, endMs: 4000, role: 'customer', text: '我想问社保卡' },
    { startMs: 0, endMs: 2000, role: 'agent', text: '您好，1024号为您服务。' },
  ],
};

function recorded(call: ImportedCall): readonly TimelineEvent[] {
  let state = emptyStream({ stream: `interaction-${call.interaction}`, interaction: call.interaction }, sha256);
  return eventsOfImportedCall(call).map((event, at) => {
    const answer = record(state, event, event.occurredAt);
    if (!('draft' in answer)) throw new Error(JSON.stringify(answer));
    const references = Object.fromEntries(Object.keys(answer.draft.personal).map((name) => [name, `vault:${at}`]));
    const complete_ = complete(answer.draft, { id: `e${at}`, references }, sha256);
    state = evolveStream(state, complete_);
    return complete_;
  });
}

describe('a call imported from another system', () => {
  it('becomes a timeline that the recorder accepts whole', () => {
    const events = recorded(imported);
    expect(events.map((event) => event.type)).toEqual([
      'call.offered',
      'source.gap-started',
      'source.gap-started',
      'source.gap-started',
      'call.answered',
      'speech.said',
      'speech.said',
      'call.released',
      'call.ended',
      'interaction.closed',
    ]);
    expect(events.filter((event) => event.type === 'speech.said').map((event) => event.fields['chars'])).toEqual([7, 6]);
    expect(events.find((event) => event.type === 'call.ended')?.fields['talk']).toBe(4001);
  });

  it('declares what its files cannot tell', () => {
    const gaps = (call: ImportedCall) =>
      recorded(call)
        .filter((event) => event.type === 'source.gap-started')
        .map((event) => event.source);
    expect(gaps(imported)).toEqual(['desk', 'audio', 'telephony']);
    expect(gaps({ ...imported, rows: [], ringingAt: 1_000_000, endedAt: 1_009_000 })).toEqual(['desk', 'audio']);
    expect(gaps({ ...imported, rows: undefined, answeredAt: 1_004_000 })).toEqual([
      'desk',
      'audio',
      'telephony',
      'speech.agent',
      'speech.customer',
    ]);
  });

  it('knows telephony up to the answer where ringing and answer are known, and nothing of holds after it', () => {
    const gaps = recorded({ ...imported, ringingAt: 1_000_000, answeredAt: 1_004_000 }).filter((event) => event.source === 'telephony');
    expect(gaps.map(({ type, occurredAt }) => [type, occurredAt]).slice(0, 4)).toEqual([
      ['call.offered', 1_000_000],
      ['call.ringing', 1_000_000],
      ['call.answered', 1_004_000],
      ['source.gap-started', 1_004_001],
    ]);
  });

  it('was answered where only that is known, without a count of rings', () => {
    const events = recorded({ ...imported, rows: undefined, answered: true, ringingAt: 1_000_500, endedAt: 1_060_000 });
    expect(events.map((event) => event.type)).not.toContain('call.ringing');
    expect(events.find((event) => event.type === 'call.answered')?.fields).not.toHaveProperty('rings');
    expect(events.find((event) => event.type === 'call.ended')?.fields).toMatchObject({ outcome: 'normal' });
  });

  it('counts rings where ringing and answer are known', () => {
    const answer = recorded({ ...imported, rows: [], ringingAt: 1_000_000, answeredAt: 1_010_001 }).find(
      (event) => event.type === 'call.answered',
    );
    expect(answer?.fields).toMatchObject({ rings: 3, agent: '1024' });
  });

  it('that nobody answered was abandoned', () => {
    const ended = recorded({ ...imported, rows: [], endedAt: 1_020_000 }).find((event) => event.type === 'call.ended');
    expect(ended?.fields).toEqual({ outcome: 'abandoned', side: 'customer', talk: 0 });
  });
});

describe('an exported timeline', () => {
  it('reads back as it was printed', () => {
    const events = recorded(imported);
    const read = readTimeline(printTimeline(events));
    expect(read).toEqual({ events });
  });

  it('can be judged without its chain, in timeline order', () => {
    const lines =
      '{"type":"call.ended","occurredAt":9,"fields":{}}\n\n{"type":"mute.on","by":"agent","occurredAt":5,"fields":{"leg":"a"}}\n';
    expect(readTrace(lines)).toEqual({
      events: [
        { id: 'line-3', type: 'mute.on', by: 'agent', source: 'telephony', occurredAt: 5, seq: 3, fields: { leg: 'a' } },
        { id: 'line-1', type: 'call.ended', source: 'telephony', occurredAt: 9, seq: 1, fields: {} },
      ],
    });
  });

  it.each([
    ['{"type":"mute.on","occurredAt":"soon","fields":{}}', 1, 32, '“occurredAt”: an integer', 'a string'],
    ['\n{"type":"mute.up","occurredAt":1,"fields":{}}', 2, 9, '“type”: an event of the vocabulary', '“mute.up”'],
    ['{"type":"mute.on","occurredAt":1}', 1, 1, '“fields”: an object', 'nothing'],
    ['{"type":"mute.on" "occurredAt":1}', 1, 19, '“,” or “}”', '“"occurredAt":1}”'],
    [
      '{"type":"mute.on","occurredAt":1,"fields":{"leg":null}}',
      1,
      43,
      '“fields”: “leg”: a text, number, true, false or list of texts',
      'null',
    ],
    ['{"type":"a","type":"b"}', 1, 13, 'each key once', '“type” again'],
    ['[1]', 1, 1, 'an object: one event', 'a list'],
    ['{"type":"mute.on","occurredAt":1,"fields":{}} x', 1, 47, 'the end of the line', '“x”'],
    [`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`, 1, 86, 'at most 16 levels', '“{"a":{"a":{"a":1}}}}”'],
  ])('says line, column, what was expected and what was found: %s', (file, line, column, expected, found) => {
    const read = readTrace(file);
    expect('faults' in read && read.faults[0]).toEqual({ line, column, expected, found });
  });

  it('reports all faulty lines, not the first alone', () => {
    const read = readTrace('{}\n{"type":"mute.on","occurredAt":1,"fields":{}}\nnonsense');
    expect('faults' in read && new Set(read.faults.map((fault) => fault.line))).toEqual(new Set([1, 3]));
  });
});
