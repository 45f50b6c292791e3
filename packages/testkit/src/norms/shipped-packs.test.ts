import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { explainNorm } from '@threerings/norms/explain/norm';
import { explainVerdict } from '@threerings/norms/explain/verdict';
import { judge } from '@threerings/norms/judge';
import { basesOf, type LoadedPack, loadPack, type PackFile } from '@threerings/norms/pack';
import { formatProblem } from '@threerings/norms/problem';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { programOf, testEnv } from './golden-packs.ts';
import { readToldTimelines } from './told-timeline.ts';

const packs = new URL('../../../../packs/', import.meta.url);
const lexicon = buildLexicon(vocabulary);

const folders = readdirSync(packs).filter((folder) => readdirSync(new URL(`${folder}/`, packs)).some((file) => file.endsWith('.norm')));

function filesOf(folder: string): readonly PackFile[] {
  const root = new URL(`${folder}/`, packs);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[a-z]+$/.test(path));
  return paths.map((path) => {
    const text = readFileSync(new URL(path, root), 'utf8');
    return path.endsWith('.yaml') ? { path, text, data: parseYaml(text) } : { path, text };
  });
}

/** The folder of the pack that gives itself this name. */
function folderOf(name: string): string {
  const named = (folder: string) => filesOf(folder).some(({ text }) => new RegExp(`^规范包 「?${name}」?\\s`, 'm').test(text));
  return folders.find(named) ?? name;
}

const read = new Map<string, LoadedPack>();

function shipped(folder: string): LoadedPack {
  const known = read.get(folder);
  if (known !== undefined) return known;
  const files = filesOf(folder);
  const bases = new Map(basesOf(files, lexicon).map((name) => [name, shipped(folderOf(name))]));
  const result = loadPack(files, { lexicon, bases, hash: folder });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  read.set(folder, result.pack);
  return result.pack;
}

function familiesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(familiesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'family' && 'name' in value && typeof value.name === 'string') return [value.name];
  return Object.entries(value).flatMap(([key, child]) => (key === 'span' ? [] : familiesIn(child)));
}

describe.each(folders)('the told timelines of packs/%s', (folder) => {
  const pack = shipped(folder);
  // with the families of that norm alone: compiling all of them for each norm takes minutes
  const programs = new Map(
    pack.norms.map((norm) => {
      const used = familiesIn(norm);
      return [norm.id, programOf(norm, testEnv(pack.families.filter(({ id }) => used.includes(id))))] as const;
    }),
  );
  const cases = pack.cases.flatMap(({ path, text }) => readToldTimelines(text, path));

  it.each(cases.map((one) => [one.norm, one.name, one] as const))('%s: %s', (id, _, one) => {
    const program = programs.get(id);
    if (program === undefined) throw new Error(`${one.file}:${one.line} there is no norm ${id}`);
    const verdicts = judge(program, one.events);
    const given = verdicts.map(({ value, at, who, reason }) => ({ value, at: at - one.begins, who, reason }));
    expect(given).toMatchObject(one.expected.map(({ line: _line, missing: _missing, ...wanted }) => JSON.parse(JSON.stringify(wanted))));
    // one part that is missing may stand for several, as `pack check` reads it
    for (const [i, { missing }] of one.expected.entries()) {
      const labels = verdicts[i]?.missing ?? [];
      if (missing !== undefined) expect([...labels, labels.join('、')]).toContain(missing);
    }
    expect(given).toHaveLength(one.expected.length);
  });

  it('can be explained, norm by norm and verdict by verdict, in both tongues', () => {
    const book = { lexicon, families: pack.families };
    for (const norm of pack.norms) {
      const { zh, en } = explainNorm(norm, book);
      expect(zh).toMatch(/^[^{}]{10,}。$/);
      expect(en).toMatch(/^[^{}]{10,}\.$/);
    }
    for (const one of cases) {
      const norm = pack.norms.find((candidate) => candidate.id === one.norm);
      const program = programs.get(one.norm);
      for (const verdict of program === undefined ? [] : judge(program, one.events)) {
        if (norm === undefined) continue;
        const { zh, en } = explainVerdict({ verdict, norm, events: one.events, scopeStart: one.begins }, book);
        expect(`${zh}\n${en}`).not.toMatch(/undefined|NaN|\{/);
      }
    }
  });
});
