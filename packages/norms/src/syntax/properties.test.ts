import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../problem.ts';
import type { Formula } from '../tree.ts';
import { sameTree } from './equal.ts';
import { languageWords } from './keywords.ts';
import { buildLexicon } from './lexicon.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

const lexicon = buildLexicon(vocabulary);
const golden = new URL('../../../../golden/norm-spec/', import.meta.url);
const texts = readdirSync(golden)
  .filter((file) => file.endsWith('.norm'))
  .map((file) => readFileSync(new URL(file, golden), 'utf8'));

// ---------- random texts

/** Text that is well formed by the grammar of language.md §3, word by word. */
const name = fc.constantFrom('greeting', 'max_hold', '「自拟」', 'hold', 'order', '「first」', 'x.y-z');
const anEvent = fc.constantFrom(...vocabulary.events.map((event) => event.zh));
const aRole = fc.constantFrom(...vocabulary.roles.map((role) => `${role.zh} `), '');
const anInterval = fc.constantFrom(...vocabulary.intervals.map((interval) => interval.zh));
const aField = fc.constantFrom(...vocabulary.fieldWords.map((word) => word.zh), 'loss');
const aString = fc.constantFrom('“请*”', '“a b”', '"引 ” 号"', '“”');
const aNumber = fc.constantFrom('0', '3', '0.8', '12.125', '-5');
const aDuration = fc.constantFrom('5 秒', '3 声', '2 工作日', 'max_hold', '20 秒 + 所记 时限', '(所记 时限 - 1 秒) * 2');

const { expression, pattern, formula } = fc.letrec<Record<'expression' | 'pattern' | 'window' | 'formula' | 'text', string>>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    aDuration,
    aNumber,
    aString,
    aField,
    fc.constantFrom('是', '否', '09:30', '[]', '时刻', 'max_hold'),
    fc.tuple(fc.constantFrom('当时', '本次', '所记'), aField).map((parts) => parts.join(' ')),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(tie('pattern'), tie('window')).map(([p, w]) => `次数(${p}${w})`),
    fc.tuple(aRole, anInterval, anInterval).map(([r, a, b]) => `占比(${r}${a}、${b})`),
    fc.tuple(fc.constantFrom('语速', '情绪值'), aRole, tie('window')).map(([f, r, w]) => `${f}(${r}${w})`),
    fc.array(tie('expression'), { minLength: 1, maxLength: 3 }).map((items) => `[${items.join('、')}]`),
  ),
  text: fc.oneof(
    { depthSize: 'small' },
    name,
    aString,
    aString.map((s) => `正则 ${s} 排除 ${s}`),
    aString.map((s) => `近似 ${s} 0.6`),
    aField.map((f) => `所记 ${f}`),
    fc
      .tuple(fc.constantFrom('任一', '全部', '皆非', '至少 2 项'), fc.array(tie('text'), { minLength: 1, maxLength: 3 }))
      .map(([n, ts]) => `${n} [${ts.join('、')}]`),
    fc.tuple(name, fc.constantFrom('近', '不近'), aString).map(([a, n, b]) => `${a} ${n} ${b} 6 字 内`),
  ),
  pattern: fc.oneof(
    { depthSize: 'small' },
    fc.constant('「自拟」'),
    fc.tuple(aRole, anEvent).map((parts) => parts.join('')),
    fc.tuple(aRole, tie('text')).map(([r, t]) => `${r}说 ${t}`),
    fc.tuple(aRole, anEvent, aField, aField).map(([r, e, a, b]) => `${r}${e} 含 ${a} 含 ${b}`),
    fc.tuple(aRole, anEvent, aField, tie('expression')).map(([r, e, f, x]) => `${r}${e} 其 ${f} 为 ${x} 且其 ${f} 已填`),
    fc.tuple(aRole, anEvent, aField, aField).map(([r, e, a, b]) => `${r}${e} 记 ${a} 记 ${b} 作 「本人」`),
  ),
  window: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('', ' 此前', ' 结束前', ' 全程中', ' 期间内', ' 于 3 句 内', ' 于 1 轮 内', ' 此前 3 句 内'),
    fc.tuple(fc.constantFrom('于', '此前', '前后', '开头', '最后'), aDuration).map(([w, d]) => ` ${w} ${d} 内`),
    fc.tuple(aDuration, aDuration).map(([a, b]) => ` 于 ${a} 至 ${b} 内`),
    tie('expression').map((x) => ` 不迟于 ${x}`),
    tie('pattern').map((p) => ` 直到 ${p}`),
    fc.tuple(tie('pattern'), tie('pattern'), aDuration).map(([a, b, d]) => ` 直到 ${a} 或 ${b} 最迟 ${d}`),
  ),
  formula: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.tuple(tie('pattern'), tie('window')).map((parts) => parts.join('')),
    fc
      .tuple(tie('pattern'), fc.constantFrom('至少 2 次', '至多 max_hold 次', '至少 a1 + 2 次'), tie('window'))
      .map(([p, c, w]) => `${p} ${c}${w}`),
    fc.tuple(tie('formula'), fc.constantFrom('且', '或', '则'), tie('formula')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc.tuple(fc.constantFrom('非', '非 非', '逐项 「项」 出自 「清单一」:'), tie('formula')).map(([n, f]) => `${n} (${f})`),
    fc.tuple(tie('pattern'), tie('window')).map(([p, w]) => `未 ${p}${w}`),
    fc
      .tuple(fc.constantFrom('各项', '任一', '至少 2 项'), fc.array(tie('formula'), { minLength: 1, maxLength: 3 }))
      .map(([n, fs]) => `${n} [${fs.map((f, i) => (i === 0 ? `“甲” (${f})` : `(${f})`)).join('、')}]`),
    fc.tuple(aDuration, tie('pattern'), tie('window')).map(([d, p, w]) => `每 ${d} ${p}${w}`),
    fc
      .tuple(fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }), tie('window'))
      .map(([ps, w]) => `依次 [${ps.map((p) => `(${p})`).join('、')}]${w}`),
    fc.tuple(aRole, anInterval).map(([r, i]) => `正在 ${r}${i}`),
    fc.constantFrom('正值 工作时间', '正值 夜间'),
    fc
      .tuple(tie('expression'), fc.constantFrom('超过', '不超过', '不少于', '为', '不为', '属', '包含'), tie('expression'))
      .map(([a, op, b]) => `(${a}) ${op} ${b}`),
    fc.tuple(aDuration, tie('expression'), tie('expression')).map(([a, b, c]) => `${a} 介于 ${b} 至 ${c}`),
    fc.tuple(aField, tie('text')).map(([f, t]) => `当时 ${f} 合 ${t}`),
  ),
}));

