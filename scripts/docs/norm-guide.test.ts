import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { sameTree } from '@threerings/norms/syntax/equal';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from '@threerings/norms/syntax/parse';
import { openPack } from '@threerings/server/norm-packs/judging-pack';
import { tryPack } from '@threerings/server/norm-packs/pack-trials';
import { afterAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'threerings-guide-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** The fenced examples of a page, by the word behind the fence. */
function fences(page: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const text = fs.readFileSync(path.join(root, page), 'utf8');
  for (const [, kind = '', body = ''] of text.matchAll(/^```(\S+)\n([\s\S]*?)^```$/gm))
    found.set(kind, `${found.get(kind) ?? ''}${body}\n`);
  return found;
}

/** Checks a pack with the catalogue that ships, judges its stories and hears its example sentences. */
async function tried(name: string, files: Readonly<Record<string, string | undefined>>) {
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) continue;
    const place = path.join(folder, name, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  const opened = await openPack(path.join(folder, name), path.join(root, 'packs'), 'en');
  if (!opened.ok) return { problems: opened.problems, norms: 0, cases: 0, examples: 0 };
  const { cases, examples, findings } = tryPack(opened.judging);
  return { problems: [...opened.judging.warnings, ...findings], norms: opened.judging.pack.norms.length, cases, examples };
}

const guides = [
  ['docs/guides/norm-language.md', 'guide'],
  ['docs/guides/norm-language.zh-CN.md', 'guide-zh'],
] as const;

test.each(guides)(
  'the pack of %s checks without a warning, its stories come out as told, its example sentences are heard',
  async (page, folderName) => {
    const found = fences(page);
    const pack = {
      'guide.norm': found.get('norm'),
      'guide.phrases.yaml': found.get('yaml'),
      'cases/guide.timeline': found.get('timeline'),
    };
    const { problems, norms, cases, examples } = await tried(folderName, pack);
    expect(problems).toEqual([]);
    expect([norms, cases, examples].every((count) => count >= 3)).toBe(true);
  },
);

test.each(guides)(
  'the adopting pack of %s finds the pack of the guide beside it, and its stories come out as told',
  async (page, folderName) => {
    const found = fences(page);
    const yaml = 'wait_politely:\n  zh: 请客户稍候\n  variants: [烦请您稍候]\n  examples: {hit: [烦请您稍候], miss: [稍候]}\n';
    const { problems, norms } = await tried(`${folderName}-adopting`, {
      'a.norm': found.get('norm-adopting'),
      ...(found.get('norm-adopting')?.includes('wait_politely') ? { 'a.phrases.yaml': yaml } : {}),
    });
    expect(problems).toEqual([]);
    expect(norms).toBeGreaterThan(0);
  },
);

const pages = ['docs/guides/norm-language.md', 'README.md', 'README.zh-CN.md'];

test.each(pages)('in %s each English norm is the same norm as the Chinese one', (page) => {
  const lexicon = buildLexicon(vocabulary);
  const found = fences(page);
  const chinese = parse(found.get('norm') ?? '', 'zh', lexicon);
  const english = parse(found.get('norm-en') ?? '', 'en', lexicon);
  expect([...chinese.problems, ...english.problems]).toEqual([]);
  expect(english.pack.norms.length).toBeGreaterThan(0);
  for (const norm of english.pack.norms) {
    const twin = chinese.pack.norms.find(({ id }) => id === norm.id);
    expect(sameTree(twin, norm), `${norm.id} differs from its Chinese twin`).toBe(true);
  }
});
