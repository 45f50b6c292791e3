import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Voice } from '../port.ts';
import { VoiceClient } from './client.ts';
import type { VoiceSettings } from './settings.ts';

/** The voice process ended; every call it had is lost. */
export interface VoiceExit {
  /** ms since the epoch */
  readonly at: number;
  readonly pid: number;
  /** null where it is not known: the process was adopted, not started by us */
  readonly code: number | null;
  readonly signal: string | null;
  /** the end of its log */
  readonly lastWords: string;
}

export interface SupervisorOptions {
  /** Holds the socket, the settings and the log; ours alone (mode 0700). */
  readonly directory: string;
  readonly settings: Omit<VoiceSettings, 'socket'>;
  readonly onExited?: (exit: VoiceExit) => void;
  /** `main.js` of this folder, where the program was bundled. */
  readonly entry?: string;
}

const START_MS = 15_000;
const ADOPTION_MS = 1000;
const FIRST_RESTART_MS = 200;
const LONGEST_RESTART_MS = 10_000;
/** A process that lived so long is not failing at its start. */
const STABLE_MS = 30_000;
const LIVENESS_MS = 200;
const STOP_MS = 5000;

/**
 * Starts the voice process, or adopts the one that an earlier life of this program left behind with its calls, and starts it
 * again with growing pauses when it dies. The process is detached: it survives kill -9 of this one for its grace time.
 */
export class VoiceSupervisor {
  readonly voice: Voice;
  private readonly options: SupervisorOptions;
  private readonly client: VoiceClient;
  private current: { readonly pid: number; readonly since: number } | undefined;
  private launched: number | undefined;
  private restartMs = FIRST_RESTART_MS;
  private liveness: NodeJS.Timeout | undefined;
  private restart: NodeJS.Timeout | undefined;
  private stopping = false;
  /** nobody answered at the socket when it was tried last */
  private unanswered = false;

  private constructor(options: SupervisorOptions) {
    this.options = options;
    this.client = new VoiceClient(socketOf(options.directory), {
      onDisconnected: () => {
        this.unanswered = true;
      },
    });
    this.voice = this.client;
    this.client.listen((event) => {
      if (event.kind === 'snapshot') this.met(event.snapshot.process.pid);
    });
  }

  /** Resolves when the process answers; rejects with its last words when it does not start. */
  static async start(options: SupervisorOptions): Promise<VoiceSupervisor> {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    const supervisor = new VoiceSupervisor(options);
    try {
      await supervisor.bringUp();
    } catch (error) {
      await supervisor.leave();
      throw error;
    }
    supervisor.watch();
    return supervisor;
  }

  get pid(): number | undefined {
    return this.current?.pid;
  }

  /** Ends the process and all its calls. */
  async stop(): Promise<void> {
    await this.leave();
    // One that was just launched and has not answered yet is ours to end as well.
    const pid = this.current?.pid ?? this.launched;
    if (pid === undefined || !isAlive(pid)) return;
    signal(pid, 'SIGTERM');
    if (!(await within(STOP_MS, () => !isAlive(pid)))) signal(pid, 'SIGKILL');
  }

  /** Goes away and leaves the process to its grace time, for the next life of this program to adopt. */
  async leave(): Promise<void> {
    this.stopping = true;
    clearInterval(this.liveness);
    clearTimeout(this.restart);
    await this.client.close();
  }

  private met(pid: number): void {
    this.unanswered = false;
    if (this.current?.pid === pid) return;
    this.current = { pid, since: Date.now() };
  }

  private async bringUp(): Promise<void> {
    // A process that an earlier life left behind answers at once.
    await within(ADOPTION_MS, () => this.current !== undefined || this.unanswered);
    if (this.current !== undefined || this.stopping) return;
    const child = this.launch();
    const started = await within(START_MS, () => this.current !== undefined || child.ended());
    if (this.current === undefined)
      throw new Error(`the voice process did not start${started ? '' : ` within ${START_MS} ms`}: ${this.lastWords()}`);
  }

