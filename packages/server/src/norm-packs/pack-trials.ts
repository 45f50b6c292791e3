import path from 'node:path';
import { type Expected, readToldTimelines, type ToldCase } from '@threerings/core/timeline/told-timeline';
import { usesOf } from '@threerings/norms/adoption/uses';
import { offset } from '@threerings/norms/explain/verdict';
import { judge } from '@threerings/norms/judge';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Verdict } from '@threerings/norms/trace';
import type { Adoption } from '@threerings/norms/tree';
import { shown } from '../imports/fault.ts';
import type { JudgingPack } from './judging-pack.ts';

/** How a pack fares in its own tests. */
export interface Trials {
  /** told timelines and example sentences that were tried */
  readonly cases: number;
  readonly examples: number;
  /** `file:line:column: expected …, found …` for each that came out otherwise */
  readonly findings: readonly string[];
}

/**
 * Judges the pack's told timelines and reads the example sentences of its phrase families. The stories of a base pack are tried
 * on the norms that were adopted from it without another value: those must come out as they did there. `allBaseCases`: on
 * those with other values as well.
 */
export function tryPack(judging: JudgingPack, allBaseCases = false): Trials {
  const told = [
    ...judging.pack.cases.map(({ path: name, text }) => tryTimelines(judging, path.join(judging.folder, name), text)),
    ...adoptionsToTry(judging.pack, allBaseCases).flatMap((adoption) => tryBaseCases(judging, adoption)),
  ];
  const heard = tryExamples(judging);
  return {
    cases: told.reduce((sum, { cases }) => sum + cases, 0),
    examples: heard.examples,
    findings: [...told.flatMap(({ findings }) => findings), ...heard.findings],
  };
}

type Tried = { readonly cases: number; readonly findings: readonly string[] };

/** Adoptions that mean what the base pack means: no value given, and no figure of the adopting pack in its place. */
function adoptionsToTry(pack: LoadedPack, all: boolean): readonly Adoption[] {
  const own = new Set([...pack.tree.params, ...pack.tree.lists].map(({ name }) => name));
  return pack.tree.adoptions.filter(({ base, norm, values }) => {
    const source = pack.bases.find(({ name }) => name === base)?.expanded.get(norm);
    return all || (values.length === 0 && source !== undefined && ![...usesOf(source.norm, source.names)].some((name) => own.has(name)));
  });
}

/** Findings stand at the base pack's file, which is told as `pack/file`. */
function tryBaseCases(judging: JudgingPack, adoption: Adoption): readonly Tried[] {
  return baseStories(judging, adoption).map(({ file, stories }) => {
    return { cases: stories.length, findings: stories.flatMap((one) => tryCase(judging, file, one)) };
  });
}

/** The stories of an adopted norm in its base pack, told of the norm under the name that it has here. */
function baseStories({ pack }: JudgingPack, { base, norm, id = norm }: Adoption) {
  const source = pack.bases.find(({ name }) => name === base);
  return toldIn(source).map(({ file, cases }) => {
    return { file: `${base}/${file}`, stories: cases.filter((one) => one.norm === norm).map((one) => ({ ...one, norm: id })) };
  });
}

const toldBefore = new WeakMap<LoadedPack, readonly { readonly file: string; readonly cases: readonly ToldCase[] }[]>();

/** The told cases of a pack; a base pack's are asked for by every norm that is adopted from it, and read once. */
function toldIn(pack: LoadedPack | undefined) {
  if (pack === undefined) return [];
  const before = toldBefore.get(pack);
  if (before !== undefined) return before;
  const told = pack.cases.map(({ path: file, text }) => {
    const read = readToldTimelines(text);
    return { file, cases: 'faults' in read ? [] : read.cases };
  });
  toldBefore.set(pack, told);
  return told;
}

function tryTimelines(judging: JudgingPack, file: string, text: string): Tried {
  const told = readToldTimelines(text);
  if ('faults' in told) {
    return {
      cases: 0,
      findings: told.faults.map(({ line, column, expected, found }) => `${file}:${line}:${column}: expected ${expected}, found ${found}`),
    };
  }
  return { cases: told.cases.length, findings: told.cases.flatMap((one) => tryCase(judging, file, one)) };
}

