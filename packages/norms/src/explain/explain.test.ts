import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import { buildLexicon } from '../syntax/lexicon.ts';
import { parse } from '../syntax/parse.ts';
import type { TraceEvent, Verdict } from '../trace.ts';
import type { ResolvedNorm } from '../tree.ts';
import { explainNorm } from './norm.ts';
import { explainVerdict, offset } from './verdict.ts';

const lexicon = buildLexicon(vocabulary);
const plain = { norms: [], guard: [], pinyin: 0, not: [], hit: [], miss: [] };
const families = [
  { id: 'hold_request', zh: '请求等待', en: 'ask to wait', variants: ['我要查{事由}，大约{时限}'], ...plain },
  { id: 'hold_progress', zh: '等待中回应', en: 'respond in the wait', variants: ['还在查'], ...plain },
];
const book = { lexicon, families };

function norm(body: string): ResolvedNorm {
  const { pack, problems } = parse(`规范包 p 版本 1\n出处 S0 “甲”\n规范 n\n  依据 S0-01\n${body}`, 'p.norm', lexicon);
  const checked = check(pack, book);
  expect([...problems, ...checked.problems]).toEqual([]);
  const [first] = checked.norms;
  if (first === undefined) throw new Error('the text has one norm');
  return first;
}

const answer = norm('  当 振铃 其 目标 为 “agent”\n  应 坐席 接听 于 2 声 内\n  除非 客户放弃\n');
const parts = norm(
  '  当 坐席 保持开始\n  应已 各项 [“原因” 坐席 说 hold_request 含 事由 此前 20 秒 内、“时限” 坐席 说 hold_request 含 时限 此前 20 秒 内]\n',
);
const reply = norm('  当 首次 坐席 接听\n  应 坐席 说 “您好*” 于 5 秒 内\n');
const prompt = norm('  期间 保持\n  应 每 15 秒 坐席 说 hold_progress\n');
const rude = norm('  当 坐席 说 任一 [“真烦”、“快点”]\n  若 非 (正在 静音)\n  即违反\n');
const away = norm('  当 客户 说 “不行”\n  不得 坐席 保持开始 于 30 秒 内\n');

describe('a norm in one sentence', () => {
  it.each([
    [
      answer,
      '振铃（目标为 “agent”）时，应 2 声内坐席接听；除非结束前客户放弃。',
      'When rings (target is “agent”), it must be that agent answers within 2 rings; unless caller abandons before the end.',
    ],
    [
      parts,
      '坐席保持开始时，应各项都有：“原因” 此前 20 秒内坐席说「请求等待」（含事由）；“时限” 此前 20 秒内坐席说「请求等待」（含时限）。',
      'When agent hold starts, there must be all of: “原因” agent says ‘ask to wait’ (with matter given) in the 20 s before; “时限” agent says ‘ask to wait’ (with limit) in the 20 s before.',
    ],
    [reply, '首次坐席接听时，应 5 秒内坐席说“您好*”。', 'The first time agent answers, it must be that agent says “您好*” within 5 s.'],
    [
      prompt,
      '保持期间，应期间内每 15 秒坐席说「等待中回应」。',
      'During hold, it must be that every 15 s agent says ‘respond in the wait’ in that time.',
    ],
    [
      rude,
      '坐席说“真烦”、“快点”之一时，若没有正在静音，即为违反。',
      'When agent says one of “真烦”, “快点”, if not (mute is going on), this is a breach.',
    ],
    [away, '客户说“不行”时，不得 30 秒内坐席保持开始。', 'When customer says “不行”, it must not be that agent hold starts within 30 s.'],
  ])('%#', (subject, zh, en) => {
    expect(explainNorm(subject, book)).toEqual({ zh, en });
  });
});

const start = 1_000_000;

function event(id: string, type: string, at: number, by?: string): TraceEvent {
  return { id, type, source: 'telephony', by, occurredAt: start + at, seq: at, fields: {} };
}

function verdict(more: Partial<Verdict>): Verdict {
  return {
    norm: 'n',
    pack: 'p',
    packVersion: 1,
    key: 'e1',
    anchor: start,
    value: 'kept',
    at: start,
    cites: ['S0-01'],
    witnesses: [],
    nature: 'finding',
    ...more,
  };
}

describe('a verdict as a story', () => {
  const told = (subject: ResolvedNorm, more: Partial<Verdict>, events: readonly TraceEvent[]) =>
    explainVerdict({ verdict: verdict(more), norm: subject, events, scopeStart: start }, book);

  it('says by how much an act came too late', () => {
    const events = [event('e1', 'call.ringing', 2000), event('e2', 'call.answered', 15_200, 'agent')];
    expect(told(answer, { value: 'broken', anchor: start + 2000, at: start + 12_000 }, events)).toEqual({
      zh: '00:02 振铃（目标为 “agent”）时，应 2 声内坐席接听。到 00:12 没有做到，违反，迟 3.2 秒。',
      en: '00:02 when rings (target is “agent”), it must be that agent answers within 2 rings. By 00:12 it was not done, broken, 3.2 s late.',
    });
  });

  it('says what kept it and how much time was left', () => {
    const events = [event('e1', 'call.answered', 60_000, 'agent'), event('e2', 'speech.said', 61_500, 'agent')];
    const more = { anchor: start + 60_000, at: start + 61_500, witnesses: [{ event: 'e2' }] };
    expect(told(reply, more, events).zh).toBe('01:00 首次坐席接听时，应 5 秒内坐席说“您好*”。01:01 坐席说“您好*”，履行，余 3.5 秒。');
    expect(told(reply, more, events).en).toContain('At 01:01 agent says “您好*”, kept, 3.5 s to spare.');
  });

  it('names the parts that were missing', () => {
    expect(told(parts, { value: 'broken', missing: ['时限'] }, []).zh).toContain('到 00:00 没有做到，违反，缺 时限。');
    const english = { ...book, labels: { 时限: 'time limit' } };
    const broken = verdict({ value: 'broken', missing: ['时限'] });
    expect(explainVerdict({ verdict: broken, norm: parts, events: [], scopeStart: start }, english).en).toContain(
      'broken, missing: time limit.',
    );
  });

  it('says what was done against a prohibition', () => {
    const events = [event('e2', 'hold.started', 70_000, 'agent')];
    const more = { value: 'broken', at: start + 70_000, witnesses: [{ event: 'e2' }] } as const;
    expect(told(away, more, events).zh).toContain('01:10 坐席保持开始，违反。');
    expect(told(rude, { value: 'broken', at: start + 5000 }, []).en).toContain('At 00:05 it occurred, broken.');
  });

  it('says why a duty fell away, or why it cannot be told', () => {
    const moot = { value: 'moot', reason: 'unless', at: start + 7000 } as const;
    expect(told(answer, moot, [event('e2', 'call.abandoned', 7000, 'customer')]).zh).toContain('。00:07 客户放弃，免除。');
    expect(told(answer, moot, []).en).toContain('. At 00:07 caller abandons before the end: no longer due.');
    expect(told(reply, { value: 'moot', reason: 'ended' }, []).en).toContain('ended before it was due: no longer due.');
    expect(told(reply, { value: 'unknown', reason: 'gap:no-engine' }, []).zh).toContain('无法判定：没有语音转写。');
  });

  it('tells instants from the start of the scope', () => {
    expect([offset(start + 61_999, start), offset(start + 3_600_000, start), offset(start - 5000, start)]).toEqual([
      '01:01',
      '1:00:00',
      '-00:05',
    ]);
  });
});
