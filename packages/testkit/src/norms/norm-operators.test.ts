import { judge } from '@threerings/norms/judge';
import type { Verdict } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { programOf, resolve, testEnv } from './golden-packs.ts';
import { deliverLive } from './live.ts';
import { operatorExamples, operatorFamilies, operatorsPack, vendors } from './norm-operators.ts';
import { oracle } from './oracle/oracle.ts';
import { randomFrom } from './random.ts';
import { readToldTimelines } from './told-timeline.ts';

const env = testEnv(operatorFamilies);
const { norms } = resolve(operatorsPack, operatorFamilies, 'examples.yaml');
const line = ({ norm, key, value, at, who }: Pick<Verdict, 'norm' | 'key' | 'value' | 'at' | 'who'>) =>
  `${norm} ${key} ${value}@${at} ${who}`;

describe.each(operatorExamples.map((example) => [example.id, example] as const))('%s', (id, { told }) => {
  const norm = norms.find((one) => one.id === id);
  if (norm === undefined) throw new Error(`no norm ${id}`);
  const program = programOf(norm, env);
  const cases = readToldTimelines(told, id);

  it.each(cases.map((one) => [one.name, one] as const))('%s: as told, by the oracle and live', (_, one) => {
    const verdicts = judge(program, one.events);
    const found = verdicts.map(({ value, at, who, reason, missing }, i) => {
      const expected = one.expected[i];
      return {
        value,
        at: at - one.begins,
        ...(expected?.who === undefined ? {} : { who }),
        ...(expected?.reason === undefined ? {} : { reason }),
        ...(expected?.missing === undefined ? {} : { missing: missing?.join('、') }),
      };
    });
    expect(found).toEqual(one.expected.map(({ line: _line, ...expected }) => expected));
    expect(oracle(program, one.events).map(line)).toEqual(verdicts.map(line));
    expect(deliverLive(program, one.events, randomFrom(7))).toEqual(verdicts);
  });
});

describe('the operators of other rule languages', () => {
  it.each(vendors.map((one) => [one.vendor, one] as const))('%s: each has an example here, or a reason why not', (_, { operators }) => {
    const known = new Set(operatorExamples.map(({ id }) => id));
    const lacking = Object.entries(operators).filter(([, ours]) => (typeof ours === 'string' ? !known.has(ours) : ours.none === ''));
    expect(lacking).toEqual([]);
  });

  it('leave no example without an operator', () => {
    const used = new Set(vendors.flatMap(({ operators }) => Object.values(operators)));
    const missing = operatorExamples.map(({ id }) => id).filter((id) => !used.has(id));
    expect(missing).toEqual([]);
  });
});
