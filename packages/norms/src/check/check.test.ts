import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../problem.ts';
import { buildLexicon } from '../syntax/lexicon.ts';
import { parse } from '../syntax/parse.ts';
import { check } from './check.ts';

const lexicon = buildLexicon(vocabulary);
const golden = new URL('../../../../golden/norm-spec/', import.meta.url);
const familyTable: Record<string, { zh: string; guard?: boolean; variants: string[] }> = JSON.parse(
  readFileSync(new URL('families.json', golden), 'utf8'),
);
const families = Object.entries(familyTable).map(([id, { zh, variants }]) => ({
  id,
  zh,
  variants,
  norms: [],
  guard: [],
  pinyin: 0,
  not: [],
  hit: [],
  miss: [],
}));
const packs = readdirSync(golden)
  .filter((file) => file.endsWith('.norm'))
  .map((file) => ({ file, ...parse(readFileSync(new URL(file, golden), 'utf8'), file, lexicon) }));

describe.each(packs)('the reviewed pack $file', ({ pack }) => {
  it('passes the checks', () => {
    const { norms, problems } = check(pack, { lexicon, families });
    const errors = problems.filter((problem) => problem.severity === 'error');
    expect(errors.map((problem) => formatProblem(problem, 'zh'))).toEqual([]);
    expect(norms.map((norm) => norm.id)).toEqual(pack.norms.map((norm) => norm.id));
  });
});
