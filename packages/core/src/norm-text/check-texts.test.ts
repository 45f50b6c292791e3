import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { expect, it } from 'vitest';
import { vocabulary } from '../timeline/vocabulary.ts';
import { checkTexts } from './check-texts.ts';

const lexicon = buildLexicon(vocabulary);
const base = [
  {
    path: 'base.norm',
    text: '规范包 「底本」 版本 1\n出处 S0 “甲”\n参数 max_rings = 2 声\n规范 ring “铃响{max_rings}内接起”\n  依据 S0-01\n  当 振铃 其 目标 为 “agent”\n  应 坐席 接听 于 max_rings 内\n',
  },
];
const adopting = [
  {
    path: 'own.norm',
    text: '规范包 own 版本 1\n出处 S0 “甲”\n基于 「底本」 版本 1\n采用 「底本」 ring 依据 S0-01 其中 max_rings = 3 声\n',
  },
];
const clauses = new Set(['S0-01']);

it('checks texts without files, bases included', () => {
  const { pack, problems, wants } = checkTexts(adopting, new Map([['底本@1', base]]), clauses, lexicon);
  expect({ problems, wants }).toEqual({ problems: [], wants: [] });
  expect(pack?.norms.map(({ id, title }) => [id, title])).toEqual([['ring', '铃响3声内接起']]);
});

it('names the bases that it lacks', () => {
  const { pack, wants, problems } = checkTexts(adopting, new Map(), clauses, lexicon);
  expect([pack, wants]).toEqual([undefined, ['底本@1']]);
  expect(problems.length).toBeGreaterThan(0);
});

it('tells problems by their offsets in the text, YAML that is none included', () => {
  const text = '规范包 own 版本 1\n出处 S0 “甲”\n规范 a “甲”\n  依据 S0-99\n  当 振铃\n  即违反\n';
  const { problems } = checkTexts(
    [
      { path: 'a.norm', text },
      { path: 'x.phrases.yaml', text: 'a: [b\n' },
    ],
    new Map(),
    clauses,
    lexicon,
  );
  const clause = problems.find(({ code }) => code === 'N062');
  expect(text.slice(clause?.from, clause?.to)).toMatch(/^规范 a “甲”\n {2}依据 S0-99/);
  expect(problems.find(({ code }) => code === 'yaml')).toMatchObject({ file: 'x.phrases.yaml', severity: 'error' });
});

it('stops where packs are based on one another', () => {
  const circle = (name: string, other: string) => [{ path: `${name}.norm`, text: `规范包 ${name} 版本 1\n基于 ${other} 版本 1\n` }];
  const bases = new Map([
    ['p1@1', circle('p1', 'p2')],
    ['p2@1', circle('p2', 'p1')],
  ]);
  expect(checkTexts(circle('p1', 'p2'), bases, clauses, lexicon).pack).toBeUndefined();
});
