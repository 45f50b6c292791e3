import { readdirSync, readFileSync } from 'node:fs';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { judge } from './judge.ts';
import { codes } from './messages.ts';
import { type LoadedPack, loadPack, type PackFile, type PackResult } from './pack.ts';
import { compile } from './program.ts';
import { buildLexicon } from './syntax/lexicon.ts';
import { LONGEST_FILE } from './syntax/parse.ts';
import type { TraceEvent } from './trace.ts';

const lexicon = buildLexicon(vocabulary);
function filesOf(folder: string): readonly PackFile[] {
  const place = new URL(`../../../packs/${folder}/`, import.meta.url);
  const names = readdirSync(place).filter((name) => /\.(norm|yaml)$/.test(name));
  return names.map((path) => {
    const text = readFileSync(new URL(path, place), 'utf8');
    return path.endsWith('.yaml') ? { path, text, data: parseYaml(text) } : { path, text };
  });
}

/** The packs that 12333 is based on, read once. */
const bases = new Map<string, LoadedPack>();
for (const folder of ['phrases', 'common']) {
  const read = loadPack(filesOf(folder), { lexicon, bases, hash: folder });
  if (!read.ok) throw new Error(`packs/${folder} does not load`);
  bases.set(read.pack.name, read.pack);
}
const shipped = filesOf('12333');
const normFile = shipped.find(({ path }) => path === '12333.norm');
const normText = normFile?.text ?? '';
const known: ReadonlySet<string> = new Set(codes);

const load = (files: readonly PackFile[]) => loadPack(files, { lexicon, bases, hash: 'fuzz' });

/** A refusal names a known code, both sentences, and a place that lies in the file. */
function expectPlaces(result: PackResult, files: readonly PackFile[]): void {
  for (const { code, file, line, column, span, message } of result.ok ? result.pack.warnings : result.problems) {
    const text = files.find(({ path }) => path === file)?.text ?? '';
    expect([known.has(code), line >= 1, column >= 1, message.zh !== '', message.en !== '']).toEqual([true, true, true, true, true]);
    expect(span.start >= 0 && span.end >= span.start && span.end <= text.length).toBe(true);
  }
}

const calendar = { zone: [], week: [[], [], [], [], [], [], []], days: {}, night: [0, 0] as const };
const call: readonly TraceEvent[] = [
  {
    id: 'a',
    type: 'call.ringing',
    source: 'telephony',
    by: 'system',
    occurredAt: 0,
    seq: 1,
    fields: { leg: 'a', target: 'agent', agent: '1' },
  },
  {
    id: 'b',
    type: 'call.answered',
    source: 'telephony',
    by: 'agent',
    occurredAt: 4000,
    seq: 2,
    fields: { leg: 'a', agent: '1', rings: 1 },
  },
  {
    id: 'c',
    type: 'speech.said',
    source: 'speech.agent',
    by: 'agent',
    occurredAt: 5000,
    seq: 3,
    fields: { confidence: 1 },
    text: '您好，我不知道，请稍等',
  },
  { id: 'd', type: 'hold.started', source: 'telephony', by: 'agent', occurredAt: 9000, seq: 4, fields: { hold: 'h', leg: 'a' } },
  {
    id: 'e',
    type: 'call.ended',
    source: 'telephony',
    occurredAt: 90_000,
    seq: 5,
    fields: { outcome: 'normal', side: 'customer', talk: 1 },
  },
];

/** What loads can judge. */
function expectJudges(result: PackResult): void {
  if (!result.ok) return;
  const { families } = result.pack;
  const program = compile([result.pack], {
    vocabulary,
    families,
    minConfidence: 0.5,
    calendar,
    cadence: { onMs: 1000, offMs: 4000, phaseMs: 0 },
  });
  expect(Array.isArray(judge(program, call))).toBe(true);
}

