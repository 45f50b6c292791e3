import type { PackText, WhatIfView } from '@threerings/core/wire/norm-packs';
import type { StoppableJudge } from './judging-processes.ts';
import { rejudge } from './rejudge.ts';
import type { Cursor, ListedCall, Span } from './rejudge-read-model.ts';
import { emptyReport, type RejudgeReport } from './report.ts';

export interface WhatIfParts {
  count(span: Span): Promise<number>;
  nextPage(span: Span, after: Cursor | undefined): Promise<readonly ListedCall[]>;
  /** one judge, in a process of its own: calls that are going on come first */
  startJudge(files: readonly PackText[]): Promise<StoppableJudge>;
  /** ms */
  now(): number;
}

interface Run {
  readonly pack: string;
  readonly version: number;
  state: 'running' | 'done' | 'stopped' | 'failed';
  stopping: boolean;
  done: number;
  total: number;
  leftMs?: number | undefined;
  message?: string | undefined;
  report: RejudgeReport;
  ended: Promise<void>;
}

/** At most this many changes are shown: the weightiest. */
const mostChanges = 200;

/**
 * What a version of a pack would change, judged in the background for the console. One run at a time: a new one stops the one before.
 * Nothing is stored; a restart of the server forgets it.
 */
export class WhatIf {
  readonly #parts: WhatIfParts;
  #run: Run | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: WhatIfParts) {
    this.#parts = parts;
  }

  view(pack: string, version: number): WhatIfView {
    const run = this.#run?.pack === pack && this.#run.version === version ? this.#run : undefined;
    if (run === undefined) return { state: 'none', done: 0, total: 0, ...shown(emptyReport()) };
    const { state, done, total, leftMs, message } = run;
    return { state, done, total, leftMs, message, ...shown(run.report) };
  }

  async start(pack: string, version: number, files: readonly PackText[], since: number | undefined): Promise<WhatIfView> {
    // Two people may begin at the same moment: the later one waits its turn and then stops the earlier.
    const turn = this.#turn.then(() => this.#begin(pack, version, files, since));
    this.#turn = turn;
    await turn;
    return this.view(pack, version);
  }

  async #begin(pack: string, version: number, files: readonly PackText[], since: number | undefined): Promise<void> {
    await this.close();
    const run: Run = {
      pack,
      version,
      state: 'running',
      stopping: false,
      done: 0,
      total: 0,
      report: emptyReport(),
      ended: Promise.resolve(),
    };
    this.#run = run;
    run.ended = this.#judge(run, files, { since });
  }

  /** What was judged so far stays to be seen. */
  stop(pack: string, version: number): WhatIfView {
    if (this.#run?.pack === pack && this.#run.version === version) this.#run.stopping = true;
    return this.view(pack, version);
  }

  /** Settles when nothing runs any more. */
  async close(): Promise<void> {
    if (this.#run === undefined) return;
    this.#run.stopping = true;
    await this.#run.ended;
  }

  async #judge(run: Run, files: readonly PackText[], span: Span): Promise<void> {
    let judge: StoppableJudge | undefined;
    try {
      run.total = await this.#parts.count(span);
      judge = await this.#parts.startJudge(files);
      const { complete } = await rejudge({
        total: run.total,
        judges: [judge],
        nextPage: (after) => this.#parts.nextPage(span, after),
        stopped: () => run.stopping,
        now: () => this.#parts.now(),
        progressed: ({ done, leftMs }, { report }) => {
          Object.assign(run, { done, leftMs, report });
        },
      });
      run.state = complete ? 'done' : 'stopped';
    } catch (error) {
      run.state = 'failed';
      run.message = error instanceof Error ? error.message : String(error);
    } finally {
      judge?.stop();
    }
  }
}

function shown({ calls, changedCalls, norms, changes }: RejudgeReport): Pick<WhatIfView, 'calls' | 'changedCalls' | 'norms' | 'changes'> {
  return {
    calls,
    changedCalls,
    norms: Object.entries(norms).map(([norm, { before, after }]) => ({ norm, before: { ...before }, after: { ...after } })),
    changes: Object.values(changes)
      .sort((one, other) => other.count - one.count)
      .slice(0, mostChanges)
      .map((change) => ({ ...change, examples: [...change.examples] })),
  };
}
