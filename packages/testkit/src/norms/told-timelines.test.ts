import type { Expected } from '@threerings/core/timeline/told-timeline';
import { judge } from '@threerings/norms/judge';
import type { Verdict } from '@threerings/norms/trace';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenNorms, goldenPacks, programOf, testEnv, toldCases } from './golden-packs.ts';
import type { FiledCase } from './told-timeline.ts';

const env = testEnv(goldenFamilies());
const norms = new Map(goldenPacks().flatMap((pack) => pack.norms.map((norm) => [norm.id, norm] as const)));
const cases = toldCases(new URL('timelines/', goldenNorms));

/** The verdict in the words of the expectation: what is not told is left out. */
function told(verdict: Verdict | undefined, expected: Expected | undefined, one: FiledCase): Partial<Expected> | undefined {
  if (verdict === undefined) return undefined;
  return {
    ...(expected === undefined ? {} : { line: expected.line }),
    value: verdict.value,
    ...(expected?.at === undefined ? {} : { at: verdict.at - one.begins }),
    ...(expected?.who === undefined ? {} : { who: verdict.who }),
    ...(expected?.reason === undefined ? {} : { reason: verdict.reason }),
    ...(expected?.missing === undefined
      ? {}
      : { missing: verdict.missing?.includes(expected.missing) ? expected.missing : verdict.missing?.join() }),
  };
}

describe('told timelines', () => {
  it.each(cases.map((one) => [one.norm, one.name, one] as const))('%s: %s', (id, _, one) => {
    const norm = norms.get(id);
    if (norm === undefined) throw new Error(`${one.file}:${one.line} there is no norm ${id}`);
    const verdicts = judge(programOf(norm, env), one.events);
    const length = Math.max(verdicts.length, one.expected.length);
    const given = Array.from({ length }, (_unused, i) => told(verdicts[i], one.expected[i], one));
    const wanted = Array.from({ length }, (_unused, i) => one.expected[i] && JSON.parse(JSON.stringify(one.expected[i])));
    expect(given).toEqual(wanted);
  });
});