const words = [...lexicon.meanings.keys()];
const piece = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    '「甲」',
    'greeting',
    'max_rings',
    'S1a-15',
    '“您好”',
    '3',
    '10 秒',
    '2 声',
    '[',
    ']',
    '(',
    ')',
    '、',
    '\n规范 n 依据 S1a-15 ',
    '\n采用 「乙」 n ',
    '{max_rings}',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);

describe('loading anything as a pack ends with a pack or with places', () => {
  it('random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const files = [{ path: 'a.norm', text: Buffer.from(bytes).toString('utf8') }];
        expectPlaces(load(files), files);
      }),
      { numRuns: 150 },
    );
  });

  it('random sentences of the language', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
        const files = [{ path: 'a.norm', text: `规范包 p 版本 1\n出处 S1a “甲”\n${parts.join(' ')}` }];
        const result = load(files);
        expectPlaces(result, files);
        expectJudges(result);
      }),
      { numRuns: 200 },
    );
  });

  it('the shipped pack with a few places overwritten, and its families with other shapes', () => {
    let loaded = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.nat(10), piece), { maxLength: 4 }),
        fc.option(fc.tuple(fc.nat(), fc.constantFrom('zh', 'variants', 'not', 'guard', 'mood', 'fuzzy', 'examples', 'x'), fc.jsonValue()), {
          nil: undefined,
        }),
        (edits, shape) => {
          const text = edits.reduce((t, [at, cut, put]) => t.slice(0, at % t.length) + put + t.slice((at % t.length) + cut), normText);
          const files = shipped.map((file): PackFile => {
            if (file === normFile) return { ...file, text };
            if (!file.path.endsWith('.phrases.yaml') || shape === undefined) return file;
            const data = structuredClone(file.data) as Record<string, Record<string, unknown>>;
            const names = Object.keys(data);
            const family = data[names[shape[0] % names.length] ?? ''];
            if (family !== undefined) family[shape[1]] = shape[2];
            return { ...file, data };
          });
          const result = load(files);
          expectPlaces(result, files);
          expectJudges(result);
          if (result.ok) loaded++;
        },
      ),
      // Untouched it must load: what is never loaded is never judged either.
      { numRuns: 60, examples: [[[], undefined]] },
    );
    expect(loaded).toBeGreaterThan(0);
  });

  it.each(['(', '[', '各项 [', '非 ', '次数(', '任一 [', '逐项 「项」 出自 [“a”]: ', '坐席 说 任一 ['])(
    'sixty thousand characters of “%s”',
    (opener) => {
      const files = [
        { path: 'a.norm', text: `规范包 p 版本 1\n规范 n 依据 S0-01 当 坐席 接听 应 ${opener.repeat(60_000 / opener.length)}` },
      ];
      const result = load(files);
      expect(result.ok).toBe(false);
      expectPlaces(result, files);
    },
  );

  it('definitions and parameters that hold one another in chains and circles', () => {
    const chain = Array.from({ length: 300 }, (_, i) => `定义 「d${i}」 = 「d${i + 1}」\n参数 p${i} = p${i + 1}`).join('\n');
    const files = [
      {
        path: 'a.norm',
        text: `规范包 p 版本 1\n出处 S0 “甲”\n${chain}\n定义 「d300」 = 「d0」\n参数 p300 = p0\n规范 n “{p0}”\n  依据 S0-01\n  当 「d0」\n  应 坐席 接听 于 p0 内`,
      },
    ];
    const result = load(files);
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toContain('N030');
    expectPlaces(result, files);
  });

  it('ten megabytes in one file, and three files as long as a file may be', () => {
    const big = '规范 '.repeat(Math.ceil((10 * 1024 * 1024) / 3));
    const one = load([{ path: 'a.norm', text: big }]);
    expect(one.ok ? [] : one.problems.map(({ code }) => code)).toContain('N004');
    const many = Array.from({ length: 3 }, (_, i) => ({ path: `${i}.norm`, text: big.slice(0, LONGEST_FILE) }));
    const result = load(many);
    expect(result.ok ? 0 : result.problems.length).toBeLessThanOrEqual(3 * 60);
    expectPlaces(result, many);
  });
});
