import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../messages.ts';
import { type LoadedPack, loadPack, type PackFile } from '../pack.ts';
import { buildLexicon } from '../syntax/lexicon.ts';
import { LONGEST_FILE } from '../syntax/parse.ts';

const lexicon = buildLexicon(vocabulary);
const clauses = new Set(['S0-01', 'S0-02', 'S0-12']);

const families = {
  greeting: { zh: '问候', variants: ['您好'] },
  thanks: { zh: '致谢', variants: ['谢谢'] },
  callback_promise: { zh: '承诺回电', variants: ['{时限}内给您回电'] },
};

const head = '规范包 p 版本 1\n出处 S0 “某规范”\n';
const duty = '  当 坐席 接听\n  应 坐席 说 greeting 于 5 秒 内\n';

function norm(body: string, declarations = ''): string {
  return `${head}${declarations}规范 n\n  依据 S0-01\n${body}`;
}

function files(text: string, more: readonly PackFile[] = []): readonly PackFile[] {
  return [{ path: 'p.norm', text }, { path: 'p.phrases.yaml', text: '', data: families }, ...more];
}

const common = loadPack(
  files(
    `规范包 「通则」 版本 2\n出处 S0 “某规范”\n参数 w1 “多久” = 5 秒\n参数 w2 = 3 声\n定义 「接起」 = 坐席 接听\n规范 greet “{w1}内问候”\n  依据 S0-01\n  当 「接起」\n  应 坐席 说 greeting 于 w1 内\n规范 rung\n  依据 S0-01\n  当 振铃\n  应 坐席 接听 于 w2 内\n`,
  ).map((file) => (file.data === undefined ? file : { ...file, data: { greeting: families.greeting } })),
  { lexicon, clauses, hash: 'h' },
);
if (!common.ok) throw new Error(common.problems.map(({ message }) => message.en).join());
const bases = new Map<string, LoadedPack | 'faulty' | 'cyclic'>([
  ['通则', common.pack],
  ['坏包', 'faulty'],
  ['环包', 'cyclic'],
]);

/** A pack that adopts from 「通则」. */
function adopting(body: string, declarations = '基于 「通则」 版本 2\n'): readonly PackFile[] {
  return [{ path: 'p.norm', text: `${head}${declarations}${body}` }];
}

function problemsOf(all: readonly PackFile[]) {
  const result = loadPack(all, { lexicon, clauses, bases, packsBeside: [...bases.keys()], hash: 'h' });
  return result.ok ? result.pack.warnings : result.problems;
}

function phrases(data: unknown): readonly PackFile[] {
  return files(norm(duty)).with(1, { path: 'p.phrases.yaml', text: '', data });
}

/** One input for each code; `at` is the line and column of the problem. */
const inputs: Readonly<
  Record<Code, { readonly text?: string; readonly files?: readonly PackFile[]; readonly at: string; readonly says: string }>
