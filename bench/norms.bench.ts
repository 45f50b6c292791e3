/**
 * How many utterances a second the norms take on one core, with the pack packs/12333 and generated calls: the lexical
 * stage alone, and the whole engine, which judges every norm. No peer is measured.
 * npm run bench -- norms [--calls 300]
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { judge } from '@threerings/norms/judge';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import { advance, start, step } from '@threerings/norms/monitor/engine';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { compile } from '@threerings/norms/program';
import { testEnv } from '@threerings/testkit/norms/golden-packs';
import { randomFrom } from '@threerings/testkit/norms/random';
import { closingLine, quantile, spread } from './lib/figures.ts';
import { generatedCall, saidIn } from './norms/generated-calls.ts';
import { manyFamilies } from './norms/many-families.ts';
import { shippedPack } from './norms/pack.ts';

const utterances = 60;
const { values } = parseArgs({ options: { calls: { type: 'string', default: '300' } } });
const count = Number(values.calls);

const pack = shippedPack('12333');
const program = compile([{ name: pack.name, version: pack.version, norms: pack.norms }], testEnv(pack.families));
const random = randomFrom(12_333);
const make = () => Array.from({ length: count }, () => generatedCall(pack.families, random, utterances));

/** Wall time of one pass over all of it, ms. */
function timed(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function perSecond(calls: ReturnType<typeof make>, ms: number): number {
  return Math.round((1000 * saidIn(calls).length) / ms);
}

/**
 * The lexical stage alone: passes over the same texts, the first ones of which compile. By CPU time (user, with the collector's
 * threads), because other work on the machine would count in wall time; the middle of the passes that are counted.
 */
function readAll(families: readonly PhraseFamily[]) {
  const lexicon = compileLexicon(families, []);
  const texts = saidIn(make());
  let hits = 0;
  const rates: number[] = [];
  for (let pass = 0; pass < 15; pass++) {
    const begin = process.cpuUsage();
    hits = 0;
    for (const text of texts) hits += read(lexicon, text).families.size;
    if (pass >= 6) rates.push((1_000_000 * texts.length) / process.cpuUsage(begin).user);
  }
  const perSecondOfCpu = Math.round(quantile(rates, 0.5));
  console.log(
    `lexical stage, ${families.length} families: ${texts.length} utterances, ${hits} phrases found, ${perSecondOfCpu} a second of CPU`,
  );
  return { families: families.length, perSecondOfCpu };
}

function judgeAll(): number {
  const calls = make();
  const values: Record<string, number> = {};
  const ms = timed(() => {
    for (const events of calls) for (const { value } of judge(program, events)) values[value] = (values[value] ?? 0) + 1;
  });
  console.log(`engine: ${count} calls in ${ms.toFixed(0)} ms, verdicts ${JSON.stringify(values)}`);
  return perSecond(calls, ms);
}

/** As they come in life: one event, one step, and the watermark after it. µs. */
function liveSteps() {
  const times: number[] = [];
  for (const events of make().slice(0, 100)) {
    const state = start(program);
    for (const event of events) {
      const ms = timed(() => {
        step(program, state, event);
        advance(program, state, { [event.source]: event.occurredAt });
      });
      times.push(ms * 1000);
    }
  }
  return spread(times);
}

const load = os.loadavg()[0] ?? 0;
const lexical = [readAll(pack.families), readAll(manyFamilies(pack.families, 30))];
// The first pass compiles.
judgeAll();
const enginePerSecond = judgeAll();
const stepUs = liveSteps();
console.log(`load ${load.toFixed(1)}`);
const ours = { norms: pack.norms.length, lexical, enginePerSecond, stepUs };
closingLine('norms', ours, {}, null);
