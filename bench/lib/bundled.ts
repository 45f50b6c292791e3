import { spawn } from 'node:child_process';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './fetched.ts';

/**
 * Bundles a program of the benches from the sources and runs it by Node alone, as the product is compiled and run: the loader that starts a
 * bench gives every function a name when it is made, which costs an engine of closures much of its speed.
 */
export async function runBundled(entry: string, args: readonly string[]): Promise<number> {
  const file = path.join(root, '.cache/bench', `${path.basename(entry, '.ts')}.mjs`);
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('@threerings/'),
    resolve: { conditionNames: ['threerings-source', 'import', 'node', 'default'] },
    logLevel: 'warn',
  });
  await bundle.write({ file, format: 'esm' });
  await bundle.close();
  const child = spawn(process.execPath, ['--expose-gc', file, ...args], { stdio: 'inherit' });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}
