import path from 'node:path';
import { type Running, run } from '../processes.ts';

export const repository = path.resolve(import.meta.dirname, '../../../..');

/** Longest run of a command that is expected to end. */
const commandMs = 60_000;

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** runs it as this user and group id; only root can */
  readonly as?: number;
  readonly input?: string;
}

export interface Printed {
  /** exit code, or the signal's name */
  readonly ended: number | string;
  /** lines on both outputs, in order */
  readonly lines: readonly string[];
}

/** The command line of the built product, in a process of its own. */
export function startCommand(args: readonly string[], { env = {}, as, input }: CommandOptions = {}): Running {
  const command = [process.execPath, 'scripts/threerings.mjs', ...args];
  const wrapped = as === undefined ? command : ['setpriv', `--reuid=${as}`, `--regid=${as}`, '--clear-groups', '--', ...command];
  const [program = '', ...rest] = wrapped;
  const started = run(program, rest, { cwd: repository, env: { ...process.env, ...env } });
  if (input !== undefined) started.child.stdin?.end(input);
  return started;
}

/** Builds what the product is made of, for a user who may not write here afterwards. */
export async function buildProduct(): Promise<void> {
  const program = "import { buildProduct } from './scripts/lib/build.mjs'; buildProduct();";
  const building = run(process.execPath, ['--input-type=module', '-e', program], { cwd: repository });
  if ((await building.ended) !== 0) throw new Error(building.output());
}

export async function threerings(args: readonly string[], options: CommandOptions = {}): Promise<Printed> {
  const running = startCommand(args, options);
  if (options.input === undefined) running.child.stdin?.end();
  // A command that serves instead of ending must not outlive the test that expected a refusal.
  const patience = setTimeout(() => running.child.kill('SIGTERM'), commandMs);
  const ended = await running.ended;
  clearTimeout(patience);
  const lines = running
    .output()
    .split('\n')
    .filter((line) => line !== '');
  return { ended, lines };
}
