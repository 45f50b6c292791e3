import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { readPidFile } from './embedded/cluster.ts';
import { isAlive, untilGone } from './embedded/processes.ts';
import { startPostgres } from './embedded-postgres.ts';
import { readMasterKey } from './master-key.ts';
import { Vault } from './vault.ts';
import { verifyDatabase } from './verify.ts';

/** Three by default; `npm run test:long` asks for more. */
const rounds = Number(process.env['THREERINGS_RUNS'] ?? 3);
const script = fileURLToPath(new URL('./fixtures/write-until-killed.ts', import.meta.url));
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const directory = fs.mkdtempSync('/tmp/tr-kill-');
const cluster = path.join(directory, 'postgres/cluster');
let running: number | undefined;

afterEach(() => {
  if (running !== undefined && isAlive(running)) process.kill(running, 'SIGKILL');
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

/** Runs the writers, kills them `afterMs` after the first acknowledgement, and returns every id that they had told. */
async function writeAndKill(round: number, afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, ['-C', 'threerings-source', '--import', 'tsx', script, directory, String(round)], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child.pid;
  let [told, errors] = ['', ''];
  const acknowledged = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      told += chunk;
      if (told.split('\n').length > 2) resolve();
    });
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const closed = once(child, 'close');
  await Promise.race([acknowledged, closed]);
  expect(errors).toBe('');
  await sleep(afterMs);
  const postgres = readPidFile(cluster)?.pid ?? 0;
  expect(isAlive(postgres)).toBe(true);
  child.kill('SIGKILL');
  await closed;
  expect(await untilGone(postgres, 2_000), 'PostgreSQL outlived the application by two seconds').toBe(true);
  // The last line may have been cut by the kill: what was not told whole was not acknowledged.
  return told
    .split('\n')
    .slice(1, -1)
    .flatMap((line) => line.split(' '));
}

async function standing(ids: readonly string[]) {
  const server = await startPostgres({ directory });
  const db = openDatabase(server.url);
  try {
    const rows = await db.selectFrom('events').select(['id', 'fields']).execute();
    const found = new Set(rows.map((row) => row.id));
    const vault = new Vault(readMasterKey(path.join(directory, 'master.key'), { mayMake: false }));
    const references = JSON.stringify(rows.map((row) => row.fields)).match(/vault:[\w.-]+/g) ?? [];
    const values = await vault.read(db, references);
    return {
      lost: ids.filter((id) => !found.has(id)),
      unreadable: references.filter((ref) => !values.has(ref)),
      verified: await verifyDatabase(db),
    };
  } finally {
    await db.destroy();
    await server.stop();
  }
}

test(
  `${rounds} times killed while it writes: nothing acknowledged is lost, nothing half-written stands, nothing keeps running`,
  async () => {
    const acknowledged: string[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const told = await writeAndKill(round, 100 + Math.random() * 900);
      expect(told.length).toBeGreaterThan(0);
      acknowledged.push(...told);
      const { lost, unreadable, verified } = await standing(acknowledged);
      expect({ lost, unreadable, damages: verified.damages, sealFaults: verified.sealFaults }).toEqual({
        lost: [],
        unreadable: [],
        damages: [],
        sealFaults: [],
      });
      expect(verified.events).toBeGreaterThanOrEqual(acknowledged.length);
    }
  },
  30_000 + rounds * 15_000,
);