> = {
  N001: { text: norm('  当 坐席 接庭\n'), at: '5:8', says: '接庭' },
  N002: { text: norm(`  说明 “没有结尾\n${duty}`), at: '5:6', says: '引号' },
  N003: { text: norm('  当 坐席 接听 §\n'), at: '5:11', says: '§' },
  N004: { text: ' '.repeat(LONGEST_FILE + 1), at: '1:1', says: String(LONGEST_FILE) },
  N005: { text: norm(`  当 坐席 接听\n  应 ${'('.repeat(100)}坐席 说${')'.repeat(100)}\n`), at: '6:69', says: '64' },
  N006: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 0.1234 秒 内\n'), at: '6:21', says: '三位小数' },
  N007: { text: norm(`  生效 2026-02-30\n${duty}`), at: '5:6', says: '2026-02-30' },
  N008: { text: norm('  甲乙\n'.repeat(60)), at: '55:3', says: '50' },
  N010: { text: norm('  当 坐席 于 5 秒 内\n'), at: '5:8', says: '事件' },
  N011: { text: norm(`${duty}  当 挂机\n`), at: '7:3', says: '当' },
  N012: { text: norm('  当 第 0 次 坐席 接听\n  应 坐席 说 greeting 于 5 秒 内\n'), at: '5:7', says: '正整数' },
  N020: { text: `${norm(duty)}规范 n\n  依据 S0-01\n${duty}`, at: '7:1', says: 'n' },
  N021: { text: norm(duty, '参数 limit = 3 秒\n'), at: '3:1', says: 'limit' },
  N022: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 max_hlod 内\n', '参数 max_hold = 3 秒\n'), at: '7:21', says: 'max_hold' },
  N023: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 w1 内\n', '参数 w1 = 待定\n'), at: '7:21', says: '待定' },
  N024: { text: norm('  当 坐席 接听\n  应 坐席 说 所记 号码 于 5 秒 内\n'), at: '6:10', says: '号码' },
  N025: { text: norm('  当 坐席 接听\n  应 当时 方案码 已填\n'), at: '6:5', says: '方案码' },
  N026: { text: norm('  当 坐席 接听\n  应 本次 方案码 已填\n'), at: '6:5', says: '渠道' },
  N027: { text: norm('  当 坐席 接听 其 方案码 为 “x”\n  应 坐席 说 greeting 于 5 秒 内\n'), at: '5:13', says: '铃数' },
  N028: { text: norm('  当 坐席 接听\n  应 坐席 说 greetin 于 5 秒 内\n'), at: '6:10', says: 'greeting' },
  N029: { text: norm('  当 坐席 说 正则 “(”\n  即违反\n'), at: '5:10', says: '正则' },
  N030: {
    text: norm('  当 「甲」\n  应 坐席 说 greeting 于 5 秒 内\n', '定义 「甲」 = 「甲」\n'),
    at: '3:10',
    says: '甲',
  },
  N031: { text: norm('  当 坐席 通话结束\n  应已 坐席 说 greeting\n'), at: '5:5', says: '通话结束' },
  N032: { text: norm('  当 坐席 接听\n  应 坐席 接听 记 工号 于 5 秒 内\n'), at: '6:5', says: '记' },
  N033: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting\n'), at: '6:5', says: '时间窗' },
  N034: { text: norm(`  若 坐席 说 greeting 于 5 秒 内\n${duty}`), at: '5:5', says: '若' },
  N035: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 期间内\n'), at: '6:19', says: '期间' },
  N036: { text: norm('  当 坐席 接听\n  应 每 5 秒 坐席 说 greeting 此前\n'), at: '6:5', says: '每' },
  N037: { text: norm('  当 坐席 接听\n  应 次数(客户 说 此前 3 句 内) 不少于 1\n'), at: '6:13', says: '时长' },
  N040: { text: norm('  当 坐席 接听 其 铃数 超过 60 秒\n  应 坐席 说 greeting 于 5 秒 内\n'), at: '5:13', says: '3 声' },
  N041: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 5 内\n'), at: '6:21', says: '10 秒' },
  N042: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 3 声 内\n'), at: '6:21', says: '振铃' },
  N043: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 0 秒 内\n'), at: '6:21', says: '空' },
  N044: { text: norm('  当 坐席 接听\n  应 至少 3 项 [坐席 说 greeting 于 5 秒 内、坐席 说 thanks 于 5 秒 内]\n'), at: '6:5', says: '3' },
  N045: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 不迟于 5 秒\n'), at: '6:19', says: '时长' },
  N046: { text: norm('  当 振铃 其 目标 为 “agnet”\n  应 坐席 接听 于 2 声 内\n'), at: '5:10', says: 'agent' },
  N047: { text: norm(`${duty}  否则 拟建 承诺 “x” 最迟 3\n`), at: '7:19', says: '时刻' },
  N050: { text: norm('  范围 个案\n  当 派单\n  应 告知结果 结束前\n'), at: '7:5', says: '承诺' },
  N051: { text: norm('  当 作出承诺 记 到期\n  应 兑现承诺 不迟于 所记 到期\n'), at: '3:1', says: '个案' },
  N060: { text: norm(duty).replace('  依据 S0-01\n', ''), at: '3:1', says: '依据' },
  N061: { text: norm(duty).replace('S0-01', 'S9-01'), at: '3:1', says: 'S9' },
  N062: { text: norm(duty).replace('S0-01', 'S0-11'), at: '3:1', says: 'S0-' },
  N063: { text: norm('  当 坐席 接听\n'), at: '3:1', says: '义务' },
  N064: { text: norm('  应 坐席 说 greeting 结束前\n'), at: '3:1', says: '触发' },
  N065: { text: norm(`${duty}  否则 拦截 “x”\n`), at: '7:3', says: '拦截' },
  N066: { text: norm('  当 坐席 接听\n  应已 坐席 说 greeting 此前\n  预警 提前 3 秒 “x”\n'), at: '7:3', says: '预警' },
  N070: { text: norm(duty), at: '1:1', says: 'thanks' },
  N071: { text: norm('  当 坐席 接听\n  应 坐席 说 greeting 于 9 小时 内\n'), at: '3:1', says: '通话' },
  N072: { text: norm(`  性质 线索\n${duty}  否则 拟建 台账 “x”\n`), at: '8:3', says: '复核' },
  N080: { files: phrases({ ...families, greeting: { zh: '问候', variants: 5 } }), at: '1:1', says: 'greeting' },
  N081: { files: phrases({ ...families, greeting: { zh: '问候', variants: ['您好{某某}'] } }), at: '1:1', says: '某某' },
  N082: { files: files(norm(duty), [{ path: 'a.txt', text: '' }]), at: '1:1', says: 'cases/' },
  N083: { text: norm(duty).replace('规范包 p 版本 1\n', ''), at: '1:1', says: '版本' },
  N084: { files: files(norm(duty), [{ path: 'messages.en.yaml', text: '', data: { m: { title: 'x' } } }]), at: '1:1', says: 'm' },
  N085: { files: files(norm(duty), [{ path: 'messages.en.yaml', text: '', data: { n: { messages: ['x'] } } }]), at: '1:1', says: 'n' },
  N090: { text: norm(duty, '基于 「通侧」 版本 2\n'), at: '3:1', says: '是不是“通则”' },
  N091: { text: norm(duty, '基于 「坏包」 版本 1\n'), at: '3:1', says: '坏包' },
  N092: { text: norm(duty, '基于 「环包」 版本 1\n'), at: '3:1', says: '环包' },
  N093: { text: norm(duty, '基于 「通则」 版本 1\n'), at: '3:1', says: '版本 2' },
  N094: { files: adopting('采用 「通则」 greet 依据 S0-01\n', ''), at: '3:1', says: '基于 「通则」' },
  N095: { files: adopting('采用 「通则」 great 依据 S0-01\n'), at: '4:1', says: '是不是“greet”' },
  N096: { files: adopting('采用 「通则」 greet 依据 S0-01 其中 w2 = 3 声\n'), at: '4:27', says: 'w1' },
  N097: { files: adopting('定义 「接起」 = 振铃\n采用 「通则」 greet 依据 S0-01\n'), at: '4:1', says: '其中' },
  N098: { files: adopting('采用 「通则」 greet 依据 S0-01 其中 w1 = 0 秒\n'), at: '4:1', says: '空' },
  N099: { files: adopting('采用 「通则」 rung 依据 S0-01 其中 w2 = 15 秒\n'), at: '4:31', says: '声数' },
};

