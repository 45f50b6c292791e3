import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand, root } from './install.mjs';

/** The newer Node comes from npm like everything else; kept in .cache. */
export function node24() {
  const folder = path.join(root, '.cache/node24');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = path.join(folder, 'node_modules', name, 'bin/node');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
    const [program, ...args] = npmCommand();
    const flags = ['install', `${name}@24`, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const result = spawnSync(program, [...args, ...flags], { cwd: folder, encoding: 'utf8' });
    if (result.status !== 0 || !fs.existsSync(file))
      return { problem: `npm install ${name}@24: ${(result.stderr ?? '').trim().split('\n').at(-1)}` };
  }
  return { file };
}
