import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { explainNorm } from '@threerings/norms/explain/norm';
import { explainVerdict } from '@threerings/norms/explain/verdict';
import { judge } from '@threerings/norms/judge';
import { type LoadedPack, loadPack, type PackFile } from '@threerings/norms/pack';
import { formatProblem } from '@threerings/norms/problem';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { programOf, testEnv } from './golden-packs.ts';
import { readToldTimelines } from './told-timeline.ts';

const packs = new URL('../../../../packs/', import.meta.url);
const lexicon = buildLexicon(vocabulary);

function shipped(folder: string): LoadedPack {
  const root = new URL(`${folder}/`, packs);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[a-z]+$/.test(path));
  const files = paths.map((path): PackFile => {
    const text = readFileSync(new URL(path, root), 'utf8');
    return path.endsWith('.yaml') ? { path, text, data: parseYaml(text) } : { path, text };
  });
  const result = loadPack(files, { lexicon, hash: folder });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return result.pack;
}

const folders = readdirSync(packs).filter((folder) => readdirSync(new URL(`${folder}/`, packs)).some((file) => file.endsWith('.norm')));

describe.each(folders)('the told timelines of packs/%s', (folder) => {
  const pack = shipped(folder);
  const env = testEnv(pack.families);
  const cases = pack.cases.flatMap(({ path, text }) => readToldTimelines(text, path));

  it.each(cases.map((one) => [one.norm, one.name, one] as const))('%s: %s', (id, _, one) => {
    const norm = pack.norms.find((candidate) => candidate.id === id);
    if (norm === undefined) throw new Error(`${one.file}:${one.line} there is no norm ${id}`);
    const verdicts = judge(programOf(norm, env), one.events);
    const given = verdicts.map(({ value, at, who, reason, missing }) => ({
      value,
      at: at - one.begins,
      who,
      reason,
      missing: missing?.join('、'),
    }));
    expect(given).toMatchObject(one.expected.map(({ line: _line, ...wanted }) => JSON.parse(JSON.stringify(wanted))));
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
      for (const verdict of norm === undefined ? [] : judge(programOf(norm, env), one.events)) {
        if (norm === undefined) continue;
        const { zh, en } = explainVerdict({ verdict, norm, events: one.events, scopeStart: one.begins }, book);
        expect(`${zh}\n${en}`).not.toMatch(/undefined|NaN|\{/);
      }
    }
  });
});
