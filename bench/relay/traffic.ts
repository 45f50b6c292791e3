import { type ChildProcess, fork } from 'node:child_process';
import type { FromTraffic, Ports, ToTraffic, TrafficResult } from './messages.ts';

/** The telephones of one measurement. */
export class Traffic {
  readonly #child: ChildProcess;
  readonly ports: Ports;

  private constructor(child: ChildProcess, ports: Ports) {
    this.#child = child;
    this.ports = ports;
  }

  static async open(calls: number, { listeners = 0, browsers = false } = {}): Promise<Traffic> {
    const child = fork(new URL('./traffic-process.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const opened = next(child, 'opened');
    child.send({ kind: 'open', calls, listeners, browsers } satisfies ToTraffic);
    return new Traffic(child, (await opened).ports);
  }

  /** What the browser of this call answers; one question at a time. */
  async answer(call: number, offer: string): Promise<string> {
    const answered = next(this.#child, 'answered');
    this.#child.send({ kind: 'answer', call, offer } satisfies ToTraffic);
    return (await answered).sdp;
  }

  /** Speaks to these ports; `counting` and `silent` are called when the measured time begins and ends. */
  async send(to: Ports, warmMs: number, measureMs: number, counting: () => void, silent: () => void): Promise<TrafficResult> {
    const began = next(this.#child, 'counting');
    const stopped = next(this.#child, 'silent');
    const ended = next(this.#child, 'counted');
    this.#child.send({ kind: 'send', to, warmMs, measureMs } satisfies ToTraffic);
    await began;
    counting();
    await stopped;
    silent();
    return (await ended).result;
  }

  close(): void {
    this.#child.kill('SIGKILL');
  }
}

type Of<K extends FromTraffic['kind']> = Extract<FromTraffic, { kind: K }>;

function next<K extends FromTraffic['kind']>(child: ChildProcess, kind: K): Promise<Of<K>> {
  return new Promise((resolve, reject) => {
    const heard = (message: FromTraffic) => {
      if (message.kind !== kind) return;
      child.off('message', heard);
      child.off('exit', gone);
      resolve(message as Of<K>);
    };
    const gone = (code: number | null) => reject(new Error(`the traffic process ended (${code}) before it said ${kind}`));
    child.on('message', heard);
    child.once('exit', gone);
  });
}
