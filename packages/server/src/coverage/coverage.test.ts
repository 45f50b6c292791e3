import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { coverageCommand } from '../cli/coverage-command.ts';
import { runCli } from '../cli/run-cli.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'threerings-coverage-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function run(packsFolder: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    print: (line: string) => void out.push(line),
    note: (line: string) => void err.push(line),
    readAll: async () => '',
    input: () => Readable.from([]),
    askSecret: async () => undefined,
  };
  const code = await runCli(['coverage', ...args], [coverageCommand(packsFolder)], terminal, {});
  return { code, out, err };
}

interface Row {
  readonly clause: string;
  readonly kind: string;
  readonly state: string;
  readonly by: readonly string[];
  readonly kept: readonly string[];
  readonly broken: readonly string[];
  readonly waitsFor?: string;
  readonly lacks: readonly string[];
  readonly observable: boolean;
}

const ownPack = `规范包 「house」 “另一家” 版本 1
出处 S1a “某”
规范 answer-within-rings “铃响两声内接起”
  依据 S1a-15
  当 振铃 其 目标 为 “agent”
  应 坐席 接听 于 2 声 内
`;
const ownStories = `norm answer-within-rings
case good: the first ring
00:00.000 call.ringing leg=a target=agent agent=1024
00:04.000 agent call.answered leg=a agent=1024 rings=1
expect kept at 00:04.000
case bad: the third ring
00:00.000 call.ringing leg=a target=agent agent=1024
00:12.000 agent call.answered leg=a agent=1024 rings=3
expect broken at 00:10.000
`;

/** The shipped catalogue, a small pack of its own and no goldens; `change` is made to one file of the catalogue. */
function house(file = 'carriers.tsv', change: (text: string) => string = (text) => text): string {
  const root = mkdtempSync(path.join(scratch, 'h-'));
  for (const folder of ['catalogue', 'calendar', 'gbt-33358'])
    cpSync(path.join(packs, folder), path.join(root, 'packs', folder), { recursive: true });
  mkdirSync(path.join(root, 'packs/house/cases'), { recursive: true });
  writeFileSync(path.join(root, 'packs/house/house.norm'), ownPack);
  writeFileSync(path.join(root, 'packs/house/cases/opening.timeline'), ownStories);
  // without goldens no evidence of a scenario or test can be looked up
  const rules = path.join(root, 'packs/catalogue/workflow-rules.yaml');
  writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll(/^ {2}(shown|contrary):.*\n( {4}-.*\n)*/gm, ''));
  const changed = path.join(root, 'packs/catalogue', file);
  const before = readFileSync(changed, 'utf8');
  writeFileSync(changed, change(before));
  return path.join(root, 'packs/');
}

describe('the coverage of the shipped packs', () => {
  test('classifies every clause; what is proven has its evidence, and what waits names its feature', async () => {
    const { code, out } = await run(packs, '--json');
    const rows = out.slice(0, -1).map((line) => JSON.parse(line) as Row);
    expect(code).toBe(0);
    expect(new Set(rows.map(({ clause }) => clause)).size).toBe(rows.length);
    expect(rows.filter(({ clause }) => !clause.startsWith('S33358-')).length).toBe(748);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ totals: { clauses: 748 } });
    expect(rows.find(({ clause }) => clause === 'S4-01')).toMatchObject({ kind: 'rule', state: 'told', waitsFor: 'training-scenarios' });
    expect(rows.filter(({ state, kept }) => state === 'proven' && kept.length === 0)).toEqual([]);
    expect(rows.filter(({ kind, state, broken }) => kind === 'norm' && state === 'proven' && broken.length === 0)).toEqual([]);
    expect(rows.filter(({ observable, waitsFor }) => observable === (waitsFor !== undefined))).toEqual([]);
    expect(rows.filter(({ state, waitsFor }) => (state === 'waiting' || state === 'told') && waitsFor === undefined)).toEqual([]);
    expect(rows.filter(({ kind, by }) => kind === 'norm' && by.length === 0)).toEqual([]);
    expect(rows.find(({ clause }) => clause === 'S1e-19')).toMatchObject({
      kind: 'norm',
      state: 'proven',
      kept: expect.arrayContaining([expect.stringMatching(/timeline “good|scenario /)]),
      broken: expect.arrayContaining([expect.stringMatching(/timeline “bad|scenario /)]),
    });
  });
});

