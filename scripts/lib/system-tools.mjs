// Programs that tests need and npm does not have. Found on the system, else unpacked from the system's own package
// source into .cache/tools: no root, nothing changed outside this folder. Plain Node without dependencies.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { canUnpack, unpackDebian } from './debian.mjs';
import { root } from './install.mjs';

const folder = path.join(root, '.cache/tools');
const unpacked = path.join(folder, 'root');
export const bin = path.join(folder, 'bin');

/** What each tool is called where, and the Debian packages that carry it. */
const tools = {
  chromium: { names: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'], inside: ['usr/lib/chromium/chromium'] },
  sipp: { names: ['sipp'], packages: ['sip-tester'], inside: ['usr/bin/sipp'] },
  baresip: { names: ['baresip'], packages: ['baresip-core'], inside: ['usr/bin/baresip'] },
  fonts: { names: [], packages: ['fonts-noto-cjk'], inside: ['usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
  postgres15: {
    names: ['/usr/lib/postgresql/15/bin/postgres'],
    packages: ['postgresql-15'],
    inside: ['usr/lib/postgresql/15/bin/postgres'],
  },
};

const onPath = (name) => {
  if (name.startsWith('/')) return fs.existsSync(name) ? name : undefined;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((entry) => path.join(entry, name)).find((file) => fs.existsSync(file));
};
const hasChineseFont = () => (spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout ?? '').trim() !== '';

function found(tool) {
  if (tool === 'fonts' && hasChineseFont()) return 'system';
  const { names, inside } = tools[tool];
  const wrapper = path.join(bin, tool);
  if (tool !== 'fonts' && fs.existsSync(wrapper)) return wrapper;
  if (tool === 'fonts' && inside.every((file) => fs.existsSync(path.join(unpacked, file)))) return path.join(unpacked, inside[0]);
  return names.map(onPath).find(Boolean);
}

function unpack(missing) {
  const problem = unpackDebian({ folder, packages: missing.flatMap((tool) => tools[tool].packages) });
  if (problem) return problem;
  fs.mkdirSync(bin, { recursive: true });
  for (const tool of missing) wrap(tool);
  return undefined;
}

/** A small program in bin/ that runs the unpacked one with the libraries and data unpacked beside it. */
function wrap(tool) {
  const file = path.join(unpacked, tools[tool].inside[0]);
  if (tool === 'fonts' || !fs.existsSync(file)) return;
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'lib/x86_64-linux-gnu', 'usr/lib', 'usr/lib/chromium']
    .map((name) => path.join(unpacked, name))
    .filter((name) => fs.existsSync(name));
  const lines = ['#!/bin/sh', `export LD_LIBRARY_PATH="${libraries.join(':')}"`, `exec "${file}" "$@"`, ''];
  fs.writeFileSync(path.join(bin, tool), lines.join('\n'), { mode: 0o755 });
}

/** Fonts that are not the system's are shown to programs by a fontconfig file of our own. */
function fontEnvironment(fonts) {
  if (!fonts || fonts === 'system') return {};
  const config = path.join(folder, 'fonts.conf');
  fs.writeFileSync(
    config,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir><dir>${unpacked}/usr/share/fonts</dir><cachedir>${folder}/fontcache</cachedir></fontconfig>\n`,
  );
  return { FONTCONFIG_FILE: config };
}

/**
 * Returns the environment that tells tests where the tools are (THREERINGS_TOOL_<NAME>), and why each missing one is missing.
 * @param {string[]} wanted names of `tools`
 */
export function prepareTools(wanted = Object.keys(tools)) {
  let missing = wanted.filter((tool) => !found(tool));
  let why = '';
  if (missing.length > 0) {
    why = canUnpack() ? (unpack(missing) ?? '') : 'not a Debian system';
    missing = wanted.filter((tool) => !found(tool));
  }
  const environment = {};
  for (const tool of wanted) {
    const file = found(tool);
    if (file && tool !== 'fonts') environment[`THREERINGS_TOOL_${tool.toUpperCase()}`] = file;
  }
  Object.assign(environment, fontEnvironment(wanted.includes('fonts') ? found('fonts') : undefined));
  const remedies = missing.map((tool) => `${tool} is missing (${why || 'not found'}): install ${tools[tool].packages.join(' ')}`);
  return { environment, missing: remedies };
}
