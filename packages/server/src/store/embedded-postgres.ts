import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { usableBinaries } from './embedded/binaries.ts';
import { damaged, ensureCluster, readPidFile, stopLeftover } from './embedded/cluster.ts';
import { findHome, type Home, openHome, readCredentials, socketDirectory } from './embedded/home.ts';
import { takeOwnership } from './embedded/owner-lock.ts';
import { isAlive } from './embedded/processes.ts';
import { type Watched, watch } from './embedded/watchdog.ts';
import { StartRefused } from './start-refused.ts';

export interface EmbeddedPostgresOptions {
  /** the application's data directory; the server lives in its `postgres` folder */
  readonly directory: string;
  /**
   * `own` (default): this process runs the server; refused when another living process does.
   * `share`: uses the server that another process of this installation runs, else runs one for as long as needed.
   */
  readonly mode?: 'own' | 'share';
  /** further server settings, such as `fsync=off` for tests */
  readonly settings?: readonly string[];
}

export interface EmbeddedPostgres {
  /** `postgres://threerings:…@%2Fsocket%2Ffolder/threerings`; holds the password: never log it */
  readonly url: string;
  readonly how: 'created' | 'started' | 'shared';
  /** Settles when the server ends without `stop` having been called. Never settles for a shared one. */
  readonly exited: Promise<string>;
  /** Stops the server if this process runs it; settles when it is gone. */
  stop(): Promise<void>;
}

const startTimeoutMs = 120_000;

/** Statements and values stay out of the log: they may be personal. */
const quietLog = ['log_min_error_statement=panic', 'log_error_verbosity=terse', 'log_parameter_max_length_on_error=0'];

/**
 * Starts PostgreSQL from the npm package: Unix socket only, passwords generated, never as root.
 * It ends within two seconds of this process, however this process ends.
 * @throws StartRefused with one line for the terminal
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  fs.mkdirSync(options.directory, { recursive: true });
  const directory = fs.realpathSync(options.directory);
  const lock = takeOwnership(directory);
  if ('heldBy' in lock) return joinRunning(directory, lock.heldBy, options);
  try {
    const server = await run(openHome(directory), options.settings ?? []);
    return {
      ...server,
      async stop() {
        await server.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function run(home: Home, settings: readonly string[]): Promise<EmbeddedPostgres> {
  const binaries = usableBinaries(home.user, home.path);
  const created = ensureCluster(home, binaries, !settings.includes('fsync=off'));
  const credentials = readCredentials(home);
  await stopLeftover(home.cluster);
  const socket = socketDirectory(home);
  const flags = [`unix_socket_directories=${socket}`, 'unix_socket_permissions=0700', 'listen_addresses=', 'port=5432'];
  const command = [path.join(binaries, 'bin/postgres'), '-D', home.cluster];
  const server = watch(home, [...command, ...[...flags, ...quietLog, ...settings].flatMap((setting) => ['-c', setting])]);
  try {
    await untilReady(home, server, urlOf(socket, 'postgres', credentials.superuser, 'postgres'));
    await ensureApplication(urlOf(socket, 'postgres', credentials.superuser, 'postgres'), credentials.application);
  } catch (error) {
    await server.stop();
    throw error;
  }
  let stopping = false;
  return {
    url: urlOf(socket, 'threerings', credentials.application, 'threerings'),
    how: created ? 'created' : 'started',
    exited: server.ended.then((what) => (stopping ? new Promise<string>(() => {}) : what)),
    stop() {
      stopping = true;
      return server.stop();
    },
  };
}

async function joinRunning(directory: string, holder: number, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (options.mode !== 'share') {
    throw new StartRefused(
      'postgres.in-use',
      `${options.directory} is in use by process ${holder} of ThreeRings: stop it first, or choose another data directory`,
    );
  }
  const deadline = performance.now() + startTimeoutMs;
  while (isAlive(holder) && performance.now() < deadline) {
    const home = findHome(directory);
    const running = home && readPidFile(home.cluster);
    if (home && running?.ready) {
      const url = urlOf(running.socketDirectory, 'threerings', readCredentials(home).application, 'threerings');
      if ((await ask(url)) === 'answers') return { url, how: 'shared', exited: new Promise(() => {}), stop: async () => {} };
    }
    await sleep(50);
  }
  if (!isAlive(holder)) return startPostgres(options);
  throw new StartRefused('postgres.failed', `the database that process ${holder} runs does not answer (log: ${findHome(directory)?.log})`);
}

/** The server is up, or it has said why not. Replaying a long log after a crash may take a while. */
async function untilReady(home: Home, server: Watched, url: string): Promise<void> {
  let ended: string | undefined;
  void server.ended.then((what) => {
    ended = what;
  });
  const deadline = performance.now() + startTimeoutMs;
  for (;;) {
    const answer = readPidFile(home.cluster)?.ready ? await ask(url) : 'silent';
    if (answer === 'answers') return;
    if (answer === 'refuses') throw damaged(home, 'credentials.json does not fit it');
    if (ended !== undefined) throw explain(home, server.said(), ended);
    if (performance.now() > deadline) {
      throw new StartRefused('postgres.failed', `PostgreSQL was not ready after ${startTimeoutMs / 1000} s (log: ${home.log})`);
    }
    await sleep(10);
  }
}

function explain(home: Home, said: string, ended: string): StartRefused {
  const last = said
    .split('\n')
    .filter((line) => /(FATAL|PANIC): /.test(line))
    .at(-1);
  const why = last?.replace(/^.*(FATAL|PANIC): +/, '') ?? ended;
  const busy = /lock file .* already exists|shared memory block .* still in use/.test(why);
  return busy ? new StartRefused('postgres.in-use', `PostgreSQL cannot start: ${why} (log: ${home.log})`) : damaged(home, why);
}

/** `refuses`: the password is wrong, or the role is not there yet. */
async function ask(url: string): Promise<'answers' | 'refuses' | 'silent'> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return 'answers';
  } catch (error) {
    const refuses = error instanceof Error && 'code' in error && error.code === '28P01';
    return refuses ? 'refuses' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
}

/** The application's role is no superuser, so that no statement of it can read files or run programs. */
async function ensureApplication(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = await client.query("select 1 from pg_roles where rolname = 'threerings'");
    if (role.rowCount === 0) await client.query(`create role threerings login createdb password '${password}'`);
    const database = await client.query("select 1 from pg_database where datname = 'threerings'");
    if (database.rowCount === 0) await client.query('create database threerings owner threerings');
  } finally {
    await client.end();
  }
}

function urlOf(socket: string, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@${encodeURIComponent(socket)}:5432/${database}`;
}
