import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { type LoadedPack, loadPack, type PackDependencies, type PackFile } from '../pack.ts';
import { formatProblem } from '../problem.ts';
import { sameTree } from '../syntax/equal.ts';
import { buildLexicon } from '../syntax/lexicon.ts';
import { parse } from '../syntax/parse.ts';
import { print } from '../syntax/print.ts';

const lexicon = buildLexicon(vocabulary);

function load(text: string, families: object, bases: readonly LoadedPack[] = [], english?: object): LoadedPack {
  const files: PackFile[] = [
    { path: 'p.norm', text },
    { path: 'p.phrases.yaml', text: '', data: families },
  ];
  if (english !== undefined) files.push({ path: 'messages.en.yaml', text: '', data: english });
  const deps: PackDependencies = { lexicon, hash: 'h', bases: new Map(bases.map((base) => [base.name, base])) };
  const result = loadPack(files, deps);
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return result.pack;
}

const common = load(
  `规范包 「通则」 版本 3
出处 S0 “某规范”
参数 max_rings “应答铃数” = 2 声
参数 again = 15 秒
清单 must_tell = [“材料”、“地点”]
定义 「紧急」 = 坐席 紧急上报
适用 本次 渠道 为 “phone”
规范 answer-within-rings “铃响{max_rings}内接起”
  依据 S0-01   严重度 次要   分值 2
  当 振铃
  应 坐席 接听 于 max_rings 内
  除非 「紧急」 此前
  预警 提前 3 秒 “快响完{max_rings}，请接起”
  否则 提示 “已过{max_rings}” 话术 opening_late
规范 hold-reprompt
  依据 S0-02
  期间 保持
  应 每 again 坐席 说 progress
规范 tells-all
  依据 S0-03
  全程
  应 逐项 「项」 出自 must_tell: 坐席 说 所记 「项」
`,
  { opening_late: { zh: '致歉', variants: ['让您久等'] }, progress: { zh: '回应', variants: ['还在为您查'] } },
  [],
  {
    'answer-within-rings': {
      title: 'answered within {max_rings}',
      messages: ['{max_rings} are nearly over', '{max_rings} are over'],
      labels: {},
    },
  },
);

const head = '规范包 「甲规范」 版本 1\n基于 「通则」 版本 3\n出处 S1a “甲”\n';
const normOf = (pack: LoadedPack, id: string) => pack.norms.find((norm) => norm.id === id);

