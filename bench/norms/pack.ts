import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { basesOf, type LoadedPack, loadPack, type PackFile } from '@threerings/norms/pack';
import { formatProblem } from '@threerings/norms/problem';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from 'yaml';
import { root } from '../lib/fetched.ts';

const lexicon = buildLexicon(vocabulary);
const packsFolder = path.join(root, 'packs');
const known = new Map<string, LoadedPack>();

/** A pack of the repository with the packs that it is based on; throws with what is wrong with it. */
export function shippedPack(folder: string): LoadedPack {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const files = filesOf(folder);
  const bases = new Map(basesOf(files, lexicon).map((name) => [name, shippedPack(folderOf(name))]));
  const result = loadPack(files, { lexicon, bases, hash: folder });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  known.set(folder, result.pack);
  return result.pack;
}

function filesOf(name: string): readonly PackFile[] {
  const folder = path.join(packsFolder, name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[a-z]+$/.test(file))
    .map((file): PackFile => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return file.endsWith('.yaml') ? { path: file, text, data: parse(text) } : { path: file, text };
    });
}

/** The folder of the pack that gives itself this name. */
function folderOf(name: string): string {
  const names = (folder: string) => filesOf(folder).some(({ text }) => new RegExp(`^规范包 「?${name}」?\\s`, 'm').test(text));
  return readdirSync(packsFolder).find(names) ?? name;
}
