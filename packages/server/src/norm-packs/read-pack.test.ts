import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readCalendar } from './calendar-file.ts';
import { readCatalogue } from './catalogue.ts';
import { packRules } from './pack-rules.ts';
import { readPack } from './read-pack.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'threerings-pack-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(scratch, 'p-'));
});

const norm = '规范包 「p」 “试” 版本 1\n出处 S1a “某”\n规范 ring “铃响两声内接起”\n  依据 S1a-15\n  当 振铃\n  应 坐席 接听 于 2 声 内\n';
const problemsOf = async (clauses?: ReadonlySet<string>) => {
  const read = await readPack(folder, clauses);
  return read.ok ? [] : read.problems.map((line) => line.replace(folder, ''));
};

test('the shipped pack is read, and its figures reach the call controls', async () => {
  const clauses = await readCatalogue(path.join(packs, 'catalogue'));
  expect([...clauses.values()].filter(({ standard }) => !standard).length).toBe(748);
  expect(clauses.get('S1a-15')?.document).toContain('12333');
  const read = await readPack(path.join(packs, '12333'), new Set(clauses.keys()));
  if (!read.ok) throw new Error(read.problems.join('\n'));
  expect(packRules(read.pack, shippedSettings)).toMatchObject({
    ringLimit: 2,
    ringCites: ['S1a-15'],
    holdLimitMs: 60_000,
    holdCites: ['S0-06'],
    holdRepromptMs: 15_000,
    hangUpWaitMs: 5000,
    openings: { inTime: expect.stringContaining('{工号}'), late: expect.stringContaining('{工号}') },
  });
});

test('a folder that is none, or holds no norm file, is refused by its name', async () => {
  expect((await readPack('/no/such/folder', undefined)).ok).toBe(false);
  expect(await problemsOf()).toEqual([': expected a folder with *.norm files, found none']);
});

test('GB18030 is read, UTF-16 is refused, and a problem has its place', async () => {
  writeFileSync(path.join(folder, 'a.norm'), norm);
  expect(await problemsOf(new Set(['S1a-15']))).toEqual([]);
  expect((await problemsOf(new Set(['S1a-16'])))[0]).toMatch(/^\/a\.norm:3:1: N062 /);
  writeFileSync(path.join(folder, 'a.norm'), Buffer.from('fffe6100', 'hex'));
  expect(await problemsOf()).toEqual(['/a.norm:1:1: expected UTF-8 or GB18030, found UTF-16']);
});

test('GB18030 is read as what it says, and bytes that are no Chinese text are refused with their place', async () => {
  const gb18030 =
    'b9e6b7b6b0fc20a1b870a1b920a1b0cad4a1b120b0e6b1be20310ab3f6b4a62053316120a1b0c4b3a1b10ab9e6b7b62072696e6720a1b0c1e5cfecc1bdc9f9c4dabdd3c6f0a1b10a' +
    '2020d2c0bedd205331612d31350a2020b5b120d5f1c1e50a2020d3a620d7f8cfaf20bdd3ccfd20d3da203220c9f920c4da0a';
  writeFileSync(path.join(folder, 'a.norm'), Buffer.from(gb18030, 'hex'));
  const read = await readPack(folder, new Set(['S1a-15']));
  expect(read.ok && read.pack.norms.map(({ id, title }) => [id, title])).toEqual([['ring', '铃响两声内接起']]);
  writeFileSync(path.join(folder, 'a.norm'), Buffer.from('e8a784e88c830a0affff', 'hex'));
  expect(await problemsOf()).toEqual(['/a.norm:3:1: expected text in UTF-8 or GB18030, found bytes that are neither']);
  writeFileSync(path.join(folder, 'a.norm'), Buffer.from(`${norm}\0`, 'utf8'));
  expect((await problemsOf())[0]).toMatch(/^\/a\.norm:7:1: expected text in UTF-8 or GB18030, found a zero byte/);
});

test('one family in two files is told with both in mind', async () => {
  writeFileSync(path.join(folder, 'a.norm'), norm);
  for (const name of ['f', 'g']) writeFileSync(path.join(folder, `${name}.phrases.yaml`), 'greeting:\n  zh: 问候\n  variants: [您好]\n');
  expect((await problemsOf())[0]).toMatch(/^\/g\.phrases\.yaml:2:\d+: N020 .*greeting/);
});

test('broken YAML and a family that is none are told at their lines', async () => {
  writeFileSync(path.join(folder, 'a.norm'), norm);
  writeFileSync(path.join(folder, 'f.phrases.yaml'), 'greeting:\n  zh: 问候\n  variants: [您好\n');
  expect((await problemsOf())[0]).toMatch(/^\/f\.phrases\.yaml:\d+:\d+: expected YAML/);
  writeFileSync(path.join(folder, 'f.phrases.yaml'), 'greeting:\n  zh: 问候\n  variants: 5\n');
  expect((await problemsOf())[0]).toMatch(/^\/f\.phrases\.yaml:3:\d+: N080 /);
});

test('a pack of more than ten megabytes is refused', async () => {
  mkdirSync(path.join(folder, 'cases'));
  writeFileSync(path.join(folder, 'a.norm'), norm);
  writeFileSync(path.join(folder, 'cases/big.timeline'), '#'.repeat(11 * 1024 * 1024));
  expect(await problemsOf()).toEqual([': expected at most 10 MB, found more']);
});

test('the calendar knows the holidays and the make-up days of its published years', async () => {
  const { table, published } = await readCalendar(path.join(packs, 'calendar/cn.json'));
  expect(published).toEqual([2026]);
  expect([table.days['2026-10-01'], table.days['2026-10-10'], table.days['2026-10-08']]).toEqual(['holiday', 'workday', undefined]);
});
