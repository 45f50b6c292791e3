import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Terminal } from './command.ts';
import { normCommands } from './norm-commands.ts';
import { runCli } from './run-cli.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const shipped = path.join(packs, '12333');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-norms-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  return { code: await runCli(args, normCommands(packs), terminal, {}), out, err };
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A copy of the shipped pack with one file changed. */
function packWith(name: string, file: string, change: (text: string) => string): string {
  const copy = path.join(folder, name);
  cpSync(shipped, copy, { recursive: true });
  const changed = path.join(copy, file);
  const before = readFileSync(changed, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(changed, after);
  return copy;
}

const said = (rows: readonly string[]) => `start_ms\tend_ms\trole\ttext\n${rows.join('\n')}\n`;
const politeCall = said(['0\t2000\tagent\t您好，我是0217号', '2500\t4000\tcustomer\t我想问社保卡']);
const rudeCall = said(['0\t2000\tagent\t您好，我是0217号', '2500\t4000\tagent\t我不知道']);
const lateCall = [
  '{"type":"call.offered","occurredAt":1000,"fields":{"direction":"in","channel":"phone","called":"12333"}}',
  '{"type":"call.ringing","occurredAt":2000,"fields":{"leg":"a","target":"agent","agent":"1024"}}',
  '{"type":"call.answered","by":"agent","occurredAt":14000,"fields":{"leg":"a","agent":"1024","rings":3}}',
  '{"type":"call.ended","occurredAt":60000,"fields":{"outcome":"normal","side":"customer","talk":46000}}',
].join('\n');

describe('pack check', () => {
  test('passes the shipped pack and says how much was tried', async () => {
    const { code, out } = await run('pack', 'check', shipped);
    expect(code).toBe(0);
    expect(out[0]).toMatch(
      /^12333 version \d+ \(based on 通则 version \d+\): \d+ norms, \d+ phrase families, [1-9]\d* cases, [1-9]\d* example sentences; .* 0 findings$/,
    );
  });

  test('shows what does not parse with its place, in the language asked for, and exits with 1', async () => {
    const broken = packWith('unparsed', '12333.norm', (text) => text.replace('于 max_rings 内', '于 max_ringz 内'));
    const zh = await run('pack', 'check', broken);
    const en = await run('pack', 'check', broken, '--language', 'en');
    expect([zh.code, en.code, zh.out]).toEqual([1, 1, []]);
    expect(zh.err[0]).toMatch(/12333\.norm:\d+:\d+: N\d+ .*max_ringz/);
    expect(en.err[0]).toMatch(/12333\.norm:\d+:\d+: N\d+ nothing is called “max_ringz”.* – .*max_rings/);
  });

  test('prints precision and recall of each norm on the labelled conversations, and fails below the gate', async () => {
    const { out } = await run('pack', 'check', shipped);
    expect(out.join('\n')).toMatch(/\d+ labelled conversations\n(.*\n)* {2}no-cold-refusal: precision [\d.]+ % \(\d+ of \d+\), recall/);
    const deaf = packWith('deaf', '12333.norm', (text) =>
      text.replace('、forbidden_pass_on、forbidden_impatience、', '、forbidden_impatience、'),
    );
    const missed = await run('pack', 'check', deaf);
    expect(missed.code).toBe(1);
    expect(missed.out.join('\n')).toMatch(/no-cold-refusal: precision 100 % \(3 of 3\), recall 75 % \(3 of 4\): below its gate/);
    expect(missed.err.join()).toMatch(/talk\.timeline:\d+:1: no-cold-refusal: expected broken broken, found broken \(/);
    const ungated = packWith('ungated', 'gate.yaml', () => 'precision: 300\n');
    expect((await run('pack', 'check', ungated)).err.join()).toMatch(
      /gate\.yaml:1:\d+: expected precision: percent from 0 to 100, found “300”/,
    );
  });

  test('finds a told timeline that comes out otherwise, and an example that is not heard', async () => {
    const otherwise = packWith('otherwise', 'cases/opening.timeline', (text) =>
      text.replace('expect kept at 00:11.200', 'expect broken at 00:12.000'),
    );
    const timeline = await run('pack', 'check', otherwise);
    expect(timeline.code).toBe(1);
    expect(timeline.err.at(-1)).toMatch(/cases\/opening\.timeline:8:1: expected broken at 00:12\.000, found kept at 00:11\.200 by 1024/);
    const unheard = packWith('unheard', 'acting.phrases.yaml', (text) => text.replace('hit: ["已经为您办好了", ', 'hit: ["喂", '));
    const example = await run('pack', 'check', unheard);
    expect([example.code, example.err.at(-1)]).toEqual([
      1,
      expect.stringMatching(/acting\.phrases\.yaml:\d+:\d+: expected a sentence in which “proxy_result” is heard, found "喂"/),
    ]);
  });
});

describe('judge', () => {
  test('prints a verdict a line as JSON, in order of instant, norm and key, with pack and explanation', async () => {
    const { code, out } = await run('judge', '--pack', shipped, '--json', write('late.jsonl', lateCall));
    const verdicts = out.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(verdicts.find(({ norm }) => norm === 'answer-within-rings')).toMatchObject({
      value: 'broken',
      at: 12_000,
      anchor: 2000,
      who: '1024',
      pack: '12333',
      packVersion: 1,
      explanation: { zh: expect.stringContaining('违反'), en: expect.stringContaining('broken') },
    });
    const order = verdicts.map(({ at, norm, key }) => `${String(at).padStart(9, '0')} ${norm} ${key}`);
    expect(order).toEqual([...order].sort());
    expect(Object.keys(verdicts[0] ?? {}).slice(0, 4)).toEqual(['file', 'norm', 'key', 'value']);
  });

  test('judges transcripts: what was said is known, what a transcript cannot tell is unknown', async () => {
    const heard = write('polite.tsv', politeCall);
    const { out } = await run('judge', '--json', '--agent', '0217', '--ringing-at', '+0', '--answered-at', '+0', heard);
    const value = (norm: string) => out.map((line) => JSON.parse(line)).find((verdict) => verdict.norm === norm)?.value;
    expect(value('opening-number')).toBe('kept');
    expect(value('answer-within-rings')).toBe('kept');
    expect(value('hold-three-parts')).toBe('unknown');
    const unrung = await run('judge', '--json', heard);
    expect(unrung.out.map((line) => JSON.parse(line)).find(({ norm }) => norm === 'answer-within-rings')?.value).toBe('unknown');
  });

  test('knows the rings of a transcript whose ringing and answer are given', async () => {
    const file = write('rings.tsv', politeCall);
    const given = ['--started-at', '2026-03-02T09:00:00', '--ringing-at', '+0', '--answered-at', '+10.001', '--agent', '0217'];
    const { out } = await run('judge', '--json', ...given, file);
    const ring = out.map((line) => JSON.parse(line)).filter(({ norm }) => norm === 'answer-within-rings');
    expect(ring[0]).toMatchObject({ value: 'broken', at: Date.UTC(2026, 2, 2, 1, 0, 10), who: '0217' });
  });

  test('exits with 1 under --strict for a broken finding, and for no hint', async () => {
    expect((await run('judge', '--strict', write('strict.jsonl', lateCall))).code).toBe(1);
    const rude = await run('judge', '--strict', write('rude.tsv', rudeCall));
    expect(rude.out.join('\n')).toMatch(/broken {3}no-cold-refusal/);
    expect(rude.code).toBe(0);
  });

  test('tells what is wrong in a file, prints nothing of it, judges the others and exits with 2', async () => {
    const inputs = path.join(folder, 'inputs');
    cpSync(path.join(shipped, 'cases'), inputs, { recursive: true });
    writeFileSync(path.join(inputs, 'bad.tsv'), said(['0\t2000\tagent\t您好', '5\t1\trobot\t喂']));
    writeFileSync(path.join(inputs, 'bad.jsonl'), `${lateCall}\n{"type":"call.vanished","occurredAt":1,"fields":{}}\n`);
    const { code, out, err } = await run('judge', '--json', inputs);
    expect(code).toBe(2);
    expect(new Set(out.map((line) => path.basename(JSON.parse(line).file)))).toEqual(
      new Set(['acting.timeline', 'chat.timeline', 'closing.timeline', 'hold.timeline', 'opening.timeline']),
    );
    expect(err.slice(0, 3)).toEqual([
      `${inputs}/bad.jsonl:5:9: expected “type”: an event of the vocabulary, found “call.vanished”`,
      `${inputs}/bad.tsv:3:3: expected end_ms: not before start_ms (5), found "1"`,
      `${inputs}/bad.tsv:3:5: expected role: agent or customer (坐席, 客户), found "robot"`,
    ]);
  });

  test('names a file that is not there and a folder that holds nothing to judge', async () => {
    const missing = await run('judge', path.join(folder, 'none.tsv'));
    expect([missing.code, missing.err[0]]).toEqual([2, `${folder}/none.tsv:1:1: expected a file or a folder, found ENOENT`]);
    expect((await run('judge', '--answered-at', 'noon', folder)).err[0]).toContain('--answered-at: expected a time such as');
  });
});

describe('judge --together', () => {
  test('judges the norms of a case over all its calls, and everything else call by call', async () => {
    const root = mkdtempSync(path.join(folder, 'case-'));
    mkdirSync(path.join(root, 'pack'));
    const text = [
      '规范包 「个案」 版本 1',
      '出处 S3 “客户服务准则”',
      '规范 callback-kept',
      '  依据 S3-31   范围 个案   责任 责任人',
      '  当 作出承诺 记 承诺号、到期',
      '  应 兑现承诺 其 承诺号 为 所记 承诺号 不迟于 所记 到期',
      '规范 answered',
      '  依据 S3-33',
      '  当 来电',
      '  应 坐席 接听 于 30 秒 内',
    ].join('\n');
    writeFileSync(path.join(root, 'pack/a.norm'), text);
    const call = (name: string, from: number, more: string) => {
      const file = path.join(root, name);
      const event = (type: string, by: string, at: number, fields: object) => JSON.stringify({ type, by, occurredAt: from + at, fields });
      const offered = event('call.offered', 'customer', 0, { direction: 'in', channel: 'phone', called: '12333' });
      writeFileSync(file, `${offered}\n${event('call.answered', 'agent', 5000, { leg: 'a', agent: '0217' })}\n${more}\n`);
      return file;
    };
    const promise = { promise: 'p', kind: 'callback' };
    const first = call(
      'one.jsonl',
      1000,
      JSON.stringify({ type: 'promise.made', by: 'agent', occurredAt: 9000, fields: { ...promise, due: 3_600_000, owner: '0217' } }),
    );
    const second = call('two.jsonl', 600_000, JSON.stringify({ type: 'promise.kept', by: 'agent', occurredAt: 620_000, fields: promise }));
    const judged = async (...args: string[]) => {
      const { out } = await run('judge', '--json', '--pack', path.join(root, 'pack'), ...args, first, second);
      return out.map((line) => JSON.parse(line)).map(({ norm, value, at }) => `${norm} ${value} ${at}`);
    };
    expect(await judged('--together')).toEqual(['answered kept 6000', 'answered kept 605000', 'callback-kept kept 620000']);
    expect(await judged()).toContain('callback-kept broken 3600000');
  });
});

describe('explain', () => {
  test('says what a norm asks in both languages, with its clauses and its text', async () => {
    const { code, out } = await run('explain', '--pack', shipped, 'answer-within-rings');
    const text = out.join('\n');
    expect(code).toBe(0);
    expect(text).toMatch(/answer-within-rings {2}铃响两声内接起/);
    expect(text).toMatch(/S1a-15 {2}《.+》 .+/);
    expect(text).toMatch(/^规范 answer-within-rings/m);
    expect(text).toMatch(/^norm answer-within-rings/m);
  });

  test('names the norm that was meant', async () => {
    const { code, err } = await run('explain', 'answer-within-ring');
    expect([code, err[0]]).toEqual([2, expect.stringContaining('did you mean answer-within-rings?')]);
  });

  test('tells how each verdict on a file came about', async () => {
    const { code, out } = await run('explain', '--timeline', write('told.jsonl', lateCall), '--norm', 'answer-within-rings');
    expect(code).toBe(0);
    expect(out.slice(2)).toEqual([
      'broken  answer-within-rings  1024',
      expect.stringMatching(/^ {2}00:01 .*到 00:11 没有做到，违反，迟 2 /),
      expect.stringMatching(/^ {2}00:01 .*By 00:11 it was not done, broken, 2 s late/),
    ]);
  });
});

describe('a pack that adopts norms of a pack beside it', () => {
  const base = [
    '规范包 「通则」 版本 1',
    '出处 S0 “电话处理规范”',
    '参数 max_rings “应答铃数” = 2 声',
    '规范 answer-within-rings “铃响{max_rings}内接起”',
    '  依据 S0-01',
    '  当 振铃',
    '  应 坐席 接听 于 max_rings 内',
  ].join('\n');
  const adopting = [
    '规范包 「甲规范」 版本 1',
    '基于 「通则」 版本 1',
    '出处 S1a “甲规范”',
    '采用 「通则」 answer-within-rings “铃响{max_rings}内接起” 依据 S1a-15',
  ].join('\n');
  const story = [
    'norm answer-within-rings',
    'case late: three rings',
    '00:00.000 call.ringing leg=a target=agent agent=1024',
    '00:14.000 agent call.answered leg=a agent=1024 rings=3',
    '00:20.000 call.ended outcome=normal side=customer talk=6000',
    'expect broken at 00:10.000',
  ].join('\n');

  function place(files: Readonly<Record<string, string>>): string {
    const root = mkdtempSync(path.join(folder, 'adopting-'));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    return root;
  }

  test('finds it by its name, tries its stories, and judges by its own figure under its own name', async () => {
    const root = place({ 'common/a.norm': base, 'common/cases/a.timeline': story, 'ours/a.norm': adopting });
    const checked = await run('pack', 'check', path.join(root, 'ours'));
    expect([checked.code, checked.err, checked.out.join()]).toEqual([
      0,
      [],
      expect.stringMatching(/^甲规范 version 1 \(based on 通则 version 1\): 1 norms, 0 phrase families, 1 cases,/),
    ]);
    writeFileSync(path.join(root, 'ours/a.norm'), `${adopting} 其中 max_rings = 3 声\n`);
    const { out } = await run('judge', '--json', '--pack', path.join(root, 'ours'), write('adopted.jsonl', lateCall));
    expect(out.map((line) => JSON.parse(line))).toMatchObject([
      { norm: 'answer-within-rings', value: 'kept', pack: '甲规范', packVersion: 1, cites: ['S1a-15'] },
    ]);
    const { out: explained } = await run('explain', '--pack', path.join(root, 'ours'), 'answer-within-rings');
    expect(explained.join('\n')).toMatch(
      /铃响3声内接起[\s\S]*采用 「通则」 answer-within-rings[\s\S]*其中 max_rings = 3 声[\s\S]*应 坐席 接听/,
    );
  });

  test('tries the stories of the base pack on other figures only when asked', async () => {
    const root = place({ 'common/a.norm': base, 'common/cases/a.timeline': story, 'ours/a.norm': `${adopting} 其中 max_rings = 3 声\n` });
    expect((await run('pack', 'check', path.join(root, 'ours'))).code).toBe(0);
    const asked = await run('pack', 'check', '--base-cases', path.join(root, 'ours'));
    expect([asked.code, asked.err.at(-1)]).toEqual([
      1,
      expect.stringMatching(/^通则\/cases\/a\.timeline:6:1: expected broken at 00:10\.000, found kept at 00:14\.000/),
    ]);
  });

  test('says where a base pack is missing, at another version, faulty or based on this one', async () => {
    const root = place({ 'common/a.norm': base, 'ours/a.norm': adopting });
    const problems = async (change: (text: string) => string, common = base) => {
      writeFileSync(path.join(root, 'common/a.norm'), common);
      writeFileSync(path.join(root, 'ours/a.norm'), change(adopting));
      const { code, err } = await run('pack', 'check', path.join(root, 'ours'), '--language', 'en');
      return [code, ...err.flatMap((text) => text.split('\n')).map((line) => line.replace(`${root}/`, ''))];
    };
    expect(await problems((text) => text.replaceAll('通则', '通侧'))).toEqual([
      1,
      expect.stringMatching(/^ours\/a\.norm:2:1: N090 .*did you mean “通则”/),
    ]);
    expect(await problems((text) => text, base.replace('版本 1', '版本 2'))).toEqual([
      1,
      expect.stringMatching(/^ours\/a\.norm:2:1: N093 the pack “通则” is at version 2, this one was written for version 1/),
    ]);
    expect(await problems((text) => text, base.replace('振铃', '振零'))).toEqual([
      1,
      expect.stringMatching(/^ours\/a\.norm:2:1: N091 /),
      expect.stringMatching(/^common\/a\.norm:6:\d+: N001 /),
      expect.anything(),
    ]);
    expect((await problems((text) => text, base.replace('出处', '基于 「甲规范」 版本 1\n出处'))).join('\n')).toMatch(
      /common\/a\.norm:2:1: N092 /,
    );
  });
});