describe('a catalogue of another house', () => {
  test('counts nothing as done by the hotline where no scenario shows it', async () => {
    const { code, out, err } = await run(house(), '--json', '--fail-under', '100');
    const rows = out.slice(0, -1).map((line) => JSON.parse(line) as Row);
    expect(rows.filter(({ state }) => state === 'proven')).toEqual([]);
    expect(rows.find(({ clause }) => clause === 'S1a-15')).toMatchObject({ state: 'told', lacks: ['call.answered', 'call.ringing'] });
    expect(err.join()).toContain('no golden timelines');
    expect(code).toBe(0);
  });

  test('is shown for one document, and fails under a share that is not reached', async () => {
    const folder = house();
    const one = await run(folder, '--source', 'S1e');
    expect(one.out.filter((line) => line.startsWith('S')).every((line) => line.startsWith('S1e-'))).toBe(true);
    expect(one.out.at(-2)).toMatch(/^this version could show \d+ of 28 clauses; \d+ of them are proven \(\d+\.\d %\)$/);
    expect((await run(folder, '--source', 'S1g')).err.join()).toContain('repeats S1a');
    const unknown = await run(folder, '--source', 'S9');
    expect([unknown.code, unknown.err.join()]).toEqual([2, expect.stringContaining('expected one of S0, S1a')]);
    expect((await run(folder, '--fail-under', '0')).code).toBe(0);
  });

  test('an item is shown by what shows its form', async () => {
    const evidence = '  shown: [{test: packages/x.test.ts, title: scores}]\n  contrary: [{test: packages/x.test.ts, title: refuses}]\n';
    const folder = house('workflow-rules.yaml', (text) => text.replace(/^(reviewers-score-calls:\n.*\n.*\n)/m, `$1${evidence}`));
    mkdirSync(path.join(folder, '../packages'));
    writeFileSync(path.join(folder, '../packages/x.test.ts'), 'scores refuses');
    const rows = (await run(folder, '--json')).out.map((line) => JSON.parse(line) as Row);
    expect(rows.find(({ clause }) => clause === 'S1m-09')).toMatchObject({ kind: 'item', state: 'proven', by: ['tone'] });
    expect(rows.find(({ clause }) => clause === 'S1d-01')).toMatchObject({ kind: 'item', state: 'written', by: ['dress'] });
  });

  test('a story that comes out otherwise proves nothing', async () => {
    const folder = house();
    const file = path.join(folder, 'house/cases/opening.timeline');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('expect broken', 'expect kept'));
    const { out } = await run(folder, '--json');
    expect(out.map((line) => JSON.parse(line) as Row).find(({ clause }) => clause === 'S1a-15')).toMatchObject({
      state: 'written',
      broken: [],
    });
  });

  test.each([
    [
      'an unknown clause',
      'carriers.tsv',
      (text: string) => text.replace(/^S0-01\t/m, 'S0-99\t'),
      /carriers\.tsv:2:1: expected a clause of the catalogue, found "S0-99"/,
    ],
    [
      'a missing clause',
      'carriers.tsv',
      (text: string) => text.replace(/^S0-02\t.*\n/m, ''),
      /carriers\.tsv:752:1: expected a line for S0-02, found none/,
    ],
    [
      'a clause twice',
      'carriers.tsv',
      (text: string) => text.replace(/^S0-02\t/m, 'S0-01\t'),
      /carriers\.tsv:3:1: expected each clause once, found S0-01 again, first at line 2/,
    ],
    [
      'an unknown norm',
      'carriers.tsv',
      (text: string) => text.replace(/^S1a-15\tnorm\t-/m, 'S1a-15\tnorm\tno-such'),
      /carriers\.tsv:\d+:1: expected a norm that cites S1a-15, found no-such/,
    ],
    [
      'an unknown rule',
      'carriers.tsv',
      (text: string) => text.replace('acts-by-role', 'acts-by-whim'),
      /carriers\.tsv:\d+:1: expected the id of a rule, found "acts-by-whim"/,
    ],
    [
      'a text that carries nothing',
      'carriers.tsv',
      (text: string) => text.replaceAll('private-life', 'honesty'),
      /carriers\.tsv:753:1: expected a clause for the text private-life, found none/,
    ],
    [
      'an unknown feature',
      'carriers.tsv',
      (text: string) => text.replace('\tring-clock', '\tring-klok'),
      /carriers\.tsv:2:1: expected a feature of features\.tsv, found "ring-klok"/,
    ],
    [
      'a kind that is none',
      'carriers.tsv',
      (text: string) => text.replace('\tnorm\t', '\tnorms\t'),
      /carriers\.tsv:2:1: expected norm, rule, item, text, found "norms"/,
    ],
    [
      'weights that do not add up',
      'quality-form.yaml',
      (text: string) => text.replace('weight: 8', 'weight: 9'),
      /quality-form\.yaml:\d+:1: expected a proper forms\.call-review, found another \(weights of 100.*here 101\)/,
    ],
    [
      'a text without English',
      'acknowledge-texts.yaml',
      (text: string) => text.replace(/ {2}en:\n {4}title: Honesty\n[\s\S]*?(?=\n\S)/, '  en: {}'),
      /acknowledge-texts\.yaml:\d+:1: expected a proper honesty\.en\.t/,
    ],
    [
      'a rule whose scenario is not there',
      'workflow-rules.yaml',
      (text: string) => text.replace(/^(hold-clock:\n.*\n.*\n)/m, '$1  shown: [{scenario: none-such, event: hold.started}]\n'),
      /workflow-rules\.yaml:\d+:1: expected evidence for hold-clock, found no golden timeline of none-such/,
    ],
    [
      'a rule whose test is not there',
      'workflow-rules.yaml',
      (text: string) => text.replace(/^(hold-clock:\n.*\n.*\n)/m, '$1  shown: [{test: packages/none.test.ts, title: beats}]\n'),
      /expected evidence for hold-clock, found no file packages\/none\.test\.ts/,
    ],
  ])('%s is told with its line', async (_, file, change, expected) => {
    const { code, err } = await run(house(file, change));
    expect(err.join('\n')).toMatch(expected);
    expect(code).toBe(2);
  });
});
