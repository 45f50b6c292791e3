import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PageJudge } from './rejudge.ts';
import type { ListedCall } from './rejudge-read-model.ts';
import type { RejudgeReport } from './report.ts';

/** What a judge needs to know before its first page. */
export interface JudgeSetUp {
  readonly url: string;
  /** base64 */
  readonly masterKey: string;
  /** a folder, or texts that are no files */
  readonly pack: { readonly folder: string } | { readonly files: readonly { readonly path: string; readonly text: string }[] };
  readonly packsFolder: string;
}

export type ToJudge = ({ readonly kind: 'set-up' } & JudgeSetUp) | { readonly kind: 'judge'; readonly calls: readonly ListedCall[] };

export type FromJudge =
  | { readonly kind: 'ready' }
  | { readonly kind: 'judged'; readonly report: RejudgeReport }
  | { readonly kind: 'failed'; readonly message: string };

interface Waiting {
  resolve(message: FromJudge): void;
  reject(error: Error): void;
}

/** A judge that is ended when there is nothing more for it. */
export interface StoppableJudge extends PageJudge {
  stop(): void;
}

/** A process that judges pages. */
export class JudgingProcess implements StoppableJudge {
  readonly #child: ChildProcess;
  #waiting: Waiting | undefined;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: FromJudge) => this.#settle((waiting) => waiting.resolve(message)));
    child.on('exit', (code, signal) =>
      this.#settle((waiting) => waiting.reject(new Error(`a judging process ended (${signal ?? code}) while it had work`))),
    );
  }

  /** @throws Error when the pack cannot be opened or the process does not start */
  static async start(setUp: JudgeSetUp): Promise<JudgingProcess> {
    const { file, execArgv } = entry();
    const judging = new JudgingProcess(fork(file, [], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }));
    const answer = await judging.#ask({ kind: 'set-up', ...setUp });
    if (answer.kind === 'ready') return judging;
    judging.stop();
    throw new Error(answer.kind === 'failed' ? answer.message : 'a judging process answered out of turn');
  }

  async judge(calls: readonly ListedCall[]): Promise<RejudgeReport> {
    const answer = await this.#ask({ kind: 'judge', calls });
    if (answer.kind === 'judged') return answer.report;
    throw new Error(answer.kind === 'failed' ? answer.message : 'a judging process answered out of turn');
  }

  /** It ends as soon as nothing binds it to this process. */
  stop(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  #ask(message: ToJudge): Promise<FromJudge> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send(message, (error) => {
        if (error) this.#settle((waiting) => waiting.reject(error));
      });
    });
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) how(waiting);
  }
}

/** From sources the child needs the loader that this process runs with; built code needs nothing. */
function entry(): { readonly file: string; readonly execArgv: string[] } {
  const here = import.meta.url;
  if (here.endsWith('.js')) return { file: fileURLToPath(new URL('./judging-process.js', here)), execArgv: [] };
  const loader = createRequire(here).resolve('tsx');
  return { file: fileURLToPath(new URL('./judging-process.ts', here)), execArgv: ['-C', 'threerings-source', '--import', loader] };
}
