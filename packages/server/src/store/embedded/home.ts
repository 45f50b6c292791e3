import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { StartRefused } from '../start-refused.ts';
import { isOwnerFile } from './owner-lock.ts';
import { type PostgresUser, postgresUser } from './postgres-user.ts';

/**
 * Where the embedded server lives. Owned by whoever runs the application; the database user may walk through it.
 *
 *     cluster/           the data directory, 0700 of the database user
 *     run/               the Unix socket, 0700 of the database user
 *     credentials.json   generated passwords, 0600
 *     postgres.log       what the server says, 0600, without statements or values
 */
export interface Home {
  readonly path: string;
  readonly cluster: string;
  readonly log: string;
  readonly user: PostgresUser;
}

export interface Credentials {
  /** role `postgres`: only used to create the application's role and database */
  readonly superuser: string;
  /** role `threerings`: what the application connects as */
  readonly application: string;
}

/** Used when the data directory lies behind a closed folder, such as /root, that the database user cannot walk through. */
const elsewhere = '/var/lib/threerings';

/** The home whose cluster is there, whoever runs it. */
export function findHome(dataDirectory: string): Omit<Home, 'user'> | undefined {
  const existing = places(dataDirectory).find((home) => fs.existsSync(path.join(home, 'cluster')));
  return existing === undefined ? undefined : homeAt(existing);
}

/** Only for the owner of the data directory (owner-lock.ts): two who choose a database user at once choose different ones. */
export function openHome(real: string): Home {
  const [beside, away] = places(real);
  const existing = findHome(real)?.path;
  const owner = existing ? fs.statSync(path.join(existing, 'cluster')).uid : undefined;
  const user = postgresUser(real, owner);
  const chosen = existing ?? (canLiveIn(real, user) ? beside : away);
  if (chosen === away) makeElsewhere();
  fs.mkdirSync(chosen, { recursive: true, mode: 0o700 });
  user.admit(chosen);
  if (!user.reaches(chosen)) {
    throw new StartRefused(
      'postgres.unreachable',
      `the database user (uid ${user.dropTo}) cannot walk to ${chosen}: open the folders above it (chmod o+x) or choose another data directory`,
    );
  }
  return { ...homeAt(chosen), user };
}

/** Beside the application's own files, or away from a closed folder. */
function places(real: string): readonly [beside: string, away: string] {
  return [path.join(real, 'postgres'), path.join(elsewhere, createHash('sha256').update(real).digest('hex').slice(0, 16))];
}

function homeAt(folder: string): Omit<Home, 'user'> {
  return { path: folder, cluster: path.join(folder, 'cluster'), log: path.join(folder, 'postgres.log') };
}

/** A data directory that is new or already ours is opened for the database user; any other is left as it is. */
function canLiveIn(dataDirectory: string, user: PostgresUser): boolean {
  if (user.reaches(dataDirectory)) return true;
  const entries = fs.readdirSync(dataDirectory);
  const ours = entries.every(isOwnerFile) || entries.includes('postgres');
  if (!ours || fs.statSync(dataDirectory).uid !== 0) return false;
  if (!user.reaches(path.dirname(dataDirectory))) return false;
  user.admit(dataDirectory);
  return user.reaches(dataDirectory);
}

function makeElsewhere(): void {
  fs.mkdirSync(elsewhere, { recursive: true, mode: 0o711 });
  fs.chmodSync(elsewhere, 0o711);
}

export function writeCredentials(home: Home): Credentials {
  const made = { superuser: randomBytes(24).toString('hex'), application: randomBytes(24).toString('hex') };
  const draft = `${credentialsFile(home)}.new`;
  fs.rmSync(draft, { force: true });
  fs.writeFileSync(draft, JSON.stringify(made), { mode: 0o600, flag: 'wx' });
  fs.renameSync(draft, credentialsFile(home));
  return made;
}

export function readCredentials(home: Pick<Home, 'path'>): Credentials {
  try {
    const found: unknown = JSON.parse(fs.readFileSync(credentialsFile(home), 'utf8'));
    if (typeof found === 'object' && found !== null && 'superuser' in found && 'application' in found) {
      return { superuser: String(found.superuser), application: String(found.application) };
    }
  } catch {
    // reported below
  }
  throw new StartRefused(
    'postgres.damaged',
    `${credentialsFile(home)} is missing or unreadable: restore it from your copy of the data directory`,
  );
}

const credentialsFile = (home: Pick<Home, 'path'>) => path.join(home.path, 'credentials.json');

/** sockaddr_un holds 107 bytes on Linux, 103 on macOS. */
const longestSocketPath = 103;

/**
 * The folder of the Unix socket: 0700 of the database user, so that nobody else can even try to connect. Beside the
 * cluster where the path is short enough, else a folder in /tmp that is remembered for the next start.
 */
export function socketDirectory(home: Home): string {
  const beside = path.join(home.path, 'run');
  if (Buffer.byteLength(`${beside}/.s.PGSQL.5432`) <= longestSocketPath) {
    fs.mkdirSync(beside, { recursive: true, mode: 0o700 });
    fs.chmodSync(beside, 0o700);
    home.user.give(beside);
    return beside;
  }
  const note = path.join(home.path, 'socket-directory');
  const remembered = fs.existsSync(note) ? fs.readFileSync(note, 'utf8') : '';
  if (remembered && isPrivate(remembered, home.user)) return remembered;
  const made = fs.mkdtempSync('/tmp/threerings-');
  home.user.give(made);
  fs.writeFileSync(note, made, { mode: 0o600 });
  return made;
}

/** Still a folder of the database user that nobody else can enter, and no link: anybody may write in /tmp. */
function isPrivate(folder: string, user: PostgresUser): boolean {
  const found = fs.lstatSync(folder, { throwIfNoEntry: false });
  const owner = user.dropTo ?? process.getuid?.();
  return found?.isDirectory() === true && found.uid === owner && (found.mode & 0o077) === 0;
}
