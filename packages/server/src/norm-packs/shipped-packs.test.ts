import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readToldTimelines } from '@threerings/core/timeline/told-timeline';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { LoadedPack } from '@threerings/norms/pack';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { beforeAll, describe, expect, test } from 'vitest';
import { type JudgingPack, openPack } from './judging-pack.ts';
import { tryPack } from './pack-trials.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const folders = readdirSync(packs).filter((name) => readdirSafe(name).some((file) => file.endsWith('.norm')));

function readdirSafe(name: string): readonly string[] {
  const folder = path.join(packs, name);
  return existsSync(path.join(folder, 'cases')) ? readdirSync(folder) : [];
}

async function opened(name: string): Promise<JudgingPack> {
  const result = await openPack(path.join(packs, name), packs, 'en');
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.judging;
}

test('the base pack is among the packs', () => {
  expect(folders).toContain('common');
});

describe.each(folders)('the pack %s', (name) => {
  let judging: JudgingPack;
  beforeAll(async () => {
    judging = await opened(name);
  });

  test('is read without a warning', () => {
    expect(judging.warnings).toEqual([]);
  });

  test('judges its told timelines and hears its example sentences as it says', () => {
    const { cases, examples, findings } = tryPack(judging);
    expect(findings).toEqual([]);
    expect(cases + examples).toBeGreaterThan(0);
  });

  test('says everything that people see in English too', () => {
    for (const norm of judging.pack.norms) {
      const english = judging.pack.english.get(norm.id);
      const messages = norm.actions.filter((action) => 'message' in action && action.message !== undefined);
      expect([norm.id, english?.title !== undefined, english?.messages.length]).toEqual([norm.id, true, messages.length]);
      expect([norm.id, ...Object.keys(english?.labels ?? {}).sort()]).toEqual([norm.id, ...labelsOf(norm).sort()]);
    }
  });
});

describe('the base pack', () => {
  let judging: JudgingPack;
  beforeAll(async () => {
    judging = await opened('common');
  });

  test('tells of each norm an ordinary good call, a bad one and a tempting one', () => {
    const told = toldKinds(judging.pack);
    const lacking = judging.pack.norms.filter(({ id }) => !['good', 'bad', 'tempting'].every((kind) => told.get(id)?.has(kind)));
    expect(lacking.map(({ id }) => id)).toEqual([]);
  });

  test('has a call that keeps, a call that breaks and a call that tempts among the verdicts expected of each norm', () => {
    const values = new Map<string, Set<string>>();
    for (const { norm, expected } of casesOf(judging.pack)) {
      const seen = values.get(norm) ?? new Set();
      for (const { value } of expected) seen.add(value);
      values.set(norm, seen);
    }
    const unbreakable = judging.pack.norms.filter(({ id }) => values.get(id)?.has('broken') !== true);
    expect(unbreakable.map(({ id }) => id)).toEqual([]);
    const unkeepable = judging.pack.norms.filter((norm) => values.get(norm.id)?.has('kept') !== true && !breachAlone(norm));
    expect(unkeepable.map(({ id }) => id)).toEqual([]);
  });

  test('gives every family sentences in which it is heard, and sentences in which it is not', () => {
    const bare = judging.pack.families.filter(({ hit, miss }) => hit.length === 0 || miss.length === 0);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('forbids no sentence that another norm prescribes', () => {
    const { families, norms } = judging.pack;
    const forbidden = new Set(norms.filter(({ body }) => body.kind === 'breach').flatMap((norm) => familiesIn(norm.trigger)));
    const lexicon = compileLexicon(families, []);
    const alarms = families
      .filter(({ id }) => !forbidden.has(id) && !saidByCaller(id))
      .flatMap(({ id, hit, say }) => [...hit, ...(say === undefined ? [] : [say])].map((sentence) => ({ id, sentence })))
      .flatMap(({ id, sentence }) =>
        [...read(lexicon, sentence).families].flatMap(([heard, hits]) =>
          forbidden.has(heard) && hits.some(({ guarded }) => guarded === undefined) ? [`${id}: “${sentence}” is heard as ${heard}`] : [],
        ),
      );
    expect(forbidden.size).toBeGreaterThan(0);
    expect(alarms).toEqual([]);
  });
});

const callersFamilies = ['consent_yes', 'consent_no', 'confirm_yes', 'confirm_no', 'give_number', 'say_surname', 'no_more'];

/** Families of what callers say; a forbidden word there is no agent's. */
function saidByCaller(family: string): boolean {
  return family.startsWith('customer_') || callersFamilies.includes(family);
}

function breachAlone(norm: ResolvedNorm): boolean {
  return norm.body.kind === 'breach';
}

function casesOf(pack: LoadedPack) {
  return pack.cases.flatMap(({ text }) => {
    const told = readToldTimelines(text);
    return 'cases' in told ? told.cases : [];
  });
}

function toldKinds(pack: LoadedPack): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { norm, name } of casesOf(pack)) {
    const known = kinds.get(norm) ?? new Set();
    kinds.set(norm, known.add(name.split(':')[0] ?? ''));
  }
  return kinds;
}

function labelsOf(norm: ResolvedNorm): string[] {
  return norm.body.kind === 'parts' ? norm.body.items.flatMap(({ label }) => label ?? []) : [];
}

function familiesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(familiesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'family' && 'name' in value && typeof value.name === 'string') return [value.name];
  return Object.entries(value).flatMap(([key, child]) => (key === 'span' ? [] : familiesIn(child)));
}
