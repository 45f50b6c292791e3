import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A child whose output is kept (bounded) and that is surely gone after `stop`. */
export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  /** everything printed so far, at most the last 200 kB */
  output(): string;
  /** resolves with the first match of the output; rejects when the program ends before, or after `ms` */
  prints(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  /** exit code, or the signal's name */
  readonly ended: Promise<number | string>;
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

const keep = 200_000;

export function run(program: string, args: readonly string[], options: SpawnOptions = {}): Running {
  const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'pipe'], ...options });
  let text = '';
  const watchers = new Set<() => void>();
  const take = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-keep);
    for (const look of watchers) look();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  // A program that went away closes its input: the exit code tells, not EPIPE.
  child.stdin?.on('error', () => {});
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  ended.catch(() => {});
  return {
    child,
    pid: child.pid ?? -1,
    output: () => text,
    ended,
    prints: (pattern, ms = 20_000) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          watchers.delete(look);
          clearTimeout(timer);
          settle();
        };
        const look = () => {
          const match = pattern.exec(text);
          if (match) finish(() => resolve(match));
        };
        const fail = (why: string) =>
          finish(() => reject(new Error(`${program} ${why} without printing ${pattern}; it printed:\n${text.slice(-4000)}`)));
        const timer = setTimeout(() => fail(`ran ${ms} ms`), ms);
        watchers.add(look);
        ended.then(
          (how) => fail(`ended (${how})`),
          (error) => fail(String(error)),
        );
        look();
      }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await once(child, 'close');
        clearTimeout(force);
      }
      return ended;
    },
  };
}

/** True while a process with this id exists (also as a zombie's parent sees it). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
