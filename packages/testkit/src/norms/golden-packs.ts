import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { check } from '@threerings/norms/check/check';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import type { Env } from '@threerings/norms/match/world';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { formatProblem } from '@threerings/norms/problem';
import { compile, type Program, type ResolvedPack } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from '@threerings/norms/syntax/parse';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { type FiledCase, readToldTimelines } from './told-timeline.ts';

/** Folder of the reviewed packs and their told timelines. */
export const goldenNorms: URL = new URL('../../../../golden/norm-spec/', import.meta.url);

/** Monday to Friday 08:30–17:30, Beijing time, no holidays. */
export const officeHours: CalendarTable = {
  zone: [{ from: 0, offsetMs: 8 * 3_600_000 }],
  week: [...Array.from({ length: 5 }, () => [[510, 1050] as const]), [], []],
  days: {},
  night: [22 * 60, 6 * 60],
};

const lexicon = buildLexicon(vocabulary);
/** The golden families know no mood; the measure of it needs some. */
const moods: Readonly<Record<string, 'positive' | 'negative'>> = {
  apology: 'positive',
  hold_request: 'positive',
  rebuttal: 'negative',
  ask_repeat: 'negative',
};

export function goldenFamilies(): readonly PhraseFamily[] {
  const table = JSON.parse(readFileSync(new URL('families.json', goldenNorms), 'utf8')) as Record<
    string,
    { readonly zh: string; readonly guard?: boolean; readonly variants: readonly string[] }
  >;
  return Object.entries(table).map(([id, { zh, guard, variants }]) => ({
    id,
    zh,
    norms: [],
    guard: guard === true ? (['negation', 'quotation'] as const) : [],
    ...(moods[id] === undefined ? {} : { mood: moods[id] }),
    pinyin: 0,
    variants,
    not: [],
    hit: [],
    miss: [],
  }));
}

export function testEnv(families: readonly PhraseFamily[], extra: Partial<Env> = {}): Env {
  return {
    vocabulary,
    families,
    minConfidence: 0.5,
    calendar: officeHours,
    cadence: { onMs: 1000, offMs: 4000, phaseMs: 0 },
    ...extra,
  };
}

/** Resolved norms of pack text; throws with every problem when the text does not pass the checks. */
export function resolve(text: string, families: readonly PhraseFamily[], file = 'test.norm'): ResolvedPack {
  const { pack, problems } = parse(text, file, lexicon);
  const checked = check(pack, { lexicon, families });
  const errors = [...problems, ...checked.problems].filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return { name: pack.name ?? file, version: pack.version ?? 1, norms: checked.norms };
}

export function goldenPacks(): readonly ResolvedPack[] {
  const families = goldenFamilies();
  return readdirSync(goldenNorms)
    .filter((file) => file.endsWith('.norm'))
    .sort()
    .map((file) => resolve(readFileSync(new URL(file, goldenNorms), 'utf8'), families, file));
}

/** A program of one norm, for tests that look at one thing. */
export function programOf(norm: ResolvedNorm, env: Env): Program {
  return compile([{ name: 'test', version: 1, norms: [norm] }], env);
}

export function toldCases(folder: URL): readonly FiledCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.timeline'))
    .sort()
    .flatMap((file) => readToldTimelines(readFileSync(new URL(file, folder), 'utf8'), file));
}
