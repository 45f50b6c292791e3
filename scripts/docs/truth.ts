import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { noFacts } from '@threerings/norms/monitor/facts';
import { verdictOf } from '@threerings/norms/monitor/instance';
import { constant, type Residual } from '@threerings/norms/monitor/residual';
import { doubtful } from '@threerings/norms/monitor/work';
import { and, type Knowledge, not, or } from '@threerings/norms/operators/kleene';
import { loadPack } from '@threerings/norms/pack';
import { compile } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { table } from './table.ts';

const values: readonly Knowledge[] = ['T', 'F', 'U', '?'];

function square(of: (left: Knowledge, right: Knowledge) => string): string {
  return table(
    ['', ...values],
    values.map((left) => [`**${left}**`, ...values.map((right) => of(left, right))]),
  );
}

export const andTable = () => square((left, right) => and([left, right]));
export const orTable = () => square((left, right) => or([left, right]));
export const impliesTable = () => square((left, right) => or([not(left), right]));
export const notTable = () =>
  table(
    ['', 'not'],
    values.map((value) => [`**${value}**`, not(value)]),
  );

/** What the engine itself says of a duty and its excuse, for every pair of values. */
export function unlessTable(): string {
  const { plan, facts } = smallestNorm();
  return square((body, unless) => {
    const instance = { ...doubtful('docs', 0, undefined, []), body: residual(body), unless: residual(unless) };
    return verdictOf(plan, facts, instance, 0, false)?.value ?? '–';
  });
}

function smallestNorm() {
  const text = '规范包 docs 版本 1\n出处 S1 “S1”\n规范 one\n依据 S1-1\n当 振铃\n应 坐席 接听 于 10 秒 内\n除非 客户放弃';
  const loaded = loadPack([{ path: 'docs.norm', text }], { lexicon: buildLexicon(vocabulary), hash: '' });
  if (!loaded.ok) throw new Error('the norm of the truth tables does not load');
  const calendar = { zone: [], week: [], days: {}, night: [0, 0] as const };
  const cadence = { onMs: 1000, offMs: 4000, phaseMs: 0 };
  const program = compile([loaded.pack], { vocabulary, families: [], minConfidence: 0.5, calendar, cadence });
  const group = program.groups[0];
  const plan = group?.norms[0];
  if (group === undefined || plan === undefined) throw new Error('the norm of the truth tables does not compile');
  return { plan, facts: noFacts(group) };
}

function residual(value: Knowledge): Residual {
  if (value !== '?') return constant(value);
  const open = { from: 0, to: 10_000, need: 1, most: false, seen: 0, possible: 0, witnesses: [], proper: false, cut: false };
  const plain = { attestable: false, positive: true, ticked: false, overflow: false };
  return { k: 'leaf', plan: 0, binds: {}, labels: [], v: '?', ...open, ...plain };
}
