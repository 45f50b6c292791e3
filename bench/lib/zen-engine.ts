import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../.cache/zen-engine');
const version = '0.54.0';

export interface ZenDecision {
  evaluate(facts: object): Promise<{ readonly result: unknown }>;
}

interface ZenLibrary {
  readonly ZenEngine: new () => { createDecision(content: object): ZenDecision; dispose(): void };
}

/**
 * zen-engine (MIT) from npm, kept in .cache: its parts for other systems cannot all be locked, and an incomplete lockfile stops `npm ci`.
 * Refuses where npm cannot bring it.
 */
export function zenEngine(): ZenLibrary {
  const name = '@gorules/zen-engine';
  if (!fs.existsSync(path.join(folder, 'node_modules', name))) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{"private":true}\n');
    const flags = ['install', `${name}@${version}`, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const { status, stderr } = spawnSync('npm', flags, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm install ${name}@${version}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return createRequire(path.join(folder, 'package.json'))(name) as ZenLibrary;
}
