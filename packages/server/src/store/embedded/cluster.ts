import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { externalDatabase, StartRefused } from '../start-refused.ts';
import { type Home, writeCredentials } from './home.ts';
import { directoryOf, isAlive, untilGone } from './processes.ts';

/** The major version of the binaries; a cluster of another one is refused, never converted in passing. */
const majorVersion = '18';

/** Makes the cluster unless it is there. True when it was made now. */
export function ensureCluster(home: Home, binaries: string, durable: boolean): boolean {
  if (!fs.existsSync(home.cluster)) {
    initialise(home, binaries, durable);
    return true;
  }
  const versionFile = path.join(home.cluster, 'PG_VERSION');
  const version = fs.existsSync(versionFile) ? fs.readFileSync(versionFile, 'utf8').trim() : '';
  if (version === majorVersion) return false;
  if (/^\d+$/.test(version)) {
    throw new StartRefused(
      'postgres.version',
      `${home.cluster} was made by PostgreSQL ${version}, this release runs ${majorVersion}: back up with the release that made it and restore here`,
    );
  }
  throw damaged(home, 'it holds no readable PG_VERSION');
}

export function damaged(home: Home, what: string): StartRefused {
  return new StartRefused(
    'postgres.damaged',
    `the data directory ${home.cluster} is damaged (${what}): put back a copy or restore a backup; nothing was changed (log: ${home.log})`,
  );
}

/** initdb into a folder beside, then rename: a start that was killed half-way leaves nothing that looks complete. */
function initialise(home: Home, binaries: string, durable: boolean): void {
  const draft = `${home.cluster}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  const { initialiser } = home.user;
  initialiser.give(draft);
  const passwordFile = path.join(home.path, 'initial-password');
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, writeCredentials(home).superuser, { mode: 0o600, flag: 'wx' });
  initialiser.give(passwordFile);
  try {
    const command = [
      ...[path.join(binaries, 'bin/initdb'), '-D', draft, '-U', 'postgres'],
      ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--data-checksums', '--locale=C'],
      // A plain C ctype knows no letters beyond ASCII: trigrams of Chinese text come out empty.
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(process.platform === 'linux' ? ['--lc-ctype=C.UTF-8'] : [])],
      ...(durable ? [] : ['--no-sync']),
    ];
    const [program = '', ...rest] = initialiser.wrap(command);
    const made = spawnSync(program, rest, { encoding: 'utf8', cwd: '/' });
    if (made.status !== 0) {
      const why = made.error?.message ?? made.stderr.trim().split('\n').join(' ');
      const nameless = /could not look up effective user ID/.test(why)
        ? `start as a user with a line in /etc/passwd, ${externalDatabase}`
        : `check the disk and the folder, ${externalDatabase}`;
      throw new StartRefused('postgres.failed', `cannot create the database in ${home.cluster}: ${why}; ${nameless}`);
    }
    initialiser.handOver(draft);
    fs.renameSync(draft, home.cluster);
  } finally {
    fs.rmSync(passwordFile, { force: true });
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

export interface PidFile {
  readonly pid: number;
  readonly socketDirectory: string;
  readonly ready: boolean;
}

/** The first eight lines of postmaster.pid: pid, data directory, start time, port, socket folder, address, memory key, status. */
export function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), socketDirectory: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/**
 * Ends a server of this cluster whose application is dead (the caller holds the owner lock). It is normally on its way out;
 * after three seconds it is asked, after ten it is told. postmaster.pid is PostgreSQL's own lock and stays untouched.
 */
export async function stopLeftover(cluster: string): Promise<boolean> {
  const found = readPidFile(cluster);
  if (!found || !isAlive(found.pid)) return false;
  const where = directoryOf(found.pid);
  const another = where !== undefined && where !== fs.realpathSync(cluster);
  if (another) return false;
  if (await untilGone(found.pid, 3_000)) return true;
  signal(found.pid, 'SIGINT');
  if (await untilGone(found.pid, 7_000)) return true;
  signal(found.pid, 'SIGQUIT');
  if (await untilGone(found.pid, 10_000)) return true;
  throw new StartRefused('postgres.in-use', `a PostgreSQL server (process ${found.pid}) uses ${cluster} and does not stop: end it first`);
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone, or not ours: the wait that follows tells
  }
}
