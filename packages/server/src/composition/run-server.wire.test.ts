import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildProduct } from '@threerings/testkit/product/command';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../../..');
const folders: string[] = [];
const running = new Set<ChildProcess>();
beforeAll(buildProduct, 120_000);
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  // Short and open to the database user: the path of a Unix socket is limited.
  const folder = fs.mkdtempSync('/tmp/tr-run-');
  fs.chmodSync(folder, 0o755);
  folders.push(folder);
  return path.join(folder, 'data');
}

function threerings(args: readonly string[], input = '') {
  // One process, as `npm start` is: what is killed here is the server itself.
  const child = spawn(process.execPath, ['scripts/threerings.mjs', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: os.tmpdir(), TMPDIR: os.tmpdir() },
  });
  running.add(child);
  child.stdin.end(input);
  const out: string[] = [];
  const err: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => out.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => err.push(line));
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    return { code: code as number | null, out, err };
  });
  /** the first line on standard output, or what the process said when it ended without one */
  const ready = Promise.race([once(child.stdout, 'data').then(() => out.join('\n')), ended.then(() => err.join('\n'))]);
  return { child, ended, ready };
}

async function startDemo(data: string, ...args: string[]) {
  const server = threerings(['start-demo', '--data', data, '--port', '0', '--sip-port', '0', ...args]);
  const [, base] = /ready at (http:\/\/\S+)/.exec(await server.ready) ?? [];
  if (base === undefined) throw new Error(`not ready: ${(await server.ended).err.join('\n')}`);
  return { ...server, base };
}

const signIn = (base: string, login: string, password: string) =>
  fetch(`${base}/api/session`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });

function databaseProcess(data: string): number {
  return Number(fs.readFileSync(path.join(data, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

async function untilGone(pid: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
  }
  throw new Error(`process ${pid} is still there after 20 s`);
}

test('the demo starts, lets its accounts in, stops cleanly on a signal, and keeps its data', async () => {
  const data = newFolder();
  const first = await startDemo(data);
  const accounts = (await (await fetch(`${first.base}/api/demo-accounts`)).json()) as {
    login: string;
    password: string;
    roles: string[];
  }[];
  expect(accounts.length).toBeGreaterThanOrEqual(6);
  for (const { login, password, roles } of accounts) {
    const answer = await signIn(first.base, login, password);
    expect([login, answer.status]).toEqual([login, 200]);
    expect(await answer.json()).toMatchObject({ agent: login, roles, demo: true, hotline: { number: '12333' } });
  }
  const database = databaseProcess(data);

  const beside = threerings(['admin', 'create', '--data', data, '--login', 'chief'], 'a quiet afternoon\n');
  expect(await beside.ended).toMatchObject({ code: 0, out: [expect.stringContaining('chief')] });
  expect((await signIn(first.base, 'chief', 'a quiet afternoon')).status).toBe(200);

  const second = threerings(['start-demo', '--data', newFolder(), '--port', new URL(first.base).port]);
  const refused = await second.ended;
  expect(refused).toMatchObject({
    code: 3,
    out: [],
    err: [expect.stringMatching(/^threerings start-demo: --port: \d+ is in use by a running ThreeRings/)],
  });
  const sameData = await threerings(['start-demo', '--data', data, '--port', '0']).ended;
  expect(sameData).toMatchObject({ code: 3, err: [expect.stringContaining(data)] });
  expect((await fetch(`${first.base}/api/health`)).status).toBe(200);

  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0, err: ['stopping: SIGTERM'] });
  await untilGone(database);

  const again = await startDemo(data);
  expect((await signIn(again.base, 'chief', 'a quiet afternoon')).status).toBe(200);
  again.child.kill('SIGHUP');
  expect(await again.ended).toMatchObject({ code: 0 });
}, 120_000);

test.each([
  [['start-demo', '--host', '0.0.0.0'], 3, /--host: expected a loopback address in demo mode/],
  [['serve', '--tls-cert', 'only.pem'], 2, /--tls-key: expected beside --tls-cert/],
  [['admin', 'create', '--login', 'x y', '--data', '/nonexistent/never'], 2, /--(agent|login): expected/],
  [['verify', path.join(root, 'package.json')], 2, /package\.json: .*expected an exported threerings-seal-1/],
])('%j is refused in one line that names the option', async (args, code, line) => {
  const ended = await threerings(args, 'a quiet afternoon\n').ended;
  expect(ended).toMatchObject({ code, out: [] });
  expect(ended.err).toEqual([expect.stringMatching(line)]);
});

test('history is verified, sealed, backed up and restored from the command line', async () => {
  const [data, other] = [newFolder(), newFolder()];
  const file = path.join(path.dirname(data), 'all.backup');
  expect(await threerings(['verify', '--data', data]).ended).toMatchObject({ code: 0, out: [expect.stringMatching(/whole$/)] });
  expect((await threerings(['seal', 'export', '--data', data]).ended).code).toBe(0);
  expect(await threerings(['backup', file, '--data', data]).ended).toMatchObject({ code: 0, out: [expect.stringContaining(file)] });
  expect(await threerings(['backup', file, '--data', data]).ended).toMatchObject({ code: 3, err: [expect.stringContaining('exists')] });
  const restored = await threerings(['restore', file, '--data', other]).ended;
  expect([restored.code, ...restored.out, ...restored.err]).toEqual([
    0,
    expect.stringMatching(/^restored/),
    expect.stringMatching(/master key/),
  ]);
  expect(await threerings(['restore', path.join(data, 'none'), '--data', other]).ended).toMatchObject({
    code: 2,
    err: [expect.stringContaining('there is no file')],
  });
}, 120_000);
