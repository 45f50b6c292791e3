import { judge } from '@threerings/norms/judge';
import { nodesIn } from '@threerings/norms/match/nodes';
import { compile, type Program } from '@threerings/norms/program';
import type { TraceEvent } from '@threerings/norms/trace';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenNorms, goldenPacks, programOf, testEnv, toldCases } from './golden-packs.ts';
import { deliverLive } from './live.ts';
import { operatorEnv, operatorPacks } from './operator-pack.ts';
import { oracle, type Told } from './oracle/oracle.ts';
import { randomFrom, runs, seedOf } from './random.ts';
import { randomTimeline } from './random-timeline.ts';

const env = testEnv(goldenFamilies(), { leaders: [{ from: 0, to: Number.MAX_SAFE_INTEGER, agent: 'lead' }] });
const reviewed = goldenPacks().flatMap((pack) => pack.norms);
const operators = operatorPacks().flatMap((pack) => pack.norms);
const told = toldCases(new URL('timelines/', goldenNorms));

const line = (one: Told) =>
  `${one.norm} ${one.key} ${one.value}@${one.at} from ${one.anchor} who=${one.who} then=${one.inChargeThen} due=${one.inChargeDue}`;

function randomOf(program: Program, norm: ResolvedNorm, seed: number): TraceEvent[] {
  const plan = program.groups[0]?.norms[0];
  if (plan === undefined) throw new Error('no plan');
  return randomTimeline(program, plan, randomFrom(seedOf(norm.id, seed)));
}

function agree(norm: ResolvedNorm, times: number, crashAlways: boolean): void {
  agreeOn(norm, Array.from({ length: times }).keys(), crashAlways);
}

function agreeOn(norm: ResolvedNorm, seeds: Iterable<number>, crashAlways: boolean): void {
  const program = programOf(norm, env);
  for (const i of seeds) {
    const events = randomOf(program, norm, i);
    const judged = judge(program, events);
    expect(judged.map(line), `seed ${i}`).toEqual(oracle(program, events).map(line));
    expect(deliverLive(program, events, randomFrom(i), { crashAlways }), `seed ${i}`).toEqual(judged);
  }
}

describe('the engine, live and afterwards, and the naive oracle', () => {
  it('agree on every told timeline', () => {
    for (const one of told) {
      const norm = reviewed.find((candidate) => candidate.id === one.norm);
      if (norm === undefined) throw new Error(`no norm ${one.norm}`);
      const program = programOf(norm, env);
      expect(judge(program, one.events).map(line)).toEqual(oracle(program, one.events).map(line));
    }
  });

  it.each(reviewed.map((norm) => [norm.id, norm] as const))('agree on random timelines aimed at %s', (_, norm) => {
    agree(norm, runs(8), false);
  });

  it.each(operators.map((norm) => [norm.id, norm] as const))('agree on the operator %s, with a crash after every call', (_, norm) => {
    agree(norm, runs(12), true);
  });

  // A greeting at the very instant at which the talk begins, long after the call did.
  it.each([['first-part', 114]] as const)('agree where long runs found them apart: %s, seed %i', (id, seed) => {
    const norm = operators.find((one) => one.id === id);
    if (norm === undefined) throw new Error(`no norm ${id}`);
    agreeOn(norm, [seed], true);
  });
});

/** How often each wanted value must be met: one alone could be luck. */
const often = 3;

/** How many verdicts of each value a norm gets over told and random timelines, until the wanted ones have been met often enough. */
function valuesOf(norm: ResolvedNorm, wanted: readonly string[]): ReadonlyMap<string, number> {
  const program = programOf(norm, env);
  const seen = new Map<string, number>();
  const enough = () => wanted.every((value) => (seen.get(value) ?? 0) >= often);
  const look = (events: readonly TraceEvent[]) => {
    for (const verdict of judge(program, events)) seen.set(verdict.value, (seen.get(verdict.value) ?? 0) + 1);
  };
  for (const one of told) if (one.norm === norm.id) look(one.events);
  for (let i = 0; i < 1500 && !enough(); i++) look(randomOf(program, norm, i));
  return seen;
}

describe('the random timelines', () => {
  it('break every norm three times, and keep every norm that can be kept three times', () => {
    const lacking = [...reviewed, ...operators].flatMap((norm) => {
      const wanted = norm.body.kind === 'breach' ? ['broken'] : ['kept', 'broken'];
      const seen = valuesOf(norm, wanted);
      return wanted.every((value) => (seen.get(value) ?? 0) >= often) ? [] : [`${norm.id}: ${JSON.stringify([...seen])}`];
    });
    expect(lacking).toEqual([]);
  });

  it('reach every kind of node that a resolved norm can have', () => {
    const kinds = new Set<string>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) visit(item);
      else if (typeof value === 'object' && value !== null) {
        if ('kind' in value && typeof value.kind === 'string') kinds.add(value.kind);
        for (const [name, child] of Object.entries(value)) if (name !== 'span') visit(child);
      }
    };
    visit([reviewed, operators]);
    const windows = ['after', 'by', 'before', 'around', 'utterances', 'firstPart', 'lastPart', 'until', 'toEnd', 'whole', 'thatTime'];
    const formulas = [
      'and',
      'or',
      'not',
      'implies',
      'parts',
      'forEach',
      'happens',
      'every',
      'sequence',
      'compare',
      'currently',
      'calendar',
      'breach',
    ];
    const triggers = ['onEvent', 'onLasting', 'onInterval', 'onScope'];
    const texts = ['family', 'literal', 'regex', 'similar', 'repeated', 'spoken', 'someOf', 'near'];
    const measures = ['count', 'since', 'duration', 'longest', 'share', 'rate', 'loudness', 'responseGap', 'clock', 'arith'];
    expect([...windows, ...formulas, ...triggers, ...texts, ...measures].filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(nodesIn(operators, 'utterances').map((node) => node.unit)).toEqual(expect.arrayContaining(['utt', 'turn']));
  });
});

describe('a whole set of packs', () => {
  it('gives the verdicts of its norms one by one, live with all sources interleaved too', () => {
    const packs = [...goldenPacks(), ...operatorPacks()];
    const program = compile(packs, operatorEnv);
    const singles = packs.flatMap((pack) => pack.norms.map((norm) => compile([{ ...pack, norms: [norm] }], operatorEnv)));
    for (const [i, one] of told.entries()) {
      if (i % Math.max(1, Math.round(8 / runs(1))) !== 0) continue;
      const together = judge(program, one.events);
      const apart = singles.flatMap((single) => judge(single, one.events)).map((verdict) => JSON.stringify(verdict));
      expect(together.map((verdict) => JSON.stringify(verdict)).sort()).toEqual(apart.sort());
      expect(deliverLive(program, one.events, randomFrom(i))).toEqual(together);
    }
  });
});
