import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../../clock.ts';
import { ByUtterance } from '../recognisers/by-utterance.ts';
import { type Recogniser, untoldConfidence } from '../recognisers/recogniser.ts';
import { forkBeside } from '../source-fork.ts';
import type { SherpaModel } from './model-files.ts';
import type { WorkerAnswer, WorkerRequest } from './worker.ts';

export interface SherpaSettings {
  readonly model: SherpaModel;
  /** threads of one decoding; utterances are decoded one after the other */
  readonly threads: number;
}

const firstRestartMs = 500;
const longestRestartMs = 30_000;
const decodeMs = 30_000;

interface Asked {
  readonly resolve: (text: string) => void;
  readonly reject: (why: Error) => void;
}

/** A local model, in a process of its own that is started again with growing pauses when it dies. */
export class SherpaRecogniser implements Recogniser {
  readonly engine: string;
  readonly #settings: SherpaSettings;
  readonly #clock: Clock;
  readonly #onDown: (why: string) => void;
  readonly #asked = new Map<number, Asked>();
  #child: ChildProcess | undefined;
  #ready = false;
  #serial = 0;
  #closed = false;
  #restartMs = firstRestartMs;
  #cancelRestart: () => void = () => {};
  #why = 'the recogniser is still being loaded';

  constructor(settings: SherpaSettings, clock: Clock, onDown: (why: string) => void = () => {}) {
    this.engine = `sherpa-onnx ${settings.model.name}`.slice(0, 200);
    this.#settings = settings;
    this.#clock = clock;
    this.#onDown = onDown;
    this.#start();
  }

  /** The process in which the model runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** the model is loaded */
  get ready(): boolean {
    return this.#ready;
  }

  open(_: unknown, sink: Parameters<Recogniser['open']>[1]): ByUtterance {
    return new ByUtterance(sink, async (samples, abort) => ({
      text: await this.#transcribe(samples, abort),
      confidence: untoldConfidence,
    }));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelRestart();
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  #start(): void {
    const child = forkBeside(import.meta.url, './worker', [], { serialization: 'advanced' });
    this.#child = child;
    child.on('message', (answer: WorkerAnswer) => this.#answered(answer));
    child.once('error', () => {});
    child.once('exit', () => this.#exited(child));
    this.#tell({ kind: 'load', model: this.#settings.model, threads: this.#settings.threads });
  }

  #tell(request: WorkerRequest): void {
    if (this.#child?.connected) this.#child.send(request, () => {});
  }

  #transcribe(samples: Int16Array, abort: AbortSignal): Promise<string> {
    if (!this.#ready) return Promise.reject(new Error(this.#why));
    const id = ++this.#serial;
    return new Promise<string>((resolve, reject) => {
      const cancel = this.#clock.at(this.#clock.now() + decodeMs, () => this.#settle(id, new Error('the model took too long')));
      const give = () => this.#settle(id, new Error('nobody waits for it any more'));
      abort.addEventListener('abort', give, { once: true });
      const clear = () => {
        cancel();
        abort.removeEventListener('abort', give);
      };
      this.#asked.set(id, {
        resolve: (text) => {
          clear();
          resolve(text);
        },
        reject: (why) => {
          clear();
          reject(why);
        },
      });
      this.#tell({ kind: 'transcribe', id, samples });
    });
  }

  #answered(answer: WorkerAnswer): void {
    switch (answer.kind) {
      case 'ready':
        this.#ready = true;
        this.#restartMs = firstRestartMs;
        break;
      case 'refused':
        this.#down(answer.why);
        break;
      case 'text':
        this.#settle(answer.id, answer.text);
        break;
      case 'failed':
        this.#settle(answer.id, new Error(answer.why));
        break;
    }
  }

  #settle(id: number, what: string | Error): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (typeof what === 'string') asked?.resolve(what);
    else asked?.reject(what);
  }

  #down(why: string): void {
    this.#ready = false;
    this.#why = why;
    this.#onDown(why);
    for (const id of [...this.#asked.keys()]) this.#settle(id, new Error(why));
  }

  #exited(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#down(`the recogniser's process ended (${child.signalCode ?? child.exitCode})`);
    if (this.#closed) return;
    this.#cancelRestart = this.#clock.at(this.#clock.now() + this.#restartMs, () => this.#start());
    this.#restartMs = Math.min(longestRestartMs, this.#restartMs * 2);
  }
}
