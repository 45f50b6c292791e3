import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { lacks, toolPath } from '@threerings/testkit/tools';
import { afterAll, expect, test } from 'vitest';
import { feedEnd, readFeed } from './commit-feed.ts';
import { openDatabase } from './database.ts';
import { eraseSubject } from './erasure.ts';
import { EventStore } from './event-store.ts';
import { findInteraction, projectInteractions } from './interaction-rows.ts';
import { migrate } from './migrate.ts';
import { sealChanges } from './seals.ts';
import { claimTimers, setTimer } from './timers.ts';
import { Vault } from './vault.ts';
import { verifyDatabase } from './verify.ts';

const folder = fs.mkdtempSync('/tmp/tr-ext-');
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** initdb wants a user with a name who is not root. */
const asNobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--pdeathsig=INT', '--'] : [];

/** The oldest server that DATABASE_URL may name, from the system's packages (postgresql-15). */
async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const binaries = path.dirname(toolPath('postgres15'));
  const cluster = path.join(folder, 'cluster');
  if (asNobody.length > 0) fs.chownSync(folder, 65_534, 65_534);
  const run = (program: string, ...args: string[]) => [...asNobody, `${binaries}/${program}`, ...args];
  const [initdb = '', ...initArgs] = run(
    'initdb',
    '-D',
    cluster,
    '-U',
    'hotline',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  );
  const made = spawnSync(initdb, initArgs, { encoding: 'utf8', cwd: '/' });
  expect(made.stderr).toBe('');
  const [postgres = '', ...args] = run('postgres', '-D', cluster, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off');
  const server = spawn(postgres, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
  const ended = once(server, 'exit');
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('ready to accept connections')) resolve();
    });
    void ended.then(() => reject(new Error(said)));
  });
  return {
    url: `postgres://hotline@${encodeURIComponent(folder)}/postgres`,
    async stop() {
      server.kill('SIGINT');
      await ended;
    },
  };
}

test.skipIf(lacks('postgres15'))('the store works on PostgreSQL 15 as named by DATABASE_URL (needs postgresql-15)', async () => {
  const server = await startServer();
  const db = openDatabase(server.url);
  try {
    expect((await migrate(server.url)).length).toBeGreaterThan(0);
    const vault = new Vault(Buffer.alloc(32));
    const store = new EventStore({ db, vault, now: () => 5_000, projectors: [projectInteractions] });
    const start = await feedEnd(db);
    const offered = {
      type: 'call.offered',
      by: 'customer',
      occurredAt: 1_000,
      fields: { direction: 'in', channel: 'phone', called: '12333' },
      personal: { number: { subject: 'customer-1', value: '13800001111' } },
    };
    const answer = await store.append({
      stream: 'interaction-c1',
      interaction: 'c1',
      events: [offered],
      within: (tx) => setTimer(tx, { key: 't', kind: 'test', dueAt: 10, payload: {} }),
    });
    expect(answer).toMatchObject({ n: 1 });
    expect((await readFeed(db, start)).events).toEqual(await store.load('interaction-c1'));
    expect((await findInteraction(db, 'c1'))?.row).toMatchObject({ startedAt: 1_000, channel: 'phone' });
    expect(await claimTimers(db, ['test'], 20, 1_000, 5)).toHaveLength(1);
    await sealChanges(db, 6_000);
    expect(await eraseSubject(store, vault, { subject: 'customer-1', basis: 'asked', by: 'leader', at: 5_000 })).toBe(1);
    expect(await verifyDatabase(db)).toMatchObject({ sound: true, streams: 2, events: 2, seals: 1 });
  } finally {
    await db.destroy();
    await server.stop();
  }
});
