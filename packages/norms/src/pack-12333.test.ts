import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { compileLexicon, read } from './lexical/lexicon.ts';
import { loadPack, type PackFile } from './pack.ts';
import { formatProblem } from './problem.ts';
import { buildLexicon } from './syntax/lexicon.ts';

const folder = new URL('../../../packs/12333/', import.meta.url);
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[a-z]+$/.test(path));
const files: readonly PackFile[] = paths.map((path) => {
  const text = readFileSync(new URL(path, folder), 'utf8');
  return path.endsWith('.yaml') ? { path, text, data: parseYaml(text) } : { path, text };
});
const result = loadPack(files, { lexicon: buildLexicon(vocabulary), hash: 'test' });
const families = result.ok ? result.pack.families : [];
const lexicon = compileLexicon(families, []);

function hits(family: string, sentence: string): boolean {
  return (read(lexicon, sentence).families.get(family) ?? []).some((hit) => hit.guarded === undefined);
}

describe('the 12333 pack', () => {
  it('loads without a problem, warnings included', () => {
    const problems = result.ok ? result.pack.warnings : result.problems;
    expect(problems.map((problem) => formatProblem(problem, 'en'))).toEqual([]);
    expect(result.ok ? result.pack.norms.length : 0).toBe(35);
  });

  it('has an English title, message and label for everything Chinese that people see', () => {
    if (!result.ok) throw new Error('the pack does not load');
    const { norms, english } = result.pack;
    for (const norm of norms) {
      const messages = norm.actions.filter((action) => 'message' in action && action.message !== undefined);
      expect([norm.id, english.get(norm.id)?.messages.length]).toEqual([norm.id, messages.length]);
      expect(english.get(norm.id)?.title).toBeTruthy();
      const labels = norm.body.kind === 'parts' ? norm.body.items.flatMap(({ label }) => label ?? []) : [];
      expect(Object.keys(english.get(norm.id)?.labels ?? {})).toEqual(labels);
    }
  });

  it.each(families.flatMap((family) => family.hit.map((sentence) => [family.id, sentence] as const)))(
    '%s is heard in “%s”',
    (family, sentence) => {
      expect(hits(family, sentence)).toBe(true);
    },
  );

  it.each(families.flatMap((family) => family.miss.map((sentence) => [family.id, sentence] as const)))(
    '%s is not heard in “%s”',
    (family, sentence) => {
      expect(hits(family, sentence)).toBe(false);
    },
  );

  it('has examples of hits and misses for every family', () => {
    expect(families.filter((family) => family.hit.length === 0 || family.miss.length === 0).map((family) => family.id)).toEqual([]);
  });

  it('forbids no sentence that another family prescribes', () => {
    const prescribed = families.filter((family) => family.id !== 'forbidden_negative').flatMap((family) => family.hit);
    expect(prescribed.filter((sentence) => hits('forbidden_negative', sentence))).toEqual([]);
  });

  it('tells each norm at least three times: an ordinary good call, a bad one, and a tempting one', () => {
    if (!result.ok) throw new Error('the pack does not load');
    const told = result.pack.cases
      .flatMap(({ text }) => text.split(/^norm /m).slice(1))
      .map((part) => [part.split(/\s/)[0], part.split(/^case /m).length - 1] as const);
    const counts = new Map<string, number>();
    for (const [id, cases] of told) counts.set(id ?? '', (counts.get(id ?? '') ?? 0) + cases);
    for (const norm of result.pack.norms) expect([norm.id, (counts.get(norm.id) ?? 0) >= 3]).toEqual([norm.id, true]);
  });
});
