import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { externalDatabase, StartRefused } from '../start-refused.ts';

/**
 * As whom PostgreSQL runs. It refuses root, and a user namespace would keep the kernel's uid 0 (a server-side
 * `COPY … TO PROGRAM` then reads root's files), so root really drops to a uid that nobody else uses.
 */
export interface PostgresUser {
  /** absent: this process is not root and the server runs as the same user */
  readonly dropTo?: number | undefined;
  /** puts the words before a command that make it run as this user; ends it when its parent ends, where the system can */
  wrap(command: readonly string[]): readonly string[];
  /** gives a file or an empty folder to the user */
  give(path: string): void;
  /** how initdb runs: it insists on a uid that has a name */
  readonly initialiser: Initialiser;
  /** lets the user, and nobody else but root, walk through a folder of root's; any other folder stays as it is */
  admit(folder: string): void;
  /** whether the user can walk through the folder */
  reaches(folder: string): boolean;
}

export interface Initialiser {
  wrap(command: readonly string[]): readonly string[];
  give(path: string): void;
  /** hands everything in the folder over to the database user */
  handOver(folder: string): void;
}

/** Below the ranges of systemd (61184–65519) and above those of people and packages. */
const firstUid = 52_000;
const uidCount = 8_000;

/**
 * @param clusterOwner owner of an existing cluster; it stays the owner
 * @param seed different seeds get different uids, so two installations on one machine cannot signal or read each other
 */
export function postgresUser(seed: string, clusterOwner: number | undefined): PostgresUser {
  const self = process.getuid?.() ?? 0;
  if (self !== 0) return asMyself(self, clusterOwner);
  const uid = clusterOwner && clusterOwner !== 0 ? clusterOwner : unusedUid(seed);
  const drop = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--inh-caps=-all', '--pdeathsig=INT', '--'];
  if (!succeeds([...drop, 'true'])) {
    throw new StartRefused(
      'postgres.root',
      `PostgreSQL does not run as root and setpriv (util-linux) cannot drop to uid ${uid} here: start as an ordinary user, ${externalDatabase}`,
    );
  }
  return {
    dropTo: uid,
    wrap: (command) => [...drop, ...command],
    give: (path) => fs.chownSync(path, uid, uid),
    admit(folder) {
      if (fs.statSync(folder).uid !== 0) return;
      fs.chownSync(folder, 0, uid);
      fs.chmodSync(folder, 0o710);
    },
    reaches: (folder) => succeeds([...drop, 'sh', '-c', 'test -x "$1"', 'sh', folder]),
    initialiser: namedInitialiser(uid),
  };
}

/**
 * initdb looks its uid up in /etc/passwd, where ours has no line and gets none. So it runs as `nobody`, but in the group of
 * the database user: other processes of nobody cannot walk into the folder (its group is ours), nor look into initdb
 * (ptrace wants the same group). It opens no socket.
 */
function namedInitialiser(uid: number): Initialiser {
  const nobody = 65_534;
  const drop = ['setpriv', `--reuid=${nobody}`, `--regid=${uid}`, '--clear-groups', '--inh-caps=-all', '--pdeathsig=INT', '--'];
  return {
    wrap: (command) => [...drop, ...command],
    give: (path) => fs.chownSync(path, nobody, uid),
    handOver(folder) {
      const entries = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
      for (const entry of entries) fs.lchownSync(path.join(folder, entry), uid, uid);
      fs.chownSync(folder, uid, uid);
    },
  };
}

function asMyself(self: number, clusterOwner: number | undefined): PostgresUser {
  if (clusterOwner !== undefined && clusterOwner !== self) {
    throw new StartRefused(
      'postgres.owner',
      `the database files belong to uid ${clusterOwner}, this process is uid ${self}: start as the user who made them, or choose another data directory`,
    );
  }
  const tie = ['setpriv', '--pdeathsig=INT', '--'];
  const canTie = succeeds([...tie, 'true']);
  return {
    wrap: (command) => (canTie ? [...tie, ...command] : command),
    give: () => {},
    admit: (folder) => fs.chmodSync(folder, 0o700),
    reaches: () => true,
    initialiser: { wrap: (command) => command, give: () => {}, handOver: () => {} },
  };
}

function unusedUid(seed: string): number {
  const taken = takenIds();
  const offset = createHash('sha256').update(seed).digest().readUInt32BE(0) % uidCount;
  for (let step = 0; step < uidCount; step += 1) {
    const uid = firstUid + ((offset + step) % uidCount);
    if (!taken.has(uid)) return uid;
  }
  throw new StartRefused('postgres.root', `no unused uid between ${firstUid} and ${firstUid + uidCount}: start as an ordinary user`);
}

/** Numbers of users, groups and running processes. */
function takenIds(): Set<number> {
  const taken = new Set<number>();
  for (const file of ['/etc/passwd', '/etc/group']) {
    if (!fs.existsSync(file)) continue;
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) taken.add(Number(line.split(':')[2]));
  }
  const processes = fs.existsSync('/proc') ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of processes) {
    const found = fs.statSync(`/proc/${pid}`, { throwIfNoEntry: false });
    if (found) taken.add(found.uid);
  }
  return taken;
}

function succeeds(command: readonly string[]): boolean {
  const [program = '', ...rest] = command;
  return spawnSync(program, rest, { stdio: 'ignore' }).status === 0;
}