const trigger = fc.oneof(
  fc
    .tuple(fc.constantFrom('当', '当 首次', '当 第 3 次'), fc.array(pattern, { minLength: 1, maxLength: 3 }))
    .map(([w, ps]) => `${w} ${ps.join(' 或 ')}`),
  fc.tuple(aRole, anInterval, aDuration).map(([r, i, d]) => `当 ${r}${i} 满 ${d}`),
  fc.tuple(aRole, anInterval).map(([r, i]) => `期间 ${r}${i}`),
  fc.constant('全程'),
);
const action = fc.oneof(
  fc.constantFrom('提示', '提示 “x”', '提示 “x” 话术 hold', '通知 班长 “x”', '拦截 “x”', '问由 “x”', '拟建 台账', '计分 -8'),
  aDuration.map((d) => `拟建 回电 “x” 最迟 ${d}`),
);
const aNorm = fc
  .record({
    meta: fc.constantFrom('', '严重度 关键 分值 -3', '范围 个案 责任 接手人', '性质 线索 生效 2026-03-01 至 2026-12-31', '说明 “甲”'),
    trigger,
    guard: fc.option(formula, { nil: undefined }),
    duty: fc.tuple(fc.constantFrom('应', '应已', '不得'), formula).map((parts) => parts.join(' ')),
    unless: fc.option(formula, { nil: undefined }),
    action,
  })
  .map(
    (n) =>
      `规范 「first」 “甲”\n  依据 S0-01\n  ${n.meta}\n  ${n.trigger}\n${n.guard === undefined ? '' : `  若 ${n.guard}\n`}  ${n.duty}\n${n.unless === undefined ? '' : `  除非 ${n.unless}\n`}  结束时 违反\n  否则 ${n.action}\n  当即 ${n.action}\n  预警 提前 3 秒 “乙”\n`,
  );
const anAdoption = fc
  .tuple(
    fc.constantFrom('greet', '「first」', 'x.y-z'),
    fc.constantFrom('', ' 作 「own」', ' 作 rung “铃响{a1}内接起”'),
    fc.constantFrom('', '严重度 主要 分值 5', '责任 当时坐席 性质 定论 生效 2026-03-01', '说明 “甲”'),
    fc.array(expression, { maxLength: 2 }),
    fc.option(action, { nil: undefined }),
  )
  .map(
    ([norm, id, meta, values, act]) =>
      `采用 「通则」 ${norm}${id}\n  依据 S0-01\n  ${meta}\n${values.length === 0 ? '' : `  其中 ${values.map((x, i) => `v${i} = ${x}`).join('、')}\n`}${act === undefined ? '' : `  履行后 ${act}\n  预警 提前 3 秒 “乙”\n`}`,
  );
const aPack = fc
  .tuple(expression, pattern, fc.array(aNorm, { minLength: 1, maxLength: 2 }), fc.array(anAdoption, { maxLength: 2 }))
  .map(
    ([x, p, norms, adoptions]) =>
      `规范包 「in」 “题” 版本 2\n基于 「通则」 版本 3\n出处 S0 “甲”\n参数 a1 “参” = ${x}\n参数 w = 待定\n清单 「清单一」 = [“甲”、${x}]\n定义 「自拟」 = ${p}\n${[...adoptions, ...norms].join('\n')}`,
  );

