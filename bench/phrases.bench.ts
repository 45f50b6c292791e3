/**
 * How well phrase families hear speech acts in dialogues that nobody on this project wrote (CrossWOZ, CPED, COLD; not part of this
 * repository), beside a plain regular expression for the same act in the same run; and how often forbidden words are heard in ordinary
 * talk. Families are developed on the first half of each set;
 * what counts is the rest.
 * npm run bench -- phrases [--data DIR] [--split rest|development] [--misses 20]
 */
import { parseArgs } from 'node:util';
import { closingLine } from './lib/figures.ts';
import { shippedPack } from './norms/pack.ts';
import { falseAlarms } from './phrases/false-alarms.ts';
import { hearingOf } from './phrases/hearing.ts';
import { readSets } from './phrases/sets.ts';
import { scored, tasks } from './phrases/tasks.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['THREERINGS_BENCH_DATA'] ?? '../shared/data' },
    split: { type: 'string', default: 'rest' },
    misses: { type: 'string', default: '0' },
  },
});
const { split } = values;
const misses = Number(values.misses);
if (split !== 'rest' && split !== 'development') stop(`--split: expected rest or development, found "${split}"`);
if (misses > 0 && split === 'rest') stop('--misses: what is missed is shown of --split development only; the rest stays unseen');
const sets = readSets(values.data, split);
if (typeof sets === 'string') stop(sets);

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}

const hears = hearingOf(shippedPack('phrases').families);
const ours: Record<string, unknown> = {};
const peer: Record<string, unknown> = {};
for (const task of tasks) {
  const utterances = sets[task.set];
  const family = scored(utterances, task, (text) => hears(text, task.families), misses);
  const regex = scored(utterances, task, (text) => task.regex.test(text), 0);
  ours[task.name] = family.score;
  peer[task.name] = regex.score;
  console.log(`${task.name.padEnd(20)} families ${JSON.stringify(family.score)} regex ${JSON.stringify(regex.score)}`);
  for (const line of family.shown) console.log(`  ${line}`);
}
for (const set of ['crosswoz', 'cped'] as const) {
  const alarms = falseAlarms(sets[set], hears, misses);
  ours[`forbidden in ${set}`] = alarms.families;
  peer[`forbidden in ${set}`] = alarms.regex;
  console.log(`forbidden in ${set}: families ${JSON.stringify(alarms.families)} regex ${JSON.stringify(alarms.regex)}`);
  for (const line of alarms.shown) console.log(`  ${line}`);
}
closingLine('phrases', { split, ...ours }, { regex: peer }, null);
