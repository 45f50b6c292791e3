import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from '@threerings/norms/syntax/parse';
import { printNorm } from '@threerings/norms/syntax/print';
import { operatorExamples, operatorFamilies, vendors } from '@threerings/testkit/norms/norm-operators';
import { page, table } from './table.ts';

/** Operators of other rule languages one by one, each with our form and calls that show it; everything on it is run by a test. */
export function normOperatorsPage(): string {
  return page('算子对照 · Operators of other rule languages', 'golden/norm-operators', [
    '其他质检产品的算子，逐个对应到本语言的写法。每个例子都是可运行的规范和通话：`packages/testkit/src/norms/norm-operators.test.ts`',
    '逐例判断，并与朴素判官、实时引擎对照。要加算子或例子，只改 `golden/norm-operators` 里的两个数据文件。',
    '',
    'Every operator of other products, one by one, with our form. Each example is a norm with calls; the test judges every one, and compares the',
    'naive oracle and the live engine. To add one, edit the two data files. What we do not have says so.',
    '',
    ...vendors.flatMap(({ vendor, source, operators }) => [
      `## ${vendor}`,
      '',
      ...(source === '–' ? [] : [`Source: ${source}.`, '']),
      table(
        ['算子 operator', '本语言 here'],
        Object.entries(operators).map(([name, ours]) => [
          name,
          typeof ours === 'string' ? `[${titleOf(ours)}](#${ours})` : `没有 – ${ours.none}`,
        ]),
      ),
      '',
    ]),
    '## 例子 · Examples',
    '',
    '例子里的话术族：',
    '',
    table(
      ['id', '中文', '说法'],
      operatorFamilies.map(({ id, zh, variants, not, mood }) => [
        `\`${id}\``,
        zh,
        `${variants.join('、')}${not.length > 0 ? `；不算：${not.join('、')}` : ''}${mood === undefined ? '' : `；情绪 ${mood}`}`,
      ]),
    ),
    '',
    ...operatorExamples.flatMap(({ id, zh, en, norm, told }) => [
      `### ${id}`,
      '',
      `${zh} · ${en}`,
      '',
      ...['```', norm.trimEnd(), '', ...englishOf(norm), '```', ''],
      ...['```', told.trimEnd(), '```', ''],
    ]),
  ]);
}

const lexicon = buildLexicon(vocabulary);

function titleOf(id: string): string {
  const example = operatorExamples.find((one) => one.id === id);
  return example === undefined ? id : example.zh;
}

function englishOf(text: string): readonly string[] {
  return parse(text, '', lexicon).pack.norms.flatMap((norm) => printNorm({ lexicon, tongue: 'en' }, norm));
}