describe('every code has an input that shows it', () => {
  it.each(codes)('%s: code, place, sentence and remedy in both tongues', (code) => {
    const { text, files: all, at, says } = inputs[code];
    const problems = problemsOf(all ?? files(text ?? ''));
    const problem = problems.find((one) => one.code === code);
    expect(problems.map((one) => one.code)).toContain(code);
    expect(`${problem?.line}:${problem?.column}`).toBe(at);
    expect(`${problem?.message.zh} ${problem?.suggestion?.zh ?? ''}`).toContain(says);
    for (const sentence of [problem?.message, problem?.suggestion ?? problem?.message]) {
      expect(sentence?.zh).toMatch(/\p{Script=Han}/u);
      expect(sentence?.en).toMatch(/[a-z]/);
      expect(`${sentence?.zh}${sentence?.en}`).not.toMatch(/\{\w+\}/);
    }
  });
});

describe('a pack without mistakes', () => {
  const text = `${head}规范 n\n  依据 S0-01\n  当 坐席 接听\n  应 坐席 说 任一 [greeting、thanks] 于 5 秒 内\n规范 m\n  依据 S0-02\n  当 坐席 说 callback_promise 记 时限\n  应 作出承诺 于 所记 时限 内\n`;

  it('has no problems, and its norms are resolved', () => {
    const result = loadPack(files(text), { lexicon, clauses, hash: 'h' });
    expect(result).toMatchObject({ ok: true, pack: { name: 'p', version: 1, hash: 'h', warnings: [] } });
    const [n, m] = result.ok ? result.pack.norms : [];
    expect(n).toMatchObject({
      id: 'n',
      sources: ['speech.agent', 'telephony'],
      triggerSources: ['telephony'],
      horizon: { past: 0, future: 5000 },
    });
    expect(m).toMatchObject({ variables: { limit: 'duration' }, horizon: { past: 0, future: 30 * 86_400_000 } });
  });

  it('reports several mistakes of one file, each at its place', () => {
    const broken = text.replace('接听', '接庭').replace('greeting', 'greetin').replace('作出承诺', '作出成诺');
    const codesAt = problemsOf(files(broken)).map((problem) => `${problem.code} ${problem.line}`);
    expect(codesAt).toEqual(expect.arrayContaining(['N001 5', 'N028 6', 'N001 10']));
  });

  it('is refused as a whole when one norm is wrong', () => {
    expect(loadPack(files(text.replace('S0-02', 'S0-99')), { lexicon, clauses, hash: 'h' }).ok).toBe(false);
  });
});
