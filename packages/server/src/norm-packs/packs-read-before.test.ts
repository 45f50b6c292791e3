import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import type { LoadedPack } from '@threerings/norms/pack';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { readyPacks } from './packs-read-before.ts';
import { readPack } from './read-pack.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const scratch = mkdtempSync(path.join(os.tmpdir(), 'threerings-read-before-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let folder = '';
beforeEach(() => {
  const beside = mkdtempSync(path.join(scratch, 'p-'));
  folder = path.join(beside, 'own');
  for (const [name, text] of [
    ['base', base(2)],
    ['own', own(1)],
  ] as const) {
    mkdirSync(path.join(beside, name));
    writeFileSync(path.join(beside, name, 'a.norm'), text);
  }
});

const norm = (rings: number) => `规范 ring “铃响内接起”\n  依据 S1a-15\n  当 振铃\n  应 坐席 接听 于 ${rings} 声 内\n`;
const base = (rings: number) => `规范包 「底」 “底” 版本 1\n出处 S1a “某”\n${norm(rings)}`;
const own = (version: number) => `规范包 「p」 “试” 版本 ${version}\n基于 「底」 版本 1\n出处 S1a “某”\n采用 「底」 ring\n  依据 S1a-15\n`;
const clauses = new Set(['S1a-15']);
const read = async (known = clauses): Promise<LoadedPack> => {
  const result = await readPack(folder, known);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.pack;
};

test('a pack whose files, bases and catalogue are the same is read once', async () => {
  const first = await read();
  expect(await read()).toBe(first);
  writeFileSync(path.join(folder, 'a.norm'), own(2));
  expect((await read()).version).toBe(2);
});

test('another base, another catalogue or another file is read anew', async () => {
  const first = await read();
  writeFileSync(path.join(folder, '../base/a.norm'), base(3));
  const onAnother = await read();
  expect(onAnother).not.toBe(first);
  expect(onAnother.hash).not.toBe(first.hash);
  expect((await readPack(folder, new Set(['S1a-16']))).ok).toBe(false);
  writeFileSync(path.join(folder, 'b.norm'), '规范 {');
  expect((await readPack(folder, clauses)).ok).toBe(false);
});

test('the file of ready packs holds what was read, and one base stays one', async () => {
  const result = await readPack(path.join(packs, '12333'), undefined);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  const ready: readonly (readonly [string, { readonly pack: LoadedPack }])[] = deserialize(readyPacks());
  const packOf = new Map(ready.map(([name, { pack }]) => [name, pack]));
  const copy = packOf.get('12333');
  expect(copy?.norms).toEqual(result.pack.norms);
  expect(copy?.families).toEqual(result.pack.families);
  expect(copy?.bases.find(({ name }) => name === '通则')).toBe(packOf.get('common'));
});

test('what is told of a pack that was read before is told again, with its places', async () => {
  writeFileSync(
    path.join(folder, 'a.phrases.yaml'),
    'late_apology:\n  zh: 迟接致歉\n  en: late apology\n  norms: [ring]\n  variants:\n    - 抱歉让您久等\n  examples:\n    hit: [抱歉让您久等]\n    miss: [您好]\n',
  );
  const places = async () => {
    const result = await readPack(folder, clauses);
    return result.ok ? [...result.warnings, result.placeInFamily('late_apology', 'variants', 0)] : result.problems;
  };
  const first = await places();
  expect(first.join()).toContain(`${folder}/a.phrases.yaml:6:7`);
  expect(await places()).toEqual(first);
});
