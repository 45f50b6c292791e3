/** What norms.bench.ts measures without a database, run by Node alone. Writes its figures as JSON into the file given. */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from '@threerings/norms/judge';
import { type Lexicon, read } from '@threerings/norms/lexical/lexicon';
import { normalised } from '@threerings/norms/lexical/normalise';
import { advance, start, step } from '@threerings/norms/monitor/engine';
import type { Program } from '@threerings/norms/program';
import { sources } from '@threerings/norms/trace';
import { randomFrom } from '@threerings/testkit/norms/random';
import { quantile, spread } from '../lib/figures.ts';
import { type GeneratedCall, hotlineDay } from './hotline-day.ts';
import { manyNorms, onlyThirty } from './programs.ts';
import { judgeByHand, type Result } from './thirty/by-hand.ts';
import { thirtyDay } from './thirty/day.ts';

const { values } = parseArgs({
  options: { calls: { type: 'string', default: '200' }, passes: { type: 'string', default: '12' }, out: { type: 'string' } },
});
const count = Number(values.calls);
const passes = Number(values.passes);

const utterancesIn = (calls: readonly GeneratedCall[]) => calls.reduce((sum, call) => sum + call.utterances, 0);

/** CPU time of this process, all its threads, µs. */
function cpuOf(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

/**
 * CPU of several ways to do the same, in turn, so that whatever else runs on the machine slows all of them; the middle of the passes,
 * the first quarter of which compile. µs a pass.
 */
function inTurn<K extends string>(ways: Readonly<Record<K, () => void>>): Record<K, number> {
  const names = Object.keys(ways) as K[];
  const spent = new Map(names.map((name) => [name, [] as number[]]));
  for (let pass = 0; pass < passes; pass++) {
    for (const name of names) {
      const cpu = cpuOf(ways[name]);
      if (pass >= passes / 4) spent.get(name)?.push(cpu);
    }
  }
  return Object.fromEntries(names.map((name) => [name, quantile(spent.get(name) ?? [], 0.5)])) as Record<K, number>;
}

const perSecond = (utterances: number, micros: number) => Math.round((1_000_000 * utterances) / micros);

function reading(lexicon: Lexicon, calls: readonly GeneratedCall[]): () => void {
  const texts = calls.flatMap(({ events }) => events.flatMap(({ text }) => text ?? []));
  return () => {
    for (const text of texts) read(lexicon, text, true);
  };
}

function judging(program: Program, calls: readonly GeneratedCall[]): () => void {
  return () => {
    for (const { events } of calls) judge(program, events);
  };
}

function allPacks() {
  const { program, families, norms } = manyNorms();
  const calls = hotlineDay(families, randomFrom(1), { calls: count });
  const acoustic = hotlineDay(families, randomFrom(1), { calls: Math.ceil(count / 4), acoustics: true });
  const spent = inTurn({
    lexical: reading(program.world.lexicon, calls),
    engine: judging(program, calls),
    withSound: judging(program, acoustic),
  });
  const utterances = utterancesIn(calls);
  const heard = calls.flatMap(({ events }) =>
    events.filter(({ text }) => text !== undefined && read(program.world.lexicon, text, true).families.size > 0),
  );
  const verdicts = calls.reduce((sum, { events }) => sum + judge(program, events).length, 0);
  return {
    ...{ norms, families: families.length, calls: count, utterances },
    shareWithPhrase: Math.round((1000 * heard.length) / utterances) / 1000,
    verdictsPerCall: Math.round(verdicts / count),
    lexicalPerSecond: perSecond(utterances, spent.lexical),
    enginePerSecond: perSecond(utterances, spent.engine),
    enginePerSecondWithSound: perSecond(utterancesIn(acoustic), spent.withSound),
    engineOverLexical: Math.round((100 * spent.engine) / spent.lexical) / 100,
    ...liveSteps(program, acoustic.slice(0, 40)),
    ...memoryOf(program, acoustic.slice(0, 50)),
  };
}

/** As they come in life: one event, one step, and the watermark of all sources up to it. µs of wall time, and of CPU. */
function liveSteps(program: Program, calls: readonly GeneratedCall[]) {
  const times: number[] = [];
  const cpu: number[] = [];
  // twice, the second time compiled
  for (let pass = 0; pass < 2; pass++) {
    times.length = 0;
    cpu.length = 0;
    for (const call of calls) {
      goLive(program, call, (take) => {
        const begin = performance.now();
        cpu.push(cpuOf(take));
        times.push(1000 * (performance.now() - begin));
      });
    }
  }
  return { stepUs: spread(times), stepCpuUs: spread(cpu) };
}

function goLive(program: Program, { events }: GeneratedCall, around: (take: () => void) => void, until?: string) {
  const state = start(program);
  for (const event of events) {
    if (event.type === until) break;
    around(() => {
      step(program, state, event);
      advance(program, state, Object.fromEntries(sources.map((source) => [source, event.occurredAt])));
    });
  }
  return state;
}

/** What a call holds in memory at the end of its talk: growth of the heap, collected, over many of them; and its length as text. */
function memoryOf(program: Program, calls: readonly GeneratedCall[]) {
  const collect = (globalThis as { gc?: () => void }).gc;
  const inLife = (call: GeneratedCall) => {
    const events = call.events.map((event) => structuredClone(event));
    return goLive(program, { ...call, events }, (take) => take(), 'call.released');
  };
  const live = Array.from({ length: 10 }, () => calls).flat();
  for (const call of live) inLife(call);
  collect?.();
  const before = process.memoryUsage().heapUsed;
  const states = live.map(inLife);
  collect?.();
  const heap = (process.memoryUsage().heapUsed - before) / states.length;
  return {
    memory: { calls: states.length, heapBytes: Math.round(heap), asText: spread(states.map((state) => JSON.stringify(state).length)) },
  };
}

/** The same thirty norms here and by hand; refuses to go on where the results differ. */
function thirty() {
  const { program } = onlyThirty();
  const calls = thirtyDay(count);
  const results: Record<string, number> = {};
  for (const { events } of calls) {
    const ours = judge(program, events).map(({ norm, key, value, at }) => ({ norm, key, value, at }) as Result);
    for (const { value } of ours) results[value] = (results[value] ?? 0) + 1;
    same('by hand', ours, judgeByHand(events));
    same('by hand, text normalised', ours, judgeByHand(events, normalised));
  }
  const spent = inTurn({
    ours: judging(program, calls),
    byHand: () => {
      for (const { events } of calls) judgeByHand(events);
    },
    byHandNormalised: () => {
      for (const { events } of calls) judgeByHand(events, normalised);
    },
  });
  const utterances = utterancesIn(calls);
  return {
    ...{ calls: count, utterances, results },
    oursPerSecond: perSecond(utterances, spent.ours),
    byHandPerSecond: perSecond(utterances, spent.byHand),
    byHandNormalisedPerSecond: perSecond(utterances, spent.byHandNormalised),
    cpuOverByHand: Math.round((100 * spent.ours) / spent.byHand) / 100,
    cpuOverByHandNormalised: Math.round((100 * spent.ours) / spent.byHandNormalised) / 100,
  };
}

function same(name: string, ours: readonly Result[], theirs: readonly Result[]): void {
  const text = (results: readonly Result[]) => results.map(({ norm, key, value, at }) => `${at} ${norm} ${key} ${value}`).sort();
  const [mine, other] = [text(ours), text(theirs)];
  const odd = [
    ...mine.filter((one) => !other.includes(one)).map((one) => `ours: ${one}`),
    ...other.filter((one) => !mine.includes(one)).map((one) => `${name}: ${one}`),
  ];
  if (odd.length > 0 || mine.length !== other.length) throw new Error(`${name} judges otherwise:\n${odd.slice(0, 10).join('\n')}`);
}

const figures = { thirty: thirty(), all: allPacks() };
console.log(JSON.stringify(figures, null, 1));
if (values.out !== undefined) fs.writeFileSync(values.out, JSON.stringify(figures));
