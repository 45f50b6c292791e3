import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { buildLexicon } from '../syntax/lexicon.ts';
import { parse } from '../syntax/parse.ts';
import type { ResolvedFormula } from '../tree.ts';
import { check } from './check.ts';

const lexicon = buildLexicon(vocabulary);

/** The body of a norm whose pack switches 开 on and 关 off. */
function bodyOf(duty: string): ResolvedFormula | undefined {
  const text = `规范包 「p」 “试” 版本 1
出处 S1a “某”
参数 「开」 “开” = 是
参数 「关」 “关” = 否
规范 n “某事”
  依据 S1a-15
  当 首次 坐席 接听
  应 ${duty}`;
  const { pack } = parse(text, 'p.norm', lexicon);
  const { norms, problems } = check(pack, { lexicon, families: [] });
  expect(problems).toEqual([]);
  return norms[0]?.body;
}

describe('parts that a pack switches', () => {
  it('are asked for when on, and gone when off', () => {
    const body = bodyOf(
      '各项 [“甲” (「开」 为 否 或 坐席 说 “甲” 于 3 句 内)、“乙” (「关」 为 否 或 坐席 说 “乙” 于 3 句 内)、“丙” 坐席 说 “丙” 于 3 句 内]',
    );
    const items = body?.kind === 'parts' ? body.items : [];
    expect(items.map(({ label, item }) => [label, item.kind])).toEqual([
      ['甲', 'happens'],
      ['丙', 'happens'],
    ]);
  });

  it('leave the rest of a condition', () => {
    expect(bodyOf('(「开」 为 是 且 坐席 说 “甲” 于 3 句 内) 或 坐席 说 “乙” 于 3 句 内')).toMatchObject({
      kind: 'or',
      items: [{ kind: 'happens' }, { kind: 'happens' }],
    });
    expect(bodyOf('(「关」 为 是 且 坐席 说 “甲” 于 3 句 内) 或 坐席 说 “乙” 于 3 句 内')).toMatchObject({ kind: 'happens' });
  });

  it('decide alone when nothing else is left', () => {
    expect(bodyOf('「关」 为 否 或 坐席 说 “甲” 于 3 句 内')).toMatchObject({ kind: 'compare', op: '=' });
    expect(bodyOf('各项 [“甲” (「关」 为 否 或 坐席 说 “甲” 于 3 句 内)]')).toMatchObject({ kind: 'parts', items: [{ label: '甲' }] });
  });
});
