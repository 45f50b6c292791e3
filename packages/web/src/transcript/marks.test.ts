import type { WireVerdict } from '@threerings/core/wire/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';
import { marksOf, runsOf } from './marks.ts';

const verdict = (value: WireVerdict['value'], event: string, span?: [number, number]): WireVerdict => ({
  norm: 'n',
  title: { zh: 'n', en: 'n' },
  pack: 'p',
  packVersion: 1,
  key: 'k',
  anchor: 0,
  value,
  at: 0,
  cites: [],
  severity: 'minor',
  points: 1,
  nature: 'finding',
  witnesses: [span === undefined ? { event } : { event, span }],
  explanation: { zh: '', en: '' },
});

describe('marks in a transcript', () => {
  it('come from kept and broken verdicts only', () => {
    const marks = marksOf([verdict('kept', 'a', [0, 2]), verdict('unknown', 'b', [0, 2]), verdict('moot', 'c')]);
    expect([...marks.keys()]).toEqual(['a']);
  });

  it('cover the whole text when the witness has no span', () => {
    const [mark] = marksOf([verdict('broken', 'a')]).get('a') ?? [];
    expect(runsOf('好的。', mark === undefined ? [] : [mark])).toEqual([{ text: '好的。', value: 'broken' }]);
  });

  it('show broken where both overlap', () => {
    const runs = runsOf('abcdef', [
      { from: 0, to: 4, value: 'kept' },
      { from: 2, to: 6, value: 'broken' },
    ]);
    expect(runs).toEqual([
      { text: 'ab', value: 'kept' },
      { text: 'cd', value: 'broken' },
      { text: 'ef', value: 'broken' },
    ]);
  });

  it('lose no character, wherever the spans lie', () => {
    const mark = fc.record({
      from: fc.integer({ min: -5, max: 30 }),
      to: fc.integer({ min: -5, max: 30 }),
      value: fc.constantFrom('kept' as const, 'broken' as const),
    });
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.array(mark, { maxLength: 5 }), (text, marks) => {
        expect(
          runsOf(text, marks)
            .map((run) => run.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('lines of a conversation', () => {
  const base = { interaction: 'i', occurredAt: 0, seq: 0, fields: {} };

  it('tell a gap of both sides once, and none of other sources', () => {
    const gap = (id: string, source: string, occurredAt = 0) => ({ ...base, id, type: 'source.gap-started', source, occurredAt });
    const gaps = [gap('a', 'speech.agent'), gap('b', 'speech.customer'), gap('c', 'speech.agent', 5), gap('d', 'audio', 6)];
    expect(linesOf(gaps).map((line) => line.id)).toEqual(['a', 'c']);
  });

  it('are what was said and what happened to the line', () => {
    const lines = linesOf([
      { ...base, id: 'a', type: 'speech.said', source: 'speech.customer', by: 'customer', text: '喂' },
      { ...base, id: 'b', type: 'hold.started', source: 'telephony' },
      { ...base, id: 'c', type: 'presence.changed', source: 'presence' },
      { ...base, id: 'd', type: 'speech.said', source: 'speech.agent', by: 'receiver' },
    ]);
    expect(lines.map((line) => (line.kind === 'said' ? `${line.speaker}:${line.text ?? 'erased'}` : line.type))).toEqual([
      'customer:喂',
      'hold.started',
      'agent:erased',
    ]);
  });
});
