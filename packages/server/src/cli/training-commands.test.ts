import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packsFolder } from '../composition/norms-in-force.ts';
import { trainingFolder } from '../training/delivered-scripts.ts';
import type { Terminal } from './command.ts';
import { runCli } from './run-cli.ts';
import { trainingCommands } from './training-commands.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-training-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function check(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    input: () => process.stdin,
    askSecret: async () => undefined,
  };
  return { code: await runCli(['training', 'check', ...args], trainingCommands(packsFolder), terminal, {}), out, err };
}

/** A delivered script with one thing changed. */
function changed(name: string, from: string, to: string): string {
  const text = readFileSync(path.join(trainingFolder, 't5-angry-complaint.yaml'), 'utf8');
  expect(text).toContain(from);
  const file = path.join(folder, `${name}.yaml`);
  writeFileSync(file, text.replace(from, to));
  return file;
}

test('the ten delivered scripts are in order; one that cannot be meant is told with file, line and what was expected', async () => {
  const where = changed('nowhere', 'go: vents}', 'go: vents-out}');
  const family = changed('family', 'said: [apology], mood: 1, go: vents', 'said: [apologies], mood: 1, go: vents');
  const shape = changed('shape', 'version: 1', 'version: one');
  const yaml = changed('yaml', 'start: storms-in', 'start: [storms-in');
  const { code, out, err } = await check(trainingFolder, where, family, shape, yaml);
  expect(code).toBe(1);
  expect(out).toHaveLength(10);
  expect(err.filter((line) => line.startsWith(trainingFolder))).toEqual([]);
  expect(err.filter((line) => line.startsWith(where))[0]).toMatch(/:\d+:\d+: expected a state of this script, found "vents-out"$/);
  expect(err.filter((line) => line.startsWith(family))[0]).toMatch(/:\d+:\d+: expected a phrase family .* found "apologies"$/);
  expect(err.filter((line) => line.startsWith(shape))[0]).toMatch(/:3:10: expected a proper version/);
  expect(err.filter((line) => line.startsWith(yaml))[0]).toMatch(/:\d+:\d+: expected YAML/);
});

test('a file that is not there is named', async () => {
  expect(await check(path.join(folder, 'missing.yaml'))).toMatchObject({
    code: 2,
    err: [expect.stringContaining('missing.yaml: cannot be read')],
  });
});