describe('printing and reading', () => {
  it('keeps the tree of any well-formed pack, in both tongues, and printing what was printed changes nothing', () => {
    fc.assert(
      fc.property(aPack, fc.constantFrom('zh', 'en'), (source, tongue) => {
        const first = parse(source, 'a.norm', lexicon);
        expect(first.problems.map((problem) => formatProblem(problem, 'en'))).toEqual([]);
        const printed = print(first.pack, tongue, lexicon);
        const again = parse(printed, 'a.norm', lexicon);
        expect(again.problems.map((problem) => `${formatProblem(problem, 'en')}\n${printed}`)).toEqual([]);
        expect(sameTree(again.pack, first.pack), printed).toBe(true);
        expect(print(again.pack, tongue, lexicon)).toBe(printed);
      }),
      { numRuns: 150 },
    );
  });

  it('meets every kind of formula, window and expression in those packs', () => {
    const kinds = new Set<string>();
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) collect(item);
      else if (typeof value === 'object' && value !== null) {
        if ('kind' in value && typeof value.kind === 'string') kinds.add(value.kind);
        for (const child of Object.values(value)) collect(child);
      }
    };
    for (const source of fc.sample(aPack, { numRuns: 300, seed: 7 })) collect(parse(source, 'a.norm', lexicon).pack.norms);
    const wanted: Formula['kind'][] = [
      'and',
      'or',
      'not',
      'implies',
      'parts',
      'forEach',
      'happens',
      'every',
      'sequence',
      'compare',
      'currently',
      'calendar',
    ];
    const others = [
      'after',
      'by',
      'before',
      'around',
      'utterances',
      'firstPart',
      'lastPart',
      'until',
      'toEnd',
      'whole',
      'thatTime',
      'share',
      'count',
      'rate',
      'mood',
      'propose',
      'arith',
      'near',
      'someOf',
      'askReason',
    ];
    expect([...kinds]).toEqual(expect.arrayContaining([...wanted, ...others]));
  });
});

// ---------- mistakes

const surfaces = languageWords.flatMap((word) => [word.zh, word.en]).filter((surface) => surface !== '');
const fragment = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom(...surfaces, ...'“”「」[]()、,:：#\n 0.5-'.split('')),
);

/** A real pack with a few places overwritten. */
const mutated = fc
  .tuple(fc.constantFrom(...texts), fc.array(fc.tuple(fc.nat(), fc.nat(12), fragment), { minLength: 1, maxLength: 6 }))
  .map(([source, edits]) =>
    edits.reduce((result, [at, cut, put]) => result.slice(0, at % result.length) + put + result.slice((at % result.length) + cut), source),
  );

function lineAndColumn(source: string, start: number): string {
  const before = source.slice(0, start).split('\n');
  return `${before.length}:${[...(before.at(-1) ?? '')].length + 1}`;
}

describe('reading anything', () => {
  it.each([
    ['random text', fc.array(fragment, { maxLength: 80 }).map((parts) => parts.join(' '))],
    ['mutated packs', mutated],
  ])('%s gives a tree, or problems that say where', (_, source) => {
    fc.assert(
      fc.property(source, (input) => {
        const { pack, problems } = parse(input, 'a.norm', lexicon);
        for (const { span, line, column } of problems) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(input.length);
          expect(`${line}:${column}`).toBe(lineAndColumn(input, span.start));
        }
        if (problems.length === 0) expect(sameTree(parse(print(pack, 'zh', lexicon), 'a.norm', lexicon).pack, pack)).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('counts columns in characters, not in UTF-16 units', () => {
    const [problem] = parse('# 𠮷\n出处 S0 “𠮷” §', 'a.norm', lexicon).problems;
    expect(problem).toMatchObject({ code: 'N003', line: 2, column: 11, found: '§' });
  });

  it('refuses ten megabytes with one clear sentence', () => {
    const { problems } = parse('规范 '.repeat(3_500_000), 'a.norm', lexicon);
    expect(problems).toMatchObject([{ code: 'N004', line: 1, column: 1 }]);
  });

  it.each(['(', '[', '“', '「', '非 ', '次数(', '任一 [', '每 ', '.', 'a.', '当 ', '规范 ', '应 (', '1 '])(
    'reads sixty thousand characters of “%s” to their end',
    (piece) => {
      const source = `规范 n 依据 S0-01 当 坐席 说 应 ${piece.repeat(60_000 / piece.length)}`;
      expect(parse(source, 'a.norm', lexicon).problems.length).toBeLessThanOrEqual(51);
    },
  );

  it('does an amount of work that grows with the length of the text, not with its square', () => {
    const source = texts.join('\n');
    const work = (times: number): number => {
      let looks = 0;
      const chinese = new Map(lexicon.chinese);
      chinese.get = (first) => {
        looks++;
        return lexicon.chinese.get(first);
      };
      const counted = { ...lexicon, chinese };
      parse(source.repeat(times), 'a.norm', counted);
      return looks;
    };
    expect(work(8)).toBe(8 * work(1));
  });
});
