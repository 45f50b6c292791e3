import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { engineFlags, flagNumbers } from '@threerings/norms/flags';
import { type Judgement, judgement } from '@threerings/norms/judge';
import { compile } from '@threerings/norms/program';
import type { TraceEvent } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenPacks, resolve, testEnv } from './golden-packs.ts';
import { readToldTimelines } from './told-timeline.ts';

const golden = new URL('../../../../golden/', import.meta.url);
const names = readdirSync(golden).filter((name) => existsSync(new URL(`${name}/timeline.jsonl`, golden)));

/** The judgement of a golden under the decisions that were in force when it was made: an old verdict can be said again. */
function judgedUnder(flags: readonly number[], events: readonly TraceEvent[]): Judgement {
  return judgement(compile(goldenPacks(), testEnv(goldenFamilies(), { flags })), events);
}

/**
 * Whole calls with all verdicts, witnesses and reasons, each under the decisions that it names. THREERINGS_REGENERATE=1 writes the verdicts
 * anew – after a mistake was mended only. A change of meaning is a new number in flags.ts, and its golden is a new file.
 */
describe('golden judgements', () => {
  it.each(names)('%s', (name) => {
    const lines = readFileSync(new URL(`${name}/timeline.jsonl`, golden), 'utf8')
      .trim()
      .split('\n');
    const events = lines.map((line) => JSON.parse(line) as TraceEvent);
    const file = new URL(`${name}/verdicts.json`, golden);
    const old = JSON.parse(readFileSync(file, 'utf8')) as Judgement;
    const fresh = `${JSON.stringify(judgedUnder(old.flags, events), null, 2)}\n`;
    if (process.env['THREERINGS_REGENERATE'] === '1') writeFileSync(file, fresh);
    expect(JSON.parse(fresh)).toEqual(old);
  });

  it('exist', () => {
    expect(names).toEqual(expect.arrayContaining(['12333', '12333-no-transcript']));
  });
});

describe('decisions of meaning', () => {
  it('are numbered without gaps and never renamed', () => {
    expect(flagNumbers).toEqual(engineFlags.map((_, index) => index + 1));
    expect(engineFlags.map(({ number, id }) => `${number} ${id}`)).toEqual([
      '1 deadline-inclusive',
      '2 utterance-start',
      '3 tick-attests',
      '4 undelivered-unknown',
      '5 any-hit',
      '6 born-late-empty',
      '7 recurrence-ahead',
      '8 throughout-from-talk',
      '9 effective-dates',
      '10 items-named',
      '11 fences-in-clause',
      '12 sounds-alike',
      '13 cut-utterances',
    ]);
  });

  const own = { norms: [], guard: [], hit: [], miss: [], pinyin: 0, not: [] };
  const families = [
    ...goldenFamilies(),
    { ...own, id: 'fenced', zh: '问好', variants: ['你好'], not: ['你好在'] },
    { ...own, id: 'sounding', zh: '请等', variants: ['请您稍等'], pinyin: 1 },
  ];
  const norm = (body: string) => resolve(`规范包 flags 版本 1\n出处 S9 “test”\n规范 one\n  依据 S9-01\n${body}`, families);
  const told = (events: string) => readToldTimelines(`norm one\ncase told\n${events}expect nothing\n`, 'told')[0]?.events ?? [];
  const answered = '00:00.000 agent call.answered leg=a agent=0217\n';
  const ended = '00:40.000 call.ended outcome=normal side=customer talk=40000\n';
  /** For each number a norm and a call that are judged otherwise without it. */
  const before: Readonly<Record<number, readonly [body: string, events: string, without: object, under: object]>> = {
    9: ['  生效 2030-01-01\n  当 坐席 接听\n  应 坐席 说 greeting 于 5 秒 内', answered + ended, [{ value: 'broken' }], []],
    10: [
      '  当 坐席 接听\n  应 逐项 「项」 出自 [“材料”、“地点”]: 坐席 说 所记 「项」 于 30 秒 内',
      `${answered}00:05.000 agent says “请带材料”\n${ended}`,
      [{ value: 'broken', missing: undefined }],
      [{ value: 'broken', missing: ['地点'] }],
    ],
    11: [
      '  当 坐席 接听\n  应 坐席 说 fenced 于 10 秒 内',
      `${answered}00:05.000 agent says “你好，在吗”\n${ended}`,
      [{ value: 'broken' }],
      [{ value: 'kept' }],
    ],
    12: [
      '  当 坐席 接听\n  应 坐席 说 sounding 于 10 秒 内',
      `${answered}00:05.000 agent says “请您少等”\n${ended}`,
      [{ value: 'broken' }],
      [{ value: 'kept' }],
    ],
    13: [
      '  当 坐席 接听\n  应 坐席 说 sounding 于 10 秒 内',
      `${answered}00:05.000 agent says “好的，请您”\n00:06.400 agent says “稍等”\n${ended}`,
      [{ value: 'broken' }],
      [{ value: 'kept' }],
    ],
  };

  it.each(Object.entries(before))(
    '%s says something, and what was said without it can be said again',
    (number, [body, events, without, under]) => {
      const judged = (flags: readonly number[]) => judgement(compile([norm(body)], testEnv(families, { flags })), told(events));
      const substance = ({ verdicts }: Judgement) => verdicts.map(({ value, missing }) => ({ value, missing }));
      expect(substance(judged(flagNumbers))).toEqual(under);
      const old = judged(flagNumbers.filter((flag) => flag < Number(number)));
      expect([old.flags, substance(old)]).toEqual([flagNumbers.slice(0, Number(number) - 1), without]);
    },
  );

  it('each have such a call, from the ninth on', () => {
    expect(Object.keys(before).map(Number)).toEqual(flagNumbers.slice(8));
  });
});
