import { allSourcesEnded } from '@threerings/norms/judge';
import { advance, type Output, start, step } from '@threerings/norms/monitor/engine';
import type { Proposal } from '@threerings/norms/monitor/proposals';
import { compile, type Program } from '@threerings/norms/program';
import type { TraceEvent } from '@threerings/norms/trace';
import { expect, it } from 'vitest';
import { goldenFamilies, resolve, testEnv } from './golden-packs.ts';
import { readToldTimelines } from './told-timeline.ts';

const families = [
  ...goldenFamilies(),
  { id: 'call_back', zh: '承诺回电', norms: [], guard: [], pinyin: 0, variants: ['{时限}给您回电'], not: [], hit: [], miss: [] },
];
const pack = resolve(
  `规范包 offers 版本 3
出处 S9 “test”

规范 spoken-promise “说了就记”
  依据 S9-01
  当 坐席 说 call_back 含 时限 记 时限
  应 作出承诺 于 30 秒 内
  当即 拟建 回电 “坐席答应回电” 最迟 所记 时限
  否则 拟建 承诺 “没有记成承诺” 最迟 所记 时限 + 1 分钟
  履行后 拟建 复核

规范 dispatched
  依据 S9-02   范围 个案
  当 派单 记 单号、到期
  应 告知结果 其 单号 为 所记 单号 不迟于 所记 到期
  当即 拟建 承诺 “告知结果” 最迟 所记 到期

规范 complaint-answered
  依据 S9-03   范围 个案
  当 登记投诉
  应 投诉回访 于 1 工作日 内
  当即 拟建 回电 最迟 1 工作日
`,
  families,
);
const program = compile([pack], testEnv(families));

function told(lines: string): readonly TraceEvent[] {
  return readToldTimelines(`norm spoken-promise\ncase told\n${lines}\nexpect nothing\n`, 'told')[0]?.events ?? [];
}

const proposalsIn = (outputs: readonly Output[]): Proposal[] => outputs.flatMap((one) => (one.kind === 'proposal' ? [one.proposal] : []));

/** All proposals, with the whole timeline at once or event by event through a crash each time. */
function proposed(over: Program, events: readonly TraceEvent[], live: boolean): Proposal[] {
  let state = start(over);
  const out: Output[] = [];
  for (const event of events) {
    out.push(...step(over, state, event));
    if (!live) continue;
    out.push(...advance(over, state, Object.fromEntries(over.sources.map((source) => [source, event.occurredAt]))));
    state = JSON.parse(JSON.stringify(state));
  }
  out.push(...advance(over, state, allSourcesEnded(over)));
  return proposalsIn(out);
}

const broken = told(`00:00.000 agent call.answered leg=a agent=0217
00:10.000 agent says “两小时内给您回电”
01:30.000 call.ended outcome=normal side=customer talk=90000`);
const begins = broken[0]?.occurredAt ?? 0;

it('what was said becomes a proposal with its due time, at once and again when nobody recorded it', () => {
  const [first, second, ...more] = proposed(program, broken, false);
  expect(more).toEqual([]);
  expect(first).toEqual({
    norm: 'spoken-promise',
    pack: 'offers',
    packVersion: 3,
    key: broken[1]?.id,
    on: 'triggered',
    what: 'callback',
    message: '坐席答应回电',
    at: begins + 10_000,
    due: begins + 10_000 + 2 * 3_600_000,
    values: { limit: 7_200_000 },
    agent: '0217',
    cites: ['S9-01'],
    witnesses: [{ event: broken[1]?.id, span: [0, 8] }],
  });
  expect(second).toMatchObject({ on: 'broken', what: 'promise', at: begins + 40_000, due: begins + 10_000 + 7_260_000 });
});

it('the same proposals come live, with a crash after every event', () => {
  expect(proposed(program, broken, true)).toEqual(proposed(program, broken, false));
});

it('a duty that is kept proposes what is proposed then, and one whose trigger cannot be told proposes nothing', () => {
  const kept = told(`00:00.000 agent call.answered leg=a agent=0217
00:10.000 agent says “两小时内给您回电”
00:20.000 agent promise.made promise=p kind=callback due=02:00:00.000 owner=0217
01:30.000 call.ended outcome=normal side=customer talk=90000`);
  expect(proposed(program, kept, false).map(({ on, what }) => `${on} ${what}`)).toEqual(['triggered callback', 'kept review']);
  const unclear = told(`00:00.000 agent call.answered leg=a agent=0217
00:10.000 agent says(0.2) “两小时内给您回电”
01:30.000 call.ended outcome=normal side=customer talk=90000`);
  expect(proposed(program, unclear, false)).toEqual([]);
});

it('an instant of the trigger and a working day are due times too', () => {
  const dispatched = told(`00:00.000 case.opened case=c first=0217
00:10.000 agent ticket.dispatched ticket=t department=d due=02:00:00.000
00:20.000 agent complaint.recorded ticket=t demand=true`);
  expect(proposed(program, dispatched, false).map(({ norm, due }) => [norm, due])).toEqual([
    ['dispatched', begins + 7_200_000],
    ['complaint-answered', Date.UTC(2026, 2, 3, 9, 30)],
  ]);
});
