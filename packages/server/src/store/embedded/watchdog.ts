import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import type { Home } from './home.ts';

/**
 * Ends the server when this process ends, however it ends: the pipe of a killed process closes and `read` fails. Then the
 * server has one second for its fast shutdown and is told to go at once (SIGQUIT; the log is replayed at the next start).
 * A line on the pipe asks for an orderly stop with half a minute. The script ends with the server, so a failed start shows.
 * fd 3: background jobs lose their stdin. A signal may come before the server listens to it: so it is repeated.
 */
const script = `
exec 3<&0
"$@" 3<&- & server=$!
{
  if read -r _line <&3; then patience=60; else patience=2; fi
  while kill -0 $server; do
    if [ $patience -gt 0 ]; then kill -INT $server; patience=$((patience - 1)); else kill -QUIT $server; fi
    sleep 0.5
  done
} 2>/dev/null & reader=$!
wait $server; code=$?
kill $reader 2>/dev/null
exit $code
`;

/** After this many bytes the log is put aside once; the one before is dropped. */
const longestLog = 10 * 1024 * 1024;

export interface Watched {
  /** settles when the server has ended: `exit 1`, `SIGKILL` … */
  readonly ended: Promise<string>;
  /** orderly stop; settles when the server is gone */
  stop(): Promise<void>;
  /** what the server has written since this start, newest last, at most 64 KiB */
  said(): string;
}

/** Runs the server's command as its user, tied to this process's life. */
export function watch(home: Home, command: readonly string[]): Watched {
  rotate(home.log);
  const log = fs.openSync(home.log, 'a', 0o600);
  const from = fs.fstatSync(log).size;
  // A group of its own, or Ctrl-C in the terminal would reach the server before the application has finished with it.
  const child = spawn('sh', ['-c', script, 'threerings-postgres', ...home.user.wrap(command)], {
    stdio: ['pipe', log, log],
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  fs.closeSync(log);
  child.stdin?.on('error', () => {}); // EPIPE when the server has already gone
  const ended = endOf(child);
  return {
    ended,
    async stop() {
      child.stdin?.end('stop\n');
      await ended;
    },
    said: () => tail(home.log, from),
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
}

function rotate(log: string): void {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size > longestLog) fs.renameSync(log, `${log}.1`);
}

function tail(log: string, from: number): string {
  const file = fs.openSync(log, 'r');
  try {
    const size = fs.fstatSync(file).size;
    const length = Math.min(size - from, 64 * 1024);
    if (length <= 0) return '';
    const bytes = Buffer.alloc(length);
    fs.readSync(file, bytes, 0, length, size - length);
    return bytes.toString('utf8');
  } finally {
    fs.closeSync(file);
  }
}
