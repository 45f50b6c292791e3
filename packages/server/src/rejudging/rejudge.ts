import type { Cursor, ListedCall } from './rejudge-read-model.ts';
import { emptyReport, merge, type RejudgeReport } from './report.ts';

/** What is known so far, and after which call to go on: all that another run needs to continue. */
export interface Checkpoint {
  readonly after: Cursor | undefined;
  readonly report: RejudgeReport;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** calls per second since this run began */
  readonly perSecond: number;
  /** absent until the rate is known */
  readonly leftMs: number | undefined;
}

/** Judges pages, one at a time; several of them work side by side. */
export interface PageJudge {
  judge(calls: readonly ListedCall[]): Promise<RejudgeReport>;
}

export interface Rejudging {
  /** calls of the whole span, those of earlier runs included */
  readonly total: number;
  nextPage(after: Cursor | undefined): Promise<readonly ListedCall[]>;
  readonly judges: readonly PageJudge[];
  /** asked before every page */
  stopped(): boolean;
  /** ms */
  now(): number;
  /** after every page, in the order of the calls */
  progressed(progress: Progress, checkpoint: Checkpoint): void | Promise<void>;
}

/**
 * Judges all pages and returns what would change. INVARIANT (no gap): a checkpoint covers exactly the calls up to its cursor, in
 * whatever order the pages were finished. Interrupted, it finishes the pages in work and returns with `complete: false`.
 */
export async function rejudge(work: Rejudging, from: Checkpoint = { after: undefined, report: emptyReport() }) {
  const begun = work.now();
  const before = from.report.calls;
  const report: RejudgeReport = structuredClone(from.report);
  const finished = new Map<number, { readonly last: Cursor; readonly report: RejudgeReport }>();
  let [asked, merged] = [0, 0];
  let [reading, after] = [from.after, from.after];
  let [ended, failed] = [false, false];
  let pages: Promise<unknown> = Promise.resolve();

  /** One page at a time is read, so that every page begins where the one before it ends. */
  const takePage = () => {
    const taken = pages.then(async () => {
      if (ended || failed || work.stopped()) return undefined;
      const calls = await work.nextPage(reading);
      const last = calls.at(-1);
      if (last === undefined) ended = true;
      else reading = { startedAt: last.startedAt, interaction: last.interaction };
      return last && { number: asked++, calls, last: reading ?? last };
    });
    pages = taken.catch(() => {});
    return taken;
  };

  const mergeInOrder = async () => {
    for (let next = finished.get(merged); next !== undefined; next = finished.get(merged)) {
      finished.delete(merged);
      merged += 1;
      merge(report, next.report);
      after = next.last;
      await work.progressed(progressOf(report.calls, before, work.total, work.now() - begun), { after, report });
    }
  };

  await Promise.all(
    work.judges.map(async (judge) => {
      try {
        for (let page = await takePage(); page !== undefined; page = await takePage()) {
          finished.set(page.number, { last: page.last, report: await judge.judge(page.calls) });
          await mergeInOrder();
        }
      } catch (error) {
        failed = true;
        throw error;
      }
    }),
  );
  return { complete: ended, checkpoint: { after, report } satisfies Checkpoint };
}

function progressOf(done: number, before: number, total: number, ms: number): Progress {
  const perSecond = ms <= 0 ? 0 : ((done - before) * 1000) / ms;
  return { done, total, perSecond, leftMs: perSecond === 0 ? undefined : Math.max(0, ((total - done) * 1000) / perSecond) };
}
