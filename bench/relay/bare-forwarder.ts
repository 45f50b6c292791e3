import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Ports } from './messages.ts';
import type { Relay } from './relay.ts';

/** A Node process that reads no packet and keeps no state: the part of a relay's cost that is Node's and the kernel's. */
export async function bareForwarder(ports: Ports): Promise<Relay> {
  // Compiled when it is read, as the product's processes are before: tsx stays out of the figures after the start.
  const child = fork(new URL('./forwarder-process.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const answered = once(child, 'message');
  child.send(ports);
  const [to] = (await answered) as [Ports];
  return {
    pid: child.pid ?? 0,
    to,
    close: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
