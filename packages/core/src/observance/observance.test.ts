import type { Verdict } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { wireVerdict } from '../wire/events.ts';
import { type NormCard, unknownCard, verdictOnWire } from './norm-card.ts';
import { add, complianceRate, judgeableRate, noVerdicts, rollUp, tallyOf } from './rates.ts';

const verdict: Verdict = {
  norm: 'answer-in-time',
  pack: 'p',
  packVersion: 3,
  key: 'e1',
  anchor: 0,
  value: 'broken',
  at: 10_000,
  cites: ['S1a-15'],
  witnesses: [{ event: 'e1', span: [0, 2] }],
  nature: 'finding',
};
const card: NormCard = {
  norm: 'answer-in-time',
  title: { zh: '两声内接听', en: 'answered within two rings' },
  cites: ['S1a-15'],
  severity: 'major',
  points: 5,
};

describe('rates', () => {
  it('never show compliance where nothing could be told, and say how much could be', () => {
    const tally = tallyOf([
      verdict,
      { ...verdict, value: 'kept' },
      { ...verdict, value: 'kept' },
      { ...verdict, value: 'unknown' },
      { ...verdict, value: 'moot' },
    ]);
    expect(tally).toEqual({ kept: 2, broken: 1, unknown: 1, moot: 1 });
    expect(complianceRate(tally)).toBeCloseTo(2 / 3);
    expect(judgeableRate(tally)).toBeCloseTo(3 / 4);
    expect([complianceRate(noVerdicts), judgeableRate(noVerdicts)]).toEqual([undefined, undefined]);
    expect([complianceRate({ ...noVerdicts, unknown: 4 }), judgeableRate({ ...noVerdicts, unknown: 4 })]).toEqual([undefined, 0]);
  });

  it('do not count hints, and count a revised verdict once', () => {
    expect(tallyOf([{ ...verdict, nature: 'hint' }])).toEqual(noVerdicts);
    expect(add(add(tallyOf([verdict]), verdict, -1), { ...verdict, value: 'kept' })).toEqual({ ...noVerdicts, kept: 1 });
  });

  it('roll up to the gravest value', () => {
    expect(rollUp({ ...noVerdicts, kept: 3, unknown: 1 })).toBe('unknown');
    expect(rollUp({ ...noVerdicts, kept: 3, moot: 1 })).toBe('kept');
    expect(rollUp(noVerdicts)).toBeUndefined();
  });
});

describe('a verdict on the wire', () => {
  it('carries the card of its norm and passes the schema', () => {
    const explanation = { zh: '振铃 10 秒未接', en: 'rang 10 s without an answer' };
    const wire = wireVerdict.parse(verdictOnWire(verdict, card, { explanation }, { value: 'kept', at: 1, cause: 'e9' }));
    expect(wire).toMatchObject({ title: card.title, severity: 'major', points: 5, value: 'broken', revisedFrom: { value: 'kept' } });
    expect(wireVerdict.parse(verdictOnWire(verdict, unknownCard('gone'), { explanation })).points).toBe(0);
  });
});