  private launch(): { readonly ended: () => boolean } {
    const { directory, settings } = this.options;
    const file = path.join(directory, 'settings.json');
    writeFileSync(file, JSON.stringify({ ...settings, socket: socketOf(directory) } satisfies VoiceSettings), { mode: 0o600 });
    keepOldLog(logOf(directory));
    const log = openSync(logOf(directory), 'w', 0o600);
    // No environment: the database's password and the like are none of its business.
    const child = spawn(process.execPath, [...entryArguments(this.options.entry), file], {
      detached: true,
      stdio: ['ignore', log, log],
      env: {},
    });
    closeSync(log);
    child.unref();
    this.launched = child.pid;
    let ended = false;
    child.once('exit', (code, how) => {
      ended = true;
      if (this.launched === child.pid) this.launched = undefined;
      if (child.pid !== undefined && child.pid === this.current?.pid) this.exited(child.pid, code, how);
    });
    child.once('error', () => {
      ended = true;
    });
    return { ended: () => ended };
  }

  // An adopted process is not our child: only its absence tells that it ended.
  private watch(): void {
    this.liveness = setInterval(() => {
      const pid = this.current?.pid;
      if (pid !== undefined && !isAlive(pid)) this.exited(pid, null, null);
    }, LIVENESS_MS);
    this.liveness.unref();
  }

  private exited(pid: number, code: number | null, how: string | null): void {
    const lived = Date.now() - (this.current?.since ?? 0);
    this.current = undefined;
    if (this.stopping) return;
    this.options.onExited?.({ at: Date.now(), pid, code, signal: how, lastWords: this.lastWords() });
    this.restartMs = lived > STABLE_MS ? FIRST_RESTART_MS : Math.min(this.restartMs * 2, LONGEST_RESTART_MS);
    this.startAgain();
  }

  private startAgain(): void {
    this.restart = setTimeout(() => {
      this.bringUp().catch(() => {
        this.restartMs = Math.min(this.restartMs * 2, LONGEST_RESTART_MS);
        if (!this.stopping) this.startAgain();
      });
    }, this.restartMs);
  }

  private lastWords(): string {
    try {
      return readFileSync(logOf(this.options.directory), 'utf8').trim().split('\n').slice(-3).map(wordsOf).join(' | ').slice(-1000);
    } catch {
      return 'it left no log';
    }
  }
}

/** A line of the log as a sentence; what is no line of ours (a crash report) stays as it is. */
function wordsOf(line: string): string {
  try {
    const { what, error } = JSON.parse(line) as { readonly what?: unknown; readonly error?: unknown };
    return [what, error].filter((part) => typeof part === 'string').join(': ');
  } catch {
    return line;
  }
}

function socketOf(directory: string): string {
  return path.join(directory, 'voice.sock');
}

function logOf(directory: string): string {
  return path.join(directory, 'voice.log');
}

/** From sources the child needs the loader that this process runs with; built code needs nothing. */
function entryArguments(entry: string | undefined): string[] {
  if (entry !== undefined) return [entry];
  const here = import.meta.url;
  if (here.endsWith('.js')) return [fileURLToPath(new URL('./main.js', here))];
  const loader = createRequire(here).resolve('tsx');
  return ['--import', loader, fileURLToPath(new URL('./main.ts', here))];
}

/** The log of the process that died is the one that is looked for. */
function keepOldLog(log: string): void {
  try {
    renameSync(log, `${log}.1`);
  } catch {
    // There was none.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // An orphan whose new parent does not reap it answers signals for ever (proc(5): state follows the name).
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return true;
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone already.
  }
}

/** True as soon as `met` holds, false when it does not within `ms`. */
async function within(ms: number, met: () => boolean): Promise<boolean> {
  const until = Date.now() + ms;
  while (!met()) {
    if (Date.now() >= until) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}
