import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Terminal } from './command.ts';
import { knowledgeCommands } from './knowledge-commands.ts';
import { runCli } from './run-cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-knowledge-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function search(articles: string, queries: string, ...more: string[]) {
  writeFileSync(path.join(folder, 'articles.jsonl'), articles);
  writeFileSync(path.join(folder, 'queries'), queries);
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    askSecret: async () => undefined,
  };
  const files = ['--articles', path.join(folder, 'articles.jsonl'), '--queries', path.join(folder, 'queries')];
  const code = await runCli(['knowledge', 'search', ...files, ...more], knowledgeCommands(), terminal, {});
  return { code, out, err };
}

const articles = [
  { id: 'a', title: '社保卡补办', body: '带身份证' },
  { id: 7, title: '养老金', keywords: '退休' },
].map((one) => JSON.stringify(one));

describe('knowledge search', () => {
  test('answers each query with ids and scores, by its id or its line', async () => {
    const { code, out, err } = await search(
      `\uFEFF${articles.join('\r\n')}\n\n`,
      '补办社保卡\n\n{"id": "q9", "query": "tuixiu"}\n{"text": "没有"}\n',
      '--json',
    );
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const answers = out.map((line) => JSON.parse(line) as { query: string; results: { id: string; score: number }[] });
    expect(answers.map(({ query, results }) => [query, results.map(({ id }) => id)])).toEqual([
      ['1', ['a']],
      ['q9', ['7']],
      ['4', []],
    ]);
    expect(answers[0]?.results[0]?.score).toBeGreaterThan(0);
  });

  test('prints columns without --json', async () => {
    const { out } = await search(articles.join('\n'), '社保卡');
    expect(out).toEqual([expect.stringMatching(/^1\t1\ta\t\d+(\.\d+)?$/)]);
  });

  test('says where a file is not as expected', async () => {
    expect((await search(`${articles[0]}\n{"title": "x"}`, 'x')).err[0]).toMatch(/articles\.jsonl:2:1: expected a JSON object with an id/);
    expect((await search(articles.join('\n'), '{"q": 1}')).err[0]).toMatch(/queries:1:1: expected plain text, or a JSON object with query/);
    rmSync(path.join(folder, 'articles.jsonl'));
    const none = await runCli(
      ['knowledge', 'search'],
      knowledgeCommands(),
      { print: () => {}, note: () => {}, readAll: async () => '', askSecret: async () => undefined },
      {},
    );
    expect(none).toBe(2);
  });
});
