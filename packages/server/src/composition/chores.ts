import path from 'node:path';
import { mailReports } from '../reports/mail-reports.ts';
import { runReportFiles } from '../reports/report-files.ts';
import { runRetention } from '../retention/retention-keeper.ts';
import { followDay } from './day-work.ts';
import { type Matters, mailingParts } from './matters.ts';
import type { PartContext } from './product-part.ts';

/** What a running hotline does without being asked: sends its outbox, writes its reports in the morning, deletes what is over its time. */
export function runChores(context: PartContext, matters: Matters): { stop(): Promise<void> } {
  const { outboxTimers, reports, retention, parts, day } = matters;
  const { config, log } = context;
  const settings = () => parts.floor.hotline.settings;
  const followed = followDay({ context, work: day, clock: parts.clock, dispatch: parts.dispatch, settings });
  const failed = (what: string) => (error: unknown) => log.error({ err: error }, what);
  outboxTimers.start();
  const onError = failed('a report could not be mailed');
  const mail = (now: number) => mailReports({ ...mailingParts(context, matters), onError }, now);
  const files = { desk: reports, folder: path.join(config.data, 'reports'), mail, onError: failed('a report could not be written') };
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
