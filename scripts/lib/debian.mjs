// Programs from the system's own package source, unpacked into a folder of ours: no root, nothing on the system changed.
// Plain Node without dependencies.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const canUnpack = () => ['apt-get', 'dpkg-deb', 'tar'].every((name) => spawnSync('which', [name]).status === 0);

/**
 * Resolves `packages` with apt, downloads what is missing and unpacks it into `${folder}/root`. Without `suite` the
 * system's sources are used and what the system has installed is left out; with `suite` (another Debian release from
 * the same mirror) the whole closure is taken, or the part of it that `keep` accepts.
 * Returns why it failed, or undefined.
 */
export function unpackDebian({ folder, packages, suite, keep = () => true }) {
  for (const name of ['apt/lists/partial', 'apt/cache/archives/partial', 'apt/none', 'debs', 'root'])
    fs.mkdirSync(path.join(folder, name), { recursive: true });
  const settings = suite ? foreignSuite(folder, suite) : [`Dir::State::status=/var/lib/dpkg/status`];
  if (typeof settings === 'string') return settings;
  const options = [
    `Dir::State=${folder}/apt`,
    `Dir::State::lists=${folder}/apt/lists`,
    `Dir::Cache=${folder}/apt/cache`,
    'APT::Install-Recommends=false',
    'Acquire::Languages=none',
    'Debug::NoLocking=true',
    ...(process.getuid?.() === 0 ? ['APT::Sandbox::User=root'] : []),
    ...settings,
  ];
  const update = apt(folder, options, ['update']);
  if (update.status !== 0) return `apt-get update: ${lastLine(update.stderr)}`;
  const plan = apt(folder, options, ['-s', 'install', ...packages]);
  if (plan.status !== 0) return `apt-get: ${lastLine(plan.stderr)}`;
  const wanted = [...plan.stdout.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]).filter(keep);
  const debs = path.join(folder, 'debs');
  const download = apt(debs, options, ['download', ...wanted]);
  if (download.status !== 0) return `apt-get download: ${lastLine(download.stderr)}`;
  const problem = fs
    .readdirSync(debs)
    .map((deb) => unpackOne(path.join(debs, deb), path.join(folder, 'root')))
    .find(Boolean);
  for (const name of ['debs', 'apt']) fs.rmSync(path.join(folder, name), { recursive: true });
  return problem;
}

/** `usr` is merged: /bin, /sbin, /lib and /lib64 are links into it. */
function unpackOne(deb, root) {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    fs.mkdirSync(path.join(root, 'usr', name), { recursive: true });
    if (!fs.existsSync(path.join(root, name))) fs.symlinkSync(`usr/${name}`, path.join(root, name));
  }
  const exclude = ['doc', 'man', 'locale'].map((name) => `--exclude=./usr/share/${name}`);
  const script = `dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink ${exclude.join(' ')} -C "$2" -f -`;
  const result = spawnSync('sh', ['-c', script, 'sh', deb, root], { encoding: 'utf8' });
  return result.status === 0 ? undefined : `${path.basename(deb)}: ${lastLine(result.stderr)}`;
}

/** Settings for another release from the mirror that this system already uses. */
function foreignSuite(folder, suite) {
  const mirror = debianMirror();
  if (!mirror) return 'no Debian mirror in the apt sources of this system';
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  fs.writeFileSync(path.join(folder, 'apt/sources.list'), `deb [signed-by=${key}] ${mirror} ${suite} main\n`);
  fs.writeFileSync(path.join(folder, 'apt/status'), '');
  return [
    `Dir::State::status=${folder}/apt/status`,
    `Dir::Etc::sourcelist=${folder}/apt/sources.list`,
    'Dir::Etc::sourceparts=-',
    `Dir::Etc::preferencesparts=${folder}/apt/none`,
    'Acquire::Check-Valid-Until=false',
  ];
}

function debianMirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [])];
  const texts = files.filter((file) => fs.existsSync(file)).map((file) => fs.readFileSync(file, 'utf8'));
  return texts.map((text) => /(?:^URIs:\s+|^deb\s+(?:\[[^\]]*\]\s+)?)(\S+\/debian\/?)(?=\s|$)/m.exec(text)?.[1]).find(Boolean);
}

function apt(cwd, options, args) {
  const settings = options.flatMap((option) => ['-o', option]);
  return spawnSync('apt-get', ['-qq', ...settings, ...args], { cwd, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
}

const lastLine = (text) => (text ?? '').trim().split('\n').at(-1) ?? '';
