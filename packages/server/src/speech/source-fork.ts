import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Starts a module beside `from` as a child process with a channel. Without environment: the database's password and the like
 * are none of its business. From sources the child needs the loader that this process runs with; built code needs nothing.
 * @param module without ending, relative to `from`
 */
export function forkBeside(from: string, module: string, args: readonly string[], options: ForkOptions = {}): ChildProcess {
  const source = from.endsWith('.ts');
  const entry = fileURLToPath(new URL(`${module}${source ? '.ts' : '.js'}`, from));
  const loader = source ? ['-C', 'threerings-source', '--import', createRequire(from).resolve('tsx')] : [];
  return fork(entry, args, { execArgv: loader, env: {}, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], ...options });
}
