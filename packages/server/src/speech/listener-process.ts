import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../clock.ts';
import type { ListenerCommand, ListenerReport } from './listener/protocol.ts';
import { forkBeside } from './source-fork.ts';

/** The process that listens to calls, as the server sees it. Its death costs what it was listening to, nothing else. */
export interface Listener {
  readonly up: boolean;
  send(command: ListenerCommand): void;
}

export interface ListenerEvents {
  report(report: ListenerReport): void;
  /** it listens, or listens again and knows of no call */
  up(): void;
  down(facts: { readonly code: number | null; readonly signal: string | null }): void;
}

const firstRestartMs = 200;
const longestRestartMs = 10_000;
/** A process that lived so long is not failing at its start. */
const stableMs = 30_000;
const stopMs = 2000;

/** Starts the listening process and starts it again with growing pauses when it dies. */
export class ListenerProcess implements Listener {
  readonly #home: string;
  readonly #clock: Clock;
  readonly #events: ListenerEvents;
  #child: ChildProcess | undefined;
  #up = false;
  #stopping = false;
  #restartMs = firstRestartMs;
  #cancelRestart: () => void = () => {};

  /** @param home whose process it is: stands in its command line for people who look at what runs */
  constructor(home: string, clock: Clock, events: ListenerEvents) {
    this.#home = home;
    this.#clock = clock;
    this.#events = events;
  }

  get up(): boolean {
    return this.#up;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    const began = this.#clock.now();
    const child = forkBeside(import.meta.url, './listener/main', [this.#home]);
    this.#child = child;
    child.on('message', (message: ListenerReport | { readonly kind: 'ready' }) => {
      if (message.kind !== 'ready') this.#events.report(message);
      else {
        this.#up = true;
        this.#events.up();
      }
    });
    child.once('error', () => {});
    child.once('exit', (code, signal) => this.#exited(began, code, signal));
  }

  send(command: ListenerCommand): void {
    // A message to a process that is just ending is lost with it; its end is told.
    if (this.#child?.connected) this.#child.send(command, () => {});
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancelRestart();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const kill = setTimeout(() => child.kill('SIGKILL'), stopMs);
      child.once('exit', () => {
        clearTimeout(kill);
        resolve();
      });
      if (child.connected) child.disconnect();
      else child.kill('SIGKILL');
    });
  }

  #exited(began: number, code: number | null, signal: string | null): void {
    this.#up = false;
    if (this.#stopping) return;
    this.#events.down({ code, signal });
    const lived = this.#clock.now() - began;
    this.#restartMs = lived > stableMs ? firstRestartMs : Math.min(this.#restartMs * 2, longestRestartMs);
    this.#cancelRestart = this.#clock.at(this.#clock.now() + this.#restartMs, () => this.start());
  }
}
