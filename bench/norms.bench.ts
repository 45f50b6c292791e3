/**
 * What norms cost. In one run: utterances a second of the lexical stage and of the whole engine with more than 300 norms of the shipped
 * packs, one event taken live, memory of a call that goes on; and thirty norms here, written by hand in TypeScript, and as window queries
 * on PostgreSQL, which all must come to the same results; and the ten of them that one event decides in two rule engines, json-rules-engine and
 * zen-engine, for information.
 * npm run bench -- norms [--calls 200] [--passes 12]
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runBundled } from './lib/bundled.ts';
import { root } from './lib/fetched.ts';
import { closingLine } from './lib/figures.ts';
import { measureSql } from './norms/thirty/measure-sql.ts';
import { measureRuleEngines } from './norms/thirty/rule-engines.ts';

const { values } = parseArgs({ options: { calls: { type: 'string', default: '200' }, passes: { type: 'string', default: '12' } } });

const out = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tr-bench-')), 'figures.json');
const code = await runBundled(path.join(root, 'bench/norms/measure.ts'), [
  '--calls',
  values.calls,
  '--passes',
  values.passes,
  '--out',
  out,
]);
if (code !== 0) throw new Error(`bench/norms/measure.ts ended with ${code}`);
const { thirty, all } = JSON.parse(fs.readFileSync(out, 'utf8')) as { thirty: Record<string, number>; all: Record<string, unknown> };
fs.rmSync(path.dirname(out), { recursive: true });

const sql = await measureSql(Number(values.calls));
const ruleEngines = await measureRuleEngines(Math.min(120, Number(values.calls)));
console.log(`load ${(os.loadavg()[0] ?? 0).toFixed(1)}`);
const { byHandPerSecond, byHandNormalisedPerSecond, cpuOverByHand, cpuOverByHandNormalised, ...ours } = thirty;
closingLine(
  'norms',
  { thirty: ours, all },
  { byHand: { perSecond: byHandPerSecond, normalisedPerSecond: byHandNormalisedPerSecond }, sql, ruleEngines },
  { cpuOverByHand, cpuOverByHandNormalised, rateOverSql: Math.round((10 * Number(ours['oursPerSecond'])) / sql.perSecondOfCpu) / 10 },
);
