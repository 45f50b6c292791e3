import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { type LoadedPack, loadPack, type PackFile } from '@threerings/norms/pack';
import { formatProblem } from '@threerings/norms/problem';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from 'yaml';
import { root } from '../lib/fetched.ts';

/** A pack of the repository; throws with what is wrong with it. */
export function shippedPack(name: string): LoadedPack {
  const folder = path.join(root, 'packs', name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[a-z]+$/.test(file))
    .map((file): PackFile => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return file.endsWith('.yaml') ? { path: file, text, data: parse(text) } : { path: file, text };
    });
  const result = loadPack(files, { lexicon: buildLexicon(vocabulary), hash: name });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return result.pack;
}