describe('an adopted norm', () => {
  const text = `${head}采用 「通则」 answer-within-rings “三声内接起” 依据 S1a-15 严重度 主要 其中 max_rings = 3 声\n`;

  it('has its own clause, title, severity and figure, and all else from the base pack', () => {
    const pack = load(text, {}, [common]);
    const [base, norm] = [normOf(common, 'answer-within-rings'), normOf(pack, 'answer-within-rings')];
    expect(norm).toMatchObject({ title: '三声内接起', cites: ['S1a-15'], severity: 'major', points: 2 });
    expect(norm?.adopted).toEqual({ pack: '通则', version: 3, norm: 'answer-within-rings' });
    expect(norm?.body).toMatchObject({ kind: 'happens', window: { kind: 'after', to: { thousandths: 3000, unit: 'ring' } } });
    expect(base?.body).toMatchObject({ window: { to: { thousandths: 2000 } } });
    expect(sameTree(norm?.unless, base?.unless)).toBe(true);
    expect(sameTree(norm?.guard, base?.guard)).toBe(true);
    expect(pack.families.map(({ id }) => id)).toEqual(['opening_late']);
    expect([...pack.borrowed]).toEqual(['opening_late']);
  });

  it('says its own figure in the sentences that it took over, in both languages', () => {
    const pack = load(text.replace(' “三声内接起”', ''), {}, [common]);
    const norm = normOf(pack, 'answer-within-rings');
    expect(norm?.title).toBe('铃响3声内接起');
    expect(norm?.actions.map((action) => ('message' in action ? action.message : ''))).toEqual(['快响完3声，请接起', '已过3声']);
    expect(pack.english.get('answer-within-rings')).toMatchObject({
      title: 'answered within 3 rings',
      messages: ['3 rings are nearly over', '3 rings are over'],
    });
    expect(load(text, {}, [common]).english.get('answer-within-rings')?.title).toBeUndefined();
  });

  it('reads the same in both languages', () => {
    const first = parse(text, 'a', lexicon);
    for (const tongue of ['zh', 'en'] as const) {
      const printed = print(first.pack, tongue, lexicon);
      expect(sameTree(parse(printed, 'a', lexicon).pack, first.pack), printed).toBe(true);
    }
    expect(print(first.pack, 'en', lexicon)).toContain(
      'adopts 「通则」 answer-within-rings “三声内接起”\n  cites S1a-15   severity major\n  where max_rings = 3 rings',
    );
  });

  it('may have another id, stand twice, and say other things when it is broken', () => {
    const pack = load(
      `${head}参数 longer = 4 声\n采用 「通则」 answer-within-rings 依据 S1a-15\n采用 「通则」 answer-within-rings 作 night-rings 依据 S1a-16 其中 max_rings = longer 否则 提示 “夜间{max_rings}”\n`,
      {},
      [common],
    );
    expect(pack.norms.map(({ id }) => id)).toEqual(['answer-within-rings', 'night-rings']);
    const night = normOf(pack, 'night-rings');
    expect(night?.body).toMatchObject({ window: { to: { thousandths: 4000 } } });
    expect(night?.actions.map((action) => ('message' in action ? action.message : ''))).toEqual(['快响完4声，请接起', '夜间4声']);
  });

  it('takes figures and lists of the same name from the adopting pack, and families and definitions that are named', () => {
    const pack = load(
      `${head}参数 again = 30 秒
清单 must_tell = [“电话”]
定义 「本线紧急」 = 标记情形 其 情形 为 “emergency”
采用 「通则」 hold-reprompt 依据 S1a-15 其中 progress = still_here
采用 「通则」 tells-all 依据 S1a-15
采用 「通则」 answer-within-rings 依据 S1a-15 其中 「紧急」 = 「本线紧急」
`,
      { still_here: { zh: '仍在', variants: ['我还在线'] } },
      [common],
    );
    expect(normOf(pack, 'hold-reprompt')?.body).toMatchObject({
      period: { thousandths: 30_000 },
      pattern: { text: { name: 'still_here' } },
    });
    expect(normOf(pack, 'tells-all')?.body).toMatchObject({ list: { items: [{ value: '电话' }] } });
    expect(normOf(pack, 'answer-within-rings')?.unless).toMatchObject({ pattern: { type: 'flag.set' } });
    expect(pack.families.map(({ id }) => id).sort()).toEqual(['opening_late', 'still_here']);
  });

  it('goes on through a pack in between, whose figure holds until it is replaced', () => {
    const between = load(`${head}采用 「通则」 answer-within-rings 依据 S1a-15 其中 max_rings = 3 声\n`, {}, [common]);
    const outer = (where: string) =>
      load(`规范包 「乙」 版本 1\n基于 「甲规范」 版本 1\n出处 S2 “乙”\n采用 「甲规范」 answer-within-rings 依据 S2-01${where}\n`, {}, [
        between,
      ]);
    expect(normOf(outer(''), 'answer-within-rings')?.body).toMatchObject({ window: { to: { thousandths: 3000 } } });
    expect(normOf(outer(' 其中 max_rings = 4 声'), 'answer-within-rings')?.body).toMatchObject({ window: { to: { thousandths: 4000 } } });
  });

  it('lets norms of its own use what the base pack defines and listens for', () => {
    const pack = load(`${head}规范 own\n  依据 S1a-15\n  当 「紧急」\n  应 坐席 说 progress 于 again 内\n`, {}, [common]);
    expect(normOf(pack, 'own')?.body).toMatchObject({ window: { to: { thousandths: 15_000 } } });
    expect([...pack.borrowed]).toEqual(['progress']);
  });
});
