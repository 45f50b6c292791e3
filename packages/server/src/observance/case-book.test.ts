import type { TimelineEvent } from '@threerings/core/timeline/event';
import { readToldTimelines } from '@threerings/core/timeline/told-timeline';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { judge } from '@threerings/norms/judge';
import { loadPack } from '@threerings/norms/pack';
import { type Program, programPart } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { sources, type Verdict } from '@threerings/norms/trace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { programOf } from '../norm-packs/live-pack.ts';
import { CaseBook } from './case-book.ts';

const pack = loadPack(
  [
    {
      path: 'case.norm',
      text: `规范包 「个案」 版本 1
出处 S3 “客户服务准则”
规范 callback-kept
  依据 S3-31   范围 个案   责任 责任人
  当 作出承诺 其 类型 为 “callback” 记 承诺号、到期
  应 兑现承诺 其 承诺号 为 所记 承诺号 不迟于 所记 到期
  除非 承诺撤销 其 承诺号 为 所记 承诺号
规范 told-once
  依据 S3-32   范围 个案
  当 第 2 次 来电
  应已 坐席 查看客户资料 此前
规范 answered
  依据 S3-33
  当 来电
  应 坐席 接听 于 30 秒 内
`,
    },
  ],
  { lexicon: buildLexicon(vocabulary), hash: 'h' },
);
if (!pack.ok) throw new Error(pack.problems.map(({ message }) => message.en).join());
const calendar = { zone: [{ from: 0, offsetMs: 28_800_000 }], week: [[], [], [], [], [], [], []], days: {}, night: [0, 0] as const };
const program: Program = programOf([pack.pack], calendar);

/** Two calls, an hour apart, and what was promised in the first. */
const told = (lines: string, interaction: string, stream = `interaction-${interaction}`): TimelineEvent[] => {
  const read = readToldTimelines(`norm n\ncase x\n${lines}\nexpect nothing\n`);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return (read.cases[0]?.events ?? []).map((event, i) => ({
    ...event,
    id: `${stream}-${event.occurredAt}-${i}`,
    stream,
    n: i + 1,
    v: 1,
    recordedAt: event.occurredAt,
    hash: '',
    interaction,
  }));
};
const first = told(
  '00:00.000 customer call.offered direction=in channel=phone called=1\n00:05.000 agent call.answered leg=a agent=0217\n05:00.000 call.ended outcome=normal side=customer talk=1\n05:10.000 interaction.closed reason=done',
  'one',
);
const made = told('02:00.000 agent promise.made promise=p kind=callback due=01:00:00.000 owner=0217', 'one', 'promise-p');
const kept = told('50:00.000 agent promise.kept promise=p kind=callback', 'one', 'promise-p');
const second = told(
  '55:00.000 customer call.offered direction=in channel=phone called=1\n55:05.000 agent call.answered leg=a agent=0217\n55:06.000 case.linked case=one interaction=two\n57:00.000 call.ended outcome=normal side=customer talk=1\n57:10.000 interaction.closed reason=done',
  'two',
);
const begins = first[0]?.occurredAt ?? 0;
const at = (minutes: number) => begins + minutes * 60_000;

let now = begins;
let written: { interaction: string; verdict: Verdict; revised: boolean }[] = [];
let history: readonly TimelineEvent[] = [];
let books: CaseBook[] = [];

function book(): CaseBook {
  const made = new CaseBook({
    program: () => program,
    clock: { now: () => now, at: () => () => {} } as unknown as ConstructorParameters<typeof CaseBook>[0]['clock'],
    horizon: () => now,
    isReading: () => false,
    marksOf: () => Object.fromEntries(sources.map((source) => [source, now])),
    history: async (interaction) => history.filter((event) => event.interaction === interaction && event.occurredAt <= now),
    stored: async (interaction) => written.filter((one) => one.interaction === interaction).map(({ verdict }) => verdict),
    append: async ({ interaction = '', events }) => {
      for (const { type, fields } of events) {
        const revised = type === 'verdict.revised';
        const body = JSON.parse(String(fields[revised ? 'revision' : 'verdict']));
        written.push({ interaction, verdict: revised ? body.to : body, revised });
      }
    },
    changed: () => {},
    onError: (_, error) => {
      throw error;
    },
  });
  books.push(made);
  return made;
}

beforeEach(() => {
  now = begins;
  written = [];
  history = [...first, ...made, ...kept, ...second];
  books = [];
});
afterEach(async () => {
  for (const one of books) await one.stop();
});

const said = () =>
  written.map(({ interaction, verdict: { norm, value, at: when } }) => `${interaction} ${norm} ${value} ${(when - begins) / 60_000}`);

test('a promise made in a call is judged when it is kept, long after the call; the norms of the call are not judged here', async () => {
  const cases = book();
  now = at(6);
  cases.take('one', first, true);
  cases.take('one', made, false);
  await cases.settled();
  expect([said(), cases.watched]).toEqual([[], 1]);
  now = at(50);
  cases.take('one', kept, false);
  await cases.settled();
  expect([said(), cases.watched]).toEqual([['one callback-kept kept 50'], 0]);
  expect(written[0]?.verdict.who).toBe('0217');
});

test('nobody kept it: broken at its due time, found by looking', async () => {
  const cases = book();
  now = at(6);
  cases.take('one', [...first, ...made], true);
  now = at(59);
  cases.look();
  expect(said()).toEqual([]);
  now = at(61);
  cases.look();
  await cases.settled();
  expect([said(), cases.watched]).toEqual([['one callback-kept broken 60'], 0]);
});

test('a call that is linked to the case is judged with it, as judging the whole case says', async () => {
  const cases = book();
  now = at(6);
  cases.take('one', [...first, ...made], true);
  now = at(50);
  cases.take('one', kept, false);
  now = at(58);
  cases.take('two', second.slice(0, 2), true);
  cases.take('two', second.slice(2), false);
  await cases.settled();
  now = at(59);
  cases.look();
  await cases.settled();
  const whole = judge(
    programPart(program, (scope) => scope === 'case'),
    [...first, ...made, ...kept, ...second],
  );
  expect(whole.map(({ norm, value }) => `${norm} ${value}`).sort()).toEqual(['callback-kept kept', 'told-once broken']);
  expect(said().sort()).toEqual(['one callback-kept kept 50', 'two told-once broken 55']);
});

test('after a restart the case goes on from what is stored, and nothing is written twice', async () => {
  const before = book();
  now = at(50);
  before.take('one', [...first, ...made, ...kept], true);
  await before.settled();
  expect(said()).toHaveLength(1);
  const after = book();
  now = at(51);
  await after.restore('one');
  await after.settled();
  expect([said().length, after.watched]).toEqual([1, 0]);
  written = [];
  history = [...first, ...made];
  const third = book();
  now = at(30);
  await third.restore('one');
  expect(third.watched).toBe(1);
  now = at(61);
  third.look();
  await third.settled();
  expect(said()).toEqual(['one callback-kept broken 60']);
});

test('a fact that comes late revises the verdict and keeps both', async () => {
  const cases = book();
  now = at(61);
  cases.take('one', [...first, ...made], true);
  await cases.settled();
  expect(said()).toEqual(['one callback-kept broken 60']);
  cases.take('one', kept, false);
  await cases.settled();
  expect(written.map(({ verdict, revised }) => `${verdict.value} ${revised}`)).toEqual(['broken false', 'kept true']);
});
