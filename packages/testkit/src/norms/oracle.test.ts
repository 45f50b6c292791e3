import { judge } from '@threerings/norms/judge';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenNorms, goldenPacks, programOf, testEnv, toldCases } from './golden-packs.ts';
import { deliverLive } from './live.ts';
import { oracle, type Told } from './oracle/oracle.ts';
import { randomFrom, runs, seedOf } from './random.ts';
import { randomTimeline } from './random-timeline.ts';

const env = testEnv(goldenFamilies(), { leaders: [{ from: 0, to: Number.MAX_SAFE_INTEGER, agent: 'lead' }] });
const norms = goldenPacks().flatMap((pack) => pack.norms);
const told = toldCases(new URL('timelines/', goldenNorms));

const line = (one: Told) =>
  `${one.norm} ${one.key} ${one.value}@${one.at} from ${one.anchor} who=${one.who} then=${one.inChargeThen} due=${one.inChargeDue}`;

describe('the engine and the naive oracle', () => {
  it('agree on every told timeline, under every norm of its scope', () => {
    for (const one of told) {
      const norm = norms.find((candidate) => candidate.id === one.norm);
      if (norm === undefined) continue;
      for (const other of norms.filter((candidate) => candidate.scope === norm.scope)) {
        const program = programOf(other, env);
        expect(judge(program, one.events).map(line)).toEqual(oracle(program, one.events).map(line));
      }
    }
  }, 60_000);

  it.each(norms.map((norm) => [norm.id, norm] as const))('agree on random timelines aimed at %s, and so does live delivery', (id, norm) => {
    const program = programOf(norm, env);
    const plan = program.groups[0]?.norms[0];
    if (plan === undefined) throw new Error('no plan');
    for (let i = 0; i < runs(12); i++) {
      const random = randomFrom(seedOf(id, i));
      const events = randomTimeline(program, plan, random);
      const judged = judge(program, events);
      expect(judged.map(line), `seed ${i}`).toEqual(oracle(program, events).map(line));
      expect(deliverLive(program, events, random), `seed ${i}`).toEqual(judged);
    }
  });
});
