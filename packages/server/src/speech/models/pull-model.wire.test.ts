import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Terminal } from '../../cli/command.ts';
import { modelCommands } from '../../cli/model-commands.ts';
import { runCli } from '../../cli/run-cli.ts';

const archive = readFileSync(fileURLToPath(new URL('../sherpa/fixtures/tiny-zipformer-ctc.tar.bz2', import.meta.url)));
const sha256 = createHash('sha256').update(archive).digest('hex');
const name = 'tiny-zipformer-ctc';

let folder: string;
let server: Server;
let mirror: string;
let files: Record<string, Buffer | string>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-models-'));
  files = { [`/m/${name}.tar.bz2`]: archive, '/m/checksum.txt': `other.tar.bz2 ${'0'.repeat(64)}\n${name}.tar.bz2 ${sha256}\n` };
  server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/m/`;
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    note: (line) => void err.push(line),
    readAll: async () => '',
    askSecret: async () => undefined,
  };
  const code = await runCli([...args, '--data', folder], modelCommands(), terminal);
  return { code, out, err: err.join('\n') };
}

const models = () => (existsSync(path.join(folder, 'models')) ? readdirSync(path.join(folder, 'models')) : []);

test('a model is downloaded, held against its checksum, unpacked and listed', async () => {
  const { code, out } = await run('models', 'pull', name, '--mirror', mirror);
  expect([code, out[0]]).toEqual([0, `${path.join(folder, 'models', name)} (0 MB, SHA-256 ${sha256})`]);
  expect(models()).toEqual([name]);
  expect(readdirSync(path.join(folder, 'models', name)).sort()).toEqual(['model.onnx', 'tokens.txt']);
  expect((await run('models', 'list')).out[0]).toBe(`here  ${name}`);
  expect((await run('models', 'pull', name, '--mirror', mirror)).err).toMatch(/is there already/);
});

test.each([
  [
    'another file under that name',
    () => (files[`/m/${name}.tar.bz2`] = Buffer.concat([archive, Buffer.from('x')])),
    /expected SHA-256 .*, found/,
  ],
  ['a list that does not name it', () => (files['/m/checksum.txt'] = 'nothing'), /does not name .*--sha256/],
  ['no list', () => delete files['/m/checksum.txt'], /answered 404.*--sha256/],
  ['no file', () => delete files[`/m/${name}.tar.bz2`], /the server answered 404/],
])('%s is refused, and nothing is left', async (_, spoil, says) => {
  spoil();
  const { code, err } = await run('models', 'pull', name, '--mirror', mirror);
  expect(code).not.toBe(0);
  expect(err).toMatch(says);
  expect(models()).toEqual([]);
});

test('a checksum that is given counts, whatever the mirror says', async () => {
  delete files['/m/checksum.txt'];
  expect((await run('models', 'pull', name, '--mirror', mirror, '--sha256', 'f'.repeat(64))).err).toMatch(/expected SHA-256 f+, found/);
  expect((await run('models', 'pull', name, '--mirror', mirror, '--sha256', sha256.toUpperCase())).code).toBe(0);
});

test('a name that leaves the folder is refused', async () => {
  expect((await run('models', 'pull', '../evil', '--mirror', mirror)).err).toMatch(/expected the name of a model/);
  expect(models()).toEqual([]);
});
