import path from 'node:path';
import { runReportFiles } from '../reports/report-files.ts';
import { runRetention } from '../retention/retention-keeper.ts';
import { followDay } from './day-work.ts';
import type { Matters } from './matters.ts';
import type { PartContext } from './product-part.ts';

/** What a running hotline does without being asked: sends its outbox, writes its reports in the morning, deletes what is over its time. */
export function runChores(context: PartContext, { outboxTimers, reports, retention, parts, day }: Matters): { stop(): Promise<void> } {
  const { config, log } = context;
  const settings = () => parts.floor.hotline.settings;
  const followed = followDay({ context, work: day, clock: parts.clock, dispatch: parts.dispatch, settings });
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  outboxTimers.start();
  const files = { desk: reports, folder: path.join(config.data, 'reports'), onError: failed('a report could not be written') };
  const running = [
    followed,
    outboxTimers,
    runReportFiles(files, parts.clock),
    runRetention(retention, parts.clock, failed('retention failed')),
  ];
  return {
    stop: async () => {
      await Promise.all(running.map((chore) => chore.stop()));
    },
  };
}
