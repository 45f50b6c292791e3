import { z } from 'zod';
import { reportKinds } from '../reports/period.ts';
import { reportGroupings } from './reports.ts';

const instant = z.number().int();
const chosenId = z.string().regex(/^[0-9A-Za-z-]{6,40}$/);

const facts = {
  kind: z.enum(reportKinds),
  /** with all units below it; absent = all that its maker may see */
  unit: z.string().min(1).max(64).optional(),
  queue: z.string().min(1).max(64).optional(),
  by: z.enum(reportGroupings),
  language: z.enum(['zh', 'en']),
};

/** A report that is mailed by itself as a workbook, as its maker may see it when it is made. */
export const reportMailing = z.object({
  mailing: z.string(),
  ...facts,
  /** masked: `w***@example.org` */
  to: z.array(z.string()),
  maker: z.string(),
  at: instant,
  /** first day of the last period that was sent, or that was over when it was set up */
  lastDay: z.string(),
  /** why the last one was not sent */
  fault: z.enum(['maker-gone', 'not-yours']).optional(),
});
export type ReportMailing = z.infer<typeof reportMailing>;

/** `sends`: there is a mail server; without it nothing can be set up. */
export const reportMailings = z.object({ sends: z.boolean(), mailings: z.array(reportMailing) });
export type ReportMailings = z.infer<typeof reportMailings>;

/** `mailing` is chosen by the page: sent again, it makes no second one. */
export const newReportMailing = z.object({ mailing: chosenId, ...facts, to: z.array(z.string().trim().min(3).max(254)).min(1).max(20) });
export type NewReportMailing = z.infer<typeof newReportMailing>;
