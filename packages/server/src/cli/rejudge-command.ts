import os from 'node:os';
import path from 'node:path';
import { file, integer, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { type JudgingPack, openPack } from '../norm-packs/judging-pack.ts';
import { type JudgeSetUp, JudgingProcess, type StoppableJudge } from '../rejudging/judging-processes.ts';
import { type Checkpoint, type Progress, rejudge } from '../rejudging/rejudge.ts';
import { callsAfter, countCalls, type Span } from '../rejudging/rejudge-read-model.ts';
import { dropState, isSameRun, type RunIdentity, readState, saveState } from '../rejudging/state-file.ts';
import { command, type Ended, exit, type RegisteredCommand, type Terminal } from './command.ts';
import type { StoreForImports, WithStore } from './import-commands-calls.ts';
import { localDayOrTime, zoneOption } from './import-commands-options.ts';
import { packOption } from './norm-commands-judge.ts';
import { linesOf } from './rejudge-report.ts';

/** Calls of one page: enough to make a query worth its way, few enough to stop soon. */
const pageCalls = 100;
const progressEveryMs = 2000;

type StartJudge = (setUp: JudgeSetUp) => Promise<StoppableJudge>;

/** What a change of the norms would do to the calls there are, before anybody is judged by it. */
export function rejudgeCommand(
  withStore: WithStore,
  packsFolder: string,
  startJudge: StartJudge = JudgingProcess.start,
): RegisteredCommand {
  return command({
    name: 'rejudge',
    summary: 'judges stored calls by another pack and shows what would change, by norm and unit; writes nothing to any record',
    options: {
      pack: packOption(packsFolder),
      since: option(localDayOrTime, { help: 'only calls that began then or later', fallback: undefined, shown: 'the first call' }),
      until: option(localDayOrTime, { help: 'only calls that began before', fallback: undefined, shown: 'the last call' }),
      zone: zoneOption,
      workers: option(integer(1, 64), { help: 'processes that judge', fallback: os.availableParallelism(), shown: 'one a processor' }),
      resume: option(yesNo, { help: 'goes on where an interrupted run stopped', fallback: false }),
      state: option(file, { help: 'where an interrupted run is kept', fallback: undefined, shown: 'rejudging.json in --data' }),
      json: option(yesNo, { help: 'the report as one JSON object', fallback: false }),
    },
    takesSettings: true,
    async run({ options, config, terminal }) {
      const opened = await openPack(options.pack, packsFolder);
      if (!opened.ok) return { exit: exit.usage, message: opened.problems.join('\n') };
      const since = options.since?.(options.zone, 0);
      const until = options.until?.(options.zone, 0);
      if (since !== undefined && until !== undefined && until <= since) return usage('--until: expected a time after --since');
      const state = options.state ?? path.join(config.data, 'rejudging.json');
      const run = new RejudgeRun({ judging: opened.judging, packsFolder, span: { since, until }, state, terminal, startJudge });
      const from = options.resume ? run.found() : undefined;
      if (typeof from === 'string') return usage(from);
      return withStore(config, (store) => run.run(store, options.workers, from, options.json));
    },
  });
}

const usage = (message: string): Ended => ({ exit: exit.usage, message });

interface RunParts {
  readonly judging: JudgingPack;
  readonly packsFolder: string;
  readonly span: Span;
  /** file of an interrupted run */
  readonly state: string;
  readonly terminal: Terminal;
  readonly startJudge: StartJudge;
}

class RejudgeRun {
  readonly #of: RunParts;
  readonly #identity: RunIdentity;
  #toldAt = 0;

  constructor(of: RunParts) {
    this.#of = of;
    const { name, version, hash } = of.judging.pack;
    this.#identity = { pack: name, version, hash, ...of.span };
  }

  /** Where an earlier run of the same norms over the same span stopped, or a line that says why there is none. */
  found(): Checkpoint | string {
    const read = readState(this.#of.state);
    if (read.kind === 'none') return `--resume: expected the state of an interrupted run, found no ${this.#of.state}`;
    if (read.kind === 'unreadable') return `--resume: ${this.#of.state} is not the state of a run: start anew without --resume`;
    if (isSameRun(read.of, this.#identity)) return read.checkpoint;
    return `--resume: ${this.#of.state} belongs to ${read.of.pack} version ${read.of.version} with other norms or times: start anew without --resume`;
  }

  async run(store: StoreForImports, workers: number, from: Checkpoint | undefined, json: boolean): Promise<Ended> {
    const total = await countCalls(store.db, this.#of.span);
    const { url, db } = store;
    const setUp = {
      url,
      masterKey: store.masterKey.toString('base64'),
      pack: { folder: this.#of.judging.folder },
      packsFolder: this.#of.packsFolder,
    };
    const judges: StoppableJudge[] = [];
    try {
      const pages = Math.ceil((total - (from?.report.calls ?? 0)) / pageCalls);
      for (let made = 0; made < Math.max(1, Math.min(workers, pages)); made += 1) judges.push(await this.#of.startJudge(setUp));
      const { complete, checkpoint } = await rejudge(
        {
          total,
          judges,
          nextPage: (after) => callsAfter(db, this.#of.span, after, pageCalls),
          stopped: () => store.stopped(),
          now: () => performance.now(),
          progressed: (progress, reached) => this.#progressed(progress, reached),
        },
        from,
      );
      return this.#end(complete, checkpoint, total, json);
    } finally {
      for (const judge of judges) judge.stop();
    }
  }

  #progressed(progress: Progress, reached: Checkpoint): void {
    const now = performance.now();
    if (now - this.#toldAt < progressEveryMs) return;
    this.#toldAt = now;
    saveState(this.#of.state, this.#identity, reached);
    this.#of.terminal.note(progressInWords(progress));
  }

  #end(complete: boolean, checkpoint: Checkpoint, total: number, json: boolean): Ended {
    const { report } = checkpoint;
    if (!complete) {
      saveState(this.#of.state, this.#identity, checkpoint);
      return { exit: exit.failed, message: `stopped after ${report.calls} of ${total} calls: go on with --resume` };
    }
    dropState(this.#of.state);
    const { name, version } = this.#of.judging.pack;
    if (json)
      this.#of.terminal.print(JSON.stringify({ pack: name, version, ...this.#of.span, ...report, changes: Object.values(report.changes) }));
    else for (const line of linesOf(report)) this.#of.terminal.print(line);
    return { exit: exit.done };
  }
}

function progressInWords({ done, total, perSecond, leftMs }: Progress): string {
  const left = leftMs === undefined ? '' : `, ${Math.ceil(leftMs / 1000)} s left`;
  return `${done} of ${total} calls, ${Math.round(perSecond)} a second${left}`;
}
