import { checkTexts } from '@threerings/core/norm-text/check-texts';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { describe, expect, test } from 'vitest';
import { compare } from './comparing.ts';

const lexicon = buildLexicon(vocabulary);
const norms = (text: string) => [
  { path: 'p.norm', text: `规范包 p 版本 1\n出处 S0 “甲”\n参数 max_rings = 2 声\n${text}` },
  { path: 'f.phrases.yaml', text: 'sorry:\n  zh: 致歉\n  variants: [抱歉]\n' },
];
const ring = '规范 ring “接起”\n  依据 S0-01   分值 5\n  当 振铃\n  应 坐席 接听 于 max_rings 内\n';
const apology = '规范 apology “致歉”\n  依据 S0-02\n  当 坐席 接听\n  应 坐席 说 sorry 于 1 句 内\n';
const side = (texts: readonly { path: string; text: string }[]) => ({
  texts,
  pack: checkTexts(texts, new Map(), undefined, lexicon).pack,
});
const before = side(norms(ring + apology));

describe('what changed between two versions', () => {
  test('is nothing between the same texts, and nothing in words where only a remark was added', () => {
    expect(compare(before, before, lexicon)).toEqual({ files: [], norms: [], families: [] });
    const remarked = compare(before, side(norms(`# 说明\n${ring}${apology}`)), lexicon);
    expect([remarked.norms, remarked.files.map(({ path }) => path)]).toEqual([[], ['p.norm']]);
  });

  test('is told in words of each norm that a figure reaches, though its own text is the same', () => {
    const more = side(before.texts.map((file) => ({ ...file, text: file.text.replace('= 2 声', '= 4 声') })));
    const { norms: changed, files } = compare(before, more, lexicon);
    expect(changed?.map(({ norm }) => norm)).toEqual(['ring']);
    expect(changed?.[0]?.before?.sentence.zh).toContain('2');
    expect(changed?.[0]?.after?.sentence.zh).toContain('4');
    expect(files[0]?.places[0]).toMatchObject({
      line: 2,
      lines: [' 出处 S0 “甲”', '-参数 max_rings = 2 声', '+参数 max_rings = 4 声', ' 规范 ring “接起”'],
    });
  });

  test('names norms that came and went, and the sentences of a family', () => {
    const other = side(
      norms(apology.replace('apology', 'sorry-first')).map((file) => ({ ...file, text: file.text.replace('[抱歉]', '[对不起]') })),
    );
    const { norms: changed, families } = compare(before, other, lexicon);
    expect(changed?.map(({ norm, before: was, after: is }) => [norm, was !== undefined, is !== undefined])).toEqual([
      ['sorry-first', false, true],
      ['ring', true, false],
      ['apology', true, false],
    ]);
    expect(families).toEqual([{ family: 'sorry', title: '致歉', added: ['对不起'], removed: ['抱歉'] }]);
  });

  test('is shown in text alone while a version has mistakes', () => {
    const { norms: changed, files } = compare(before, side(norms(`${ring}胡说`)), lexicon);
    expect([changed, files.length]).toEqual([undefined, 1]);
  });
});
