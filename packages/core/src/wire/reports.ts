import { z } from 'zod';
import { reportKinds } from '../reports/period.ts';

const instant = z.number().int();

export const reportGroupings = ['unit', 'agent', 'queue'] as const;

export const reportQuery = z.object({
  kind: z.enum(reportKinds).default('day'),
  /** a local day of the period; absent = today */
  day: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  /** with all units below it */
  unit: z.string().min(1).max(64).optional(),
  agent: z.string().min(1).max(64).optional(),
  queue: z.string().min(1).max(64).optional(),
  by: z.enum(reportGroupings).default('unit'),
  /** calls of this hotline, or those imported from an old system */
  of: z.enum(['live', 'import']).default('live'),
});
export type ReportQuery = z.infer<typeof reportQuery>;

/** `value` is absent where there was nothing to divide by. */
export const figure = z.object({
  figure: z.string(),
  value: z.number().optional(),
  part: z.number().int(),
  whole: z.number().int().optional(),
  /** of a ratio of lengths: what was divided by what, ms */
  sums: z.object({ part: z.number(), whole: z.number() }).optional(),
});
export type FigureOnWire = z.infer<typeof figure>;

export const normTally = z.object({
  norm: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  cites: z.array(z.string()),
  kept: z.number().int(),
  broken: z.number().int(),
  unknown: z.number().int(),
});
export type NormTally = z.infer<typeof normTally>;

const choice = z.object({ key: z.string(), name: z.string() });

export const reportView = z.object({
  kind: z.enum(reportKinds),
  from: instant,
  to: instant,
  title: z.string(),
  madeAt: instant,
  /** the period is not over, or calls of it are still going on */
  soFar: z.boolean(),
  policy: z.object({ serviceLevelMs: z.number(), shortAbandonMs: z.number(), connectionGoal: z.number(), chatSilenceMs: z.number() }),
  figures: z.array(figure),
  norms: z.array(normTally),
  groups: z.array(z.object({ key: z.string(), name: z.string(), figures: z.array(figure) })),
  steps: z.array(z.object({ at: instant, offered: z.number().int(), answered: z.number().int(), abandoned: z.number().int() })),
  /** of a week or month: calls by weekday, Monday first, and half hour of the day */
  load: z.array(z.array(z.number().int())).optional(),
  /** 热点事项: what callers and visitors came with, the most frequent first; `unset`: answered, and nobody said what it was about */
  matters: z
    .object({
      top: z.array(z.object({ matter: z.string(), calls: z.number().int(), chats: z.number().int() })),
      unset: z.number().int(),
    })
    .optional(),
  choices: z.object({ units: z.array(choice), agents: z.array(choice), queues: z.array(choice) }),
});
export type ReportView = z.infer<typeof reportView>;

export const reportRowsQuery = reportQuery.extend({
  figure: z.string().min(1).max(40),
  /** the rows that count in the part, or all of the whole */
  side: z.enum(['part', 'whole']).default('part'),
  norm: z.string().max(200).optional(),
  /** of the figure `matters`: what they were about; absent = nobody said */
  matter: z.string().max(200).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export type ReportRowsQuery = z.infer<typeof reportRowsQuery>;

export const reportRow = z.object({
  kind: z.enum(['call', 'shift', 'chat', 'promise', 'ticket', 'appeal', 'verdict']),
  id: z.string(),
  at: instant,
  /** the call to open */
  interaction: z.string().optional(),
  agent: z.string().optional(),
  agentName: z.string().optional(),
  queue: z.string().optional(),
  /** outcome, state or verdict */
  state: z.string(),
  /** what of this row is averaged, ms */
  value: z.number().optional(),
  /** counts in the part; false only where the whole was asked for */
  counts: z.boolean(),
});
export type ReportRow = z.infer<typeof reportRow>;

/** `hidden`: rows that count but that this person may not see one by one. */
export const reportRows = z.object({ rows: z.array(reportRow), total: z.number().int(), hidden: z.number().int() });
export type ReportRows = z.infer<typeof reportRows>;
