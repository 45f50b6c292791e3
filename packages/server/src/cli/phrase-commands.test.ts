import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Terminal } from './command.ts';
import { phraseCommands } from './phrase-commands.ts';
import { runCli } from './run-cli.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
let folder: string;
let pack: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-phrases-'));
  pack = path.join(folder, 'pack');
  mkdirSync(pack);
  writeFileSync(path.join(pack, 'p.norm'), '规范包 「试」 版本 1\n');
  const families = {
    wait: { zh: '请等', role: 'agent', variants: ['请[您](稍等|等){时限}', '稍等'], not: ['不用稍等'] },
    rude: { zh: '忌语', severity: 'major', guard: ['negation', 'question'], variants: ['不知道'] },
    yes: { zh: '应声', whole: true, variants: ['是的', '对'] },
  };
  writeFileSync(path.join(pack, 'p.phrases.yaml'), JSON.stringify(families));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(input: readonly (string | Uint8Array)[], ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from(input.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))),
    askSecret: async () => undefined,
  };
  const code = await runCli(['phrases', 'match', '--pack', pack, ...args], phraseCommands(packs), terminal, {});
  return { code, hits: out.map((line) => JSON.parse(line) as unknown), err };
}

describe('phrases match', () => {
  test('tells each hit with its line, its place in the line as written, its slots and its score', async () => {
    const { code, hits, err } = await run(['王先生，請您　稍等两分钟。\n好的\n不用稍等\n'], '--family', 'wait');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    expect(hits).toEqual([{ line: 1, family: 'wait', from: 4, to: 12, text: '請您　稍等两分钟', slots: { limit: 120_000 }, score: 1 }]);
  });

  test('leaves out what is guarded, what the other side would say, and parts of an utterance where it must be whole', async () => {
    const text = '我不是不知道\n您知不知道\n我不知道\n请您稍等\n是的，对\n是的我要投诉';
    expect((await run([text], '--role', 'customer')).hits).toMatchObject([
      { line: 3, family: 'rude' },
      { line: 5, family: 'yes', text: '是的' },
      { line: 5, family: 'yes', text: '对' },
    ]);
    expect((await run([text])).hits).toMatchObject([{ line: 3 }, { line: 4, family: 'wait' }, { line: 5 }, { line: 5 }]);
  });

  test('reads lines however they are cut into chunks, with CR LF and a byte order mark', async () => {
    const bytes = Buffer.from('\ufeff稍等\r\n好\r\n我不知道');
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    expect((await run(single, '-')).hits).toMatchObject([
      { line: 1, from: 0, to: 2 },
      { line: 3, from: 1, to: 4 },
    ]);
  });

  test('reads several files and names them', async () => {
    const files = ['a.txt', 'b.txt'].map((name) => path.join(folder, name));
    for (const file of files) writeFileSync(file, '稍等\n');
    expect((await run([], ...files)).hits).toMatchObject(files.map((file) => ({ file, line: 1 })));
  });

  test('holds one line of a long text at a time', async () => {
    const chunk = Buffer.from('稍等\n'.repeat(1000));
    let given = 0;
    const text = function* () {
      for (; given < 100; given++) yield chunk;
    };
    const out: number[] = [];
    const terminal: Terminal = {
      print: () => void out.push(given),
      note: () => undefined,
      readAll: async () => '',
      input: () => Readable.from(text(), { highWaterMark: 1 }),
      askSecret: async () => undefined,
    };
    expect(await runCli(['phrases', 'match', '--pack', pack], phraseCommands(packs), terminal, {})).toBe(0);
    expect(out.length).toBe(100_000);
    expect(out[0]).toBeLessThan(10);
  });

  test.each([
    ['an unknown family', ['--family', 'wiat'], '', 'perhaps wait, found "wiat"'],
    ['a missing file', ['/nowhere/x.txt'], '', '/nowhere/x.txt: expected a text file, found ENOENT'],
    ['bytes that are no UTF-8', [], Uint8Array.of(0xe7, 0xa8, 0x0a), 'standard input:1:1: expected text in UTF-8'],
    ['a zero byte', [], '稍等\na\0b', 'standard input:2:2: expected text in UTF-8, found a zero byte'],
    ['a line without end', [], 'x'.repeat(70_000), 'standard input:1:1: expected lines of at most 64 KiB, found 70000 bytes'],
    ['an unknown role', ['--role', 'boss'], '', 'expected one of agent, customer, anybody'],
  ])('refuses %s', async (_, args, input, message) => {
    const { code, err } = await run([input], ...args);
    expect(code).toBe(2);
    expect(err.join('\n')).toContain(message);
  });
});
