import type { Verdict } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { type OpenDuty, openDuty, wireVerdict } from '../wire/events.ts';
import { type DutyHint, guideOf, openDutyOf } from './desk-duties.ts';
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
const card: NormCard = { norm: 'answer-in-time', title: '两声内接听', cites: ['S1a-15'], severity: 'major', points: 5 };

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
    const wire = wireVerdict.parse(verdictOnWire(verdict, card, explanation, { value: 'kept', at: 1, cause: 'e9' }));
    expect(wire).toMatchObject({ title: '两声内接听', severity: 'major', points: 5, value: 'broken', revisedFrom: { value: 'kept' } });
    expect(wireVerdict.parse(verdictOnWire(verdict, unknownCard('gone'), explanation)).points).toBe(0);
  });
});

describe('a duty on the desk', () => {
  const hint: DutyHint = {
    norm: 'answer-in-time',
    key: 'e1',
    actor: 'agent',
    since: 0,
    standing: 'open',
    attested: false,
    deadline: 10_000,
    warnAheadMs: 4000,
    parts: [{ label: '原因', done: false }],
    sentence: '{工号}号为您服务，{事由}请稍候',
  };
  const duty = (change: Partial<DutyHint>, now = 0): OpenDuty =>
    openDuty.parse(openDutyOf({ ...hint, ...change }, card, now, { 工号: '1024' }));

  it('is open, near from its warning on, in time at its deadline, and late after it', () => {
    expect([0, 5999, 6000, 10_000, 10_001].map((now) => duty({}, now).state)).toEqual(['open', 'open', 'near', 'near', 'late']);
  });

  it('is done when met, only stated when ticked, and unknown when nobody can tell', () => {
    expect([duty({ standing: 'met' }, 99_999).state, duty({ attested: true }).state, duty({ standing: 'unknown' }).state]).toEqual([
      'done',
      'attested',
      'unknown',
    ]);
    expect(duty({ attested: true }, 10_001).state).toBe('late');
  });

  it('fills the sentence with what the call knows and leaves the rest as a blank', () => {
    expect(duty({}).sentence).toBe('1024号为您服务，＿＿请稍候');
  });

  it('is shown alone: the agent’s own, late first, then near, then the graver, then the earlier', () => {
    const other = (state: OpenDuty['state'], severity: OpenDuty['severity'], deadline?: number, actor = 'agent'): OpenDuty => ({
      ...duty({}),
      key: `${state}${severity}${deadline}`,
      state,
      severity,
      deadline,
      actor,
    });
    const keyOf = (...duties: readonly OpenDuty[]) => guideOf(duties)?.key;
    expect(keyOf(other('open', 'critical', 1), other('near', 'minor', 9), other('late', 'advice', 1, 'system'))).toBe('nearminor9');
    expect(keyOf(other('near', 'minor', 1), other('near', 'major', 9))).toBe('nearmajor9');
    expect(keyOf(other('open', 'major'), other('open', 'major', 5), other('open', 'major', 4))).toBe('openmajor4');
    expect(guideOf([other('done', 'critical', 1), other('attested', 'critical', 1), other('unknown', 'critical', 1)])).toBeUndefined();
  });
});
