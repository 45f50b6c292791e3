import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readMasterKey } from './master-key.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tr-key-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const file = (name: string) => path.join(folder, name);

test('the first start makes the key, for its owner only; later ones read it', () => {
  const made = readMasterKey(file('made'), { mayMake: true });
  expect(made).toHaveLength(32);
  expect(fs.statSync(file('made')).mode & 0o777).toBe(0o600);
  expect(readMasterKey(file('made'), { mayMake: true })).toEqual(made);
  expect(fs.readdirSync(folder)).toEqual(['made']);
});

test('a lost key is refused where data rest on it', () => {
  expect(() => readMasterKey(file('lost'), { mayMake: false })).toThrow(/master key .* is missing/);
});

test('a key that others can read, or that is damaged, is refused', () => {
  fs.writeFileSync(file('open'), 'a'.repeat(64), { mode: 0o644 });
  expect(() => readMasterKey(file('open'), { mayMake: true })).toThrow(/chmod 600/);
  fs.writeFileSync(file('cut'), 'a'.repeat(63), { mode: 0o600 });
  expect(() => readMasterKey(file('cut'), { mayMake: true })).toThrow(/expected 64 hex digits, found 63/);
});
