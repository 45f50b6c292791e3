import { figureWords, withLimits } from '@threerings/core/reports/figure-words';
import type { ReportKind } from '@threerings/core/reports/period';
import { type ReportView, reportQuery } from '@threerings/core/wire/reports';
import { queueMessage } from '../sending/outbox-read-model.ts';
import type { Person } from '../session/sessions.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { addressesOf, listMailings, type MailingRow, noteMailed } from './mailings-read-model.ts';
import type { ReportDesk } from './report-desk.ts';
import { fileOfReport, isReady } from './report-files.ts';
import { reportSheet } from './report-sheet.ts';

export interface MailReportsParts {
  readonly desk: ReportDesk;
  readonly db: Database;
  readonly vault: Vault;
  readonly hotlineName: string;
  /** a message was queued: the runner need not sleep on */
  wake(): void;
  /** one mailing could not be made; the others go out, and it is tried again */
  onError(error: unknown, mailing: string): void;
}

const names: Readonly<Record<ReportKind, { readonly zh: string; readonly en: string }>> = {
  day: { zh: '日报', en: 'day' },
  week: { zh: '周报', en: 'week' },
  month: { zh: '月报', en: 'month' },
};

/** What stands in the mail itself; the rest is in the workbook. */
const told = ['offered', 'answered', 'connection', 'service-level', 'occupancy', 'callbacks-in-time', 'compliance', 'judgeable'] as const;

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Queues the report of each mailing whose last period is over and ready: as its maker may see it now, or not at all. Again is harmless: the
 * ids of messages derive from mailing, period and place. Says how many messages were queued.
 */
export async function mailReports(parts: MailReportsParts, now: number): Promise<number> {
  const { desk, db, vault } = parts;
  const { zoneOffsetMs } = desk.parts;
  if (!isReady(now, zoneOffsetMs)) return 0;
  const due = (await listMailings(db)).filter(({ kind, last_day }) => fileOfReport(kind, now, zoneOffsetMs).day > last_day);
  if (due.length === 0) return 0;
  const people = await desk.parts.people.people();
  const makerOf = ({ maker }: MailingRow) => people.find(({ agent, active }) => active && agent === maker);
  const addresses = await addressesOf(db, vault, due);
  let queued = 0;
  for (const mailing of due) {
    try {
      queued += await mailOne(parts, makerOf(mailing), mailing, addresses.get(mailing.mailing) ?? [], now);
    } catch (error) {
      parts.onError(error, mailing.mailing);
    }
  }
  if (queued > 0) parts.wake();
  return queued;
}

async function mailOne(parts: MailReportsParts, maker: Person | undefined, mailing: MailingRow, to: readonly string[], now: number) {
  const { desk, db } = parts;
  const { day } = fileOfReport(mailing.kind, now, desk.parts.zoneOffsetMs);
  const report = maker === undefined ? 'maker-gone' : await desk.make(maker, queryOf(mailing, day));
  const queued = typeof report === 'string' ? 0 : await queueAll(parts, mailing, report, to, now);
  await noteMailed(db, mailing.mailing, day, report === 'maker-gone' ? report : typeof report === 'string' ? 'not-yours' : null);
  return queued;
}

function queryOf({ kind, unit, queue, grouping }: MailingRow, day: string) {
  return reportQuery.parse({ kind, day, by: grouping, ...(unit === null ? {} : { unit }), ...(queue === null ? {} : { queue }) });
}

async function queueAll(
  { desk, db, vault, hotlineName }: MailReportsParts,
  { mailing, kind, language, maker }: MailingRow,
  report: ReportView,
  to: readonly string[],
  now: number,
): Promise<number> {
  const bytes = await reportSheet(report, language, desk.parts.zoneOffsetMs);
  const day = report.title.slice(0, 10);
  const file = { name: `threerings-${kind}-${day}.xlsx`, type: xlsx, base64: bytes.toString('base64') };
  const subject = `${hotlineName} ${names[kind][language]} ${report.title}`.replaceAll(/[\r\n]/g, ' ').slice(0, 200);
  let queued = 0;
  for (const [place, address] of to.entries()) {
    const message = `report-${mailing}-${day}-${place}`;
    const text = { subject, text: summary(report, language), file };
    const fresh = { message, channel: 'mail' as const, to: address, ...text, interaction: undefined, customer: undefined };
    if (await queueMessage(db, vault, { ...fresh, personal: `mailing-${mailing}`, by: maker }, now)) queued += 1;
  }
  return queued;
}

/** A few figures as lines; the workbook has all of them with their formulas. */
function summary(report: ReportView, language: 'zh' | 'en'): string {
  const lines = told.map((figure) => {
    const value = report.figures.find((one) => one.figure === figure)?.value;
    const { unit } = figureWords[figure];
    const shown = value === undefined ? '—' : unit === 'share' ? `${Math.round(value * 1000) / 10}%` : String(value);
    return `${withLimits(figureWords[figure][language], report.policy)}  ${shown}`;
  });
  const attached = language === 'zh' ? '完整指标、口径与分组见附件。' : 'All figures with their formulas are attached.';
  return [report.title, '', ...lines, '', attached].join('\n');
}
