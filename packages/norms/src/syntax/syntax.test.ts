import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../problem.ts';
import { sameTree } from './equal.ts';
import { buildLexicon } from './lexicon.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

const lexicon = buildLexicon(vocabulary);
const golden = new URL('../../../../golden/norm-spec/', import.meta.url);
const reviewed = readdirSync(golden)
  .filter((file) => file.endsWith('.norm'))
  .map((file) => ({ file, text: readFileSync(new URL(file, golden), 'utf8') }));

describe.each(reviewed)('the reviewed pack $file', ({ file, text }) => {
  const { pack, problems } = parse(text, file, lexicon);

  it('is read without problems', () => {
    expect(problems.map((problem) => formatProblem(problem, 'en'))).toEqual([]);
    expect(pack.norms.length).toBe(text.split('\n').filter((line) => line.startsWith('规范 ')).length);
  });

  it.each(['zh', 'en'] as const)('is the same tree when printed in %s and read again', (tongue) => {
    const printed = print(pack, tongue, lexicon);
    const again = parse(printed, file, lexicon);
    expect(again.problems.map((problem) => formatProblem(problem, 'en'))).toEqual([]);
    expect(sameTree(again.pack, pack)).toBe(true);
    expect(print(again.pack, tongue, lexicon)).toBe(printed);
  });

  it('is the same tree with every blank between Chinese characters taken out', () => {
    const tight = text
      .split('\n')
      .map((line) => line.replace(/(?<=[\p{Script=Han}”」\]]) +(?=[\p{Script=Han}“「[])/gu, ''))
      .join('\n');
    const again = parse(tight, file, lexicon);
    expect(again.problems.map((problem) => formatProblem(problem, 'en'))).toEqual([]);
    expect(sameTree(again.pack, pack)).toBe(true);
  });
});
