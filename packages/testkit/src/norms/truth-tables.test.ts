import { advance, start, step } from '@threerings/norms/monitor/engine';
import type { Program } from '@threerings/norms/program';
import type { Source, TraceEvent, VerdictValue } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { programOf, resolve, testEnv } from './golden-packs.ts';
import { oracle } from './oracle/oracle.ts';
import { readToldTimelines } from './told-timeline.ts';
import { truthTables } from './truth-tables.ts';

const { values } = truthTables;
const sides = {
  left: { source: 'desk', pattern: '坐席 标记阶段', event: '00:05.000 agent stage.marked stage=x' },
  right: { source: 'ticket', pattern: '坐席 创建工单', event: '00:06.000 agent ticket.created ticket=t kind=k owner=o first=f' },
} as const;
type Side = keyof typeof sides;

/** A duty that alone would have this verdict when half a minute has passed. */
const leaf = (side: Side, value: VerdictValue) =>
  `${sides[side].pattern} 于 ${value === 'pending' || value === 'moot' ? '60 分钟' : '10 秒'} 内`;

function story(wanted: Partial<Readonly<Record<Side, VerdictValue>>>): readonly TraceEvent[] {
  const lines = ['00:00.000 agent call.answered leg=a agent=0217'];
  for (const side of ['left', 'right'] as const) {
    const value = wanted[side];
    if (value === 'kept') lines.push(sides[side].event);
    if (value === 'unknown') lines.push(`00:01.000 source.gap-started source=${sides[side].source} reason=engine-down`);
  }
  if (Object.values(wanted).includes('moot')) lines.push('00:30.000 call.ended outcome=normal side=customer talk=30000');
  return readToldTimelines(`norm n\ncase told\n${lines.join('\n')}\nexpect nothing\n`, 'told')[0]?.events ?? [];
}

function programWith(body: string): Program {
  const [norm] = resolve(`规范包 truth 版本 1\n出处 S9 “test”\n规范 n\n  依据 S9-01\n  当 坐席 接听\n${body}\n`, []).norms;
  if (norm === undefined) throw new Error('no norm');
  return programOf(norm, testEnv([]));
}

/** What the engine has said half a minute after the trigger. */
function said(program: Program, events: readonly TraceEvent[]): VerdictValue {
  const state = start(program);
  for (const event of events) step(program, state, event);
  const until = (events[0]?.occurredAt ?? 0) + 30_000;
  const out = advance(program, state, Object.fromEntries(program.sources.map((source): [Source, number] => [source, until])));
  const [first] = out.flatMap((one) => (one.kind === 'verdict' && one.verdict.key !== 'trigger' ? [one.verdict.value] : []));
  return first ?? 'pending';
}

/** The oracle looks at all time to come: what it settles later is pending here. */
function toldBy(program: Program, events: readonly TraceEvent[]): VerdictValue {
  const until = (events[0]?.occurredAt ?? 0) + 30_000;
  const [first] = oracle(program, events).filter(({ key, at }) => key !== 'trigger' && at <= until);
  return first?.value ?? 'pending';
}

describe('a duty alone', () => {
  it.each(values)('%s', (value) => {
    for (const side of ['left', 'right'] as const) {
      const program = programWith(`  应 ${leaf(side, value)}`);
      expect([said(program, story({ [side]: value })), toldBy(program, story({ [side]: value }))]).toEqual([value, value]);
    }
  });
});

const connectives = {
  and: (a: string, b: string) => `  应 (${a}) 且 (${b})`,
  or: (a: string, b: string) => `  应 (${a}) 或 (${b})`,
  implies: (a: string, b: string) => `  应 (${a}) 则 (${b})`,
  unless: (a: string, b: string) => `  应 ${a}\n  除非 ${b}`,
} as const;

const cells = (['and', 'or', 'implies', 'unless'] as const).flatMap((name) =>
  values.flatMap((left) => values.map((right, i) => [left, name, right, truthTables[name][left]?.[i]] as const)),
);

describe('two duties', () => {
  it.each(cells.filter(([, , , cell]) => cell !== '–'))('%s %s %s: %s', (left, name, right, cell) => {
    const program = programWith(connectives[name](leaf('left', left), leaf('right', right)));
    const events = story({ left, right });
    expect([said(program, events), toldBy(program, events)]).toEqual([cell, cell]);
  });

  it('leave out only what cannot meet: one call cannot be over and go on', () => {
    const out = cells.filter(([, , , cell]) => cell === '–').map(([left, , right]) => `${left} ${right}`);
    expect(new Set(out)).toEqual(new Set(['pending moot', 'moot pending']));
    expect(cells.filter(([, , , cell]) => cell === undefined)).toEqual([]);
  });
});

describe('not', () => {
  it.each(values)('%s', (value) => {
    const program = programWith(`  应 非 (${leaf('left', value)})`);
    const events = story({ left: value });
    expect([said(program, events), toldBy(program, events)]).toEqual([truthTables.not[value], truthTables.not[value]]);
  });
});