function tryCase({ pack, program }: JudgingPack, file: string, one: ToldCase): readonly string[] {
  if (!pack.norms.some(({ id }) => id === one.norm)) {
    return [`${file}:${one.line}:1: expected a norm of this pack, found “${one.norm}”`];
  }
  const verdicts = judge(program, one.events).filter(({ norm }) => norm === one.norm);
  const findings = one.expected.flatMap((expected, index) => {
    const verdict = verdicts[index];
    if (verdict !== undefined && meets(expected, verdict, one.begins)) return [];
    return [`${file}:${expected.line}:1: expected ${toldExpectation(expected)}, found ${toldVerdict(verdict, one.begins)} (${one.name})`];
  });
  const extra = verdicts.slice(one.expected.length);
  return [
    ...findings,
    ...extra.map(
      (verdict) => `${file}:${one.line}:1: expected no further verdict, found ${toldVerdict(verdict, one.begins)} (${one.name})`,
    ),
  ];
}

function meets(expected: Expected, verdict: Verdict, begins: number): boolean {
  const { value, at, who, reason, missing } = expected;
  const labels = verdict.missing ?? [];
  return (
    value === verdict.value &&
    (at === undefined || at === verdict.at - begins) &&
    (who === undefined || who === verdict.who) &&
    (reason === undefined || reason === verdict.reason) &&
    (missing === undefined || labels.includes(missing) || labels.join('、') === missing)
  );
}

function toldExpectation({ value, at, who, reason, missing }: Expected): string {
  return inWords({ value, at: at === undefined ? undefined : clock(at), who, reason, missing });
}

function toldVerdict(verdict: Verdict | undefined, begins: number): string {
  if (verdict === undefined) return 'no verdict';
  const { value, at, who, reason, missing } = verdict;
  return inWords({ value, at: clock(at - begins), who, reason, missing: missing?.join('、') });
}

function inWords({
  value,
  at,
  who,
  reason,
  missing,
}: Readonly<Record<'value' | 'at' | 'who' | 'reason' | 'missing', string | undefined>>): string {
  const part = (name: string, text: string | undefined) => (text === undefined ? '' : ` ${name} ${text}`);
  return `${value}${part('at', at)}${part('by', who)}${part('because', reason)}${part('missing', missing)}`;
}

/** A told case and how it came out. */
export interface Outcome {
  readonly file: string;
  readonly norm: string;
  readonly name: string;
  /** it came out as told */
  readonly passed: boolean;
  /** the verdicts that it tells */
  readonly values: readonly string[];
}

/** Every told case by itself: those of the pack, and those of its base packs on norms that it adopted without another value. */
export function outcomesOf(judging: JudgingPack): readonly Outcome[] {
  const outcome = (file: string, one: ToldCase): Outcome => {
    const { norm, name, expected } = one;
    return { file, norm, name, passed: tryCase(judging, file, one).length === 0, values: expected.map(({ value }) => value) };
  };
  const own = judging.pack.cases.flatMap(({ path: file, text }) => {
    const told = readToldTimelines(text);
    return 'faults' in told ? [] : told.cases.map((one) => outcome(file, one));
  });
  const adopted = adoptionsToTry(judging.pack, false).flatMap((adoption) =>
    baseStories(judging, adoption).flatMap(({ file, stories }) => stories.map((one) => outcome(file, one))),
  );
  return [...own, ...adopted];
}

/** As told timelines write it: mm:ss.mmm after the beginning. */
function clock(ms: number): string {
  return `${offset(ms, 0)}.${String(Math.abs(ms) % 1000).padStart(3, '0')}`;
}

function tryExamples({ pack, placeInFamily }: JudgingPack): { readonly examples: number; readonly findings: readonly string[] } {
  const lexicon = compileLexicon(pack.families, []);
  const findings: string[] = [];
  let examples = 0;
  for (const { id, hit, miss } of pack.families.filter((family) => !pack.borrowed.has(family.id))) {
    const tryAll = (kind: 'hit' | 'miss', sentences: readonly string[]) => {
      for (const [index, sentence] of sentences.entries()) {
        examples += 1;
        const heard = (read(lexicon, sentence).families.get(id) ?? []).some(({ guarded }) => guarded === undefined);
        if (heard === (kind === 'hit')) continue;
        const expected = kind === 'hit' ? `a sentence in which “${id}” is heard` : `a sentence in which “${id}” is not heard`;
        findings.push(`${placeInFamily(id, 'examples', kind, index)}: expected ${expected}, found ${shown(sentence)}`);
      }
    };
    tryAll('hit', hit);
    tryAll('miss', miss);
  }
  return { examples, findings };
}
