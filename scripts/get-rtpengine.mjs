// rtpengine beside the system, for the relay bench: node scripts/get-rtpengine.mjs [FOLDER, default .cache/rtpengine]
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { canUnpack, unpackDebian } from './lib/debian.mjs';
import { root } from './lib/install.mjs';

/** Where Debian puts the libraries of the architectures that it builds rtpengine for, and those of MariaDB beside them. */
const libraryFolders = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'usr/lib'];

/** Returns {program} or {problem}. Only userspace forwarding: the kernel module is not part of it. */
export function getRtpengine(folder = path.join(root, '.cache/rtpengine')) {
  const program = path.join(folder, 'rtpengine');
  if (fs.existsSync(program)) return { program, folder };
  if (!canUnpack()) return { problem: 'not a Debian system: install rtpengine-daemon' };
  const problem = unpackDebian({ folder, packages: ['rtpengine-daemon'] });
  if (problem) return { problem };
  const inside = path.join(folder, 'root');
  const libraries = libraryFolders.map((name) => path.join(inside, name)).filter((name) => fs.existsSync(name));
  const lines = ['#!/bin/sh', `export LD_LIBRARY_PATH="${libraries.join(':')}"`, `exec "${inside}/usr/bin/rtpengine" "$@"`, ''];
  fs.writeFileSync(program, lines.join('\n'), { mode: 0o755 });
  return { program, folder };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { program, problem } = getRtpengine(process.argv[2] && path.resolve(process.argv[2]));
  console.log(program ?? `get-rtpengine: ${problem}`);
  process.exitCode = problem ? 1 : 0;
}
