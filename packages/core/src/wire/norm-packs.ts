import { z } from 'zod';
import { versionStates } from '../norm-publishing/states.ts';

const packName = z.string().min(1).max(64);
const versionNumber = z.coerce.number().int().min(1).max(1_000_000);

/** One version of a norm pack: `shipped` lies with the product and is read only, the others are the hotline's own. */
export const packVersionRow = z.object({
  pack: z.string(),
  version: z.number().int(),
  title: z.string().optional(),
  shipped: z.boolean(),
  /** it judges the calls of this hotline now */
  inForce: z.boolean(),
  state: z.enum(versionStates),
  /** 工号; absent for shipped versions */
  author: z.string().optional(),
  changedAt: z.number().int().optional(),
  reviewer: z.string().optional(),
  approver: z.string().optional(),
  effectiveAt: z.number().int().optional(),
  note: z.string().optional(),
});
export type PackVersionRow = z.infer<typeof packVersionRow>;

/** Path relative to the pack, `/` between folders. */
export const packText = z.object({
  path: z
    .string()
    .max(200)
    .regex(/^(?!\/)(?!.*\.\.)[^\\:*?"<>|\p{Cc}]+$/u, 'a path within the pack'),
  text: z.string().max(400_000),
});
export type PackText = z.infer<typeof packText>;

export const packVersionDetail = z.object({
  row: packVersionRow,
  /** grows with every save: a save names the one that it changes */
  revision: z.number().int(),
  files: z.array(packText),
});
export type PackVersionDetail = z.infer<typeof packVersionDetail>;

export const packParams = z.object({ pack: packName });
export const versionParams = z.object({ pack: packName, version: versionNumber });

export const newDraftBody = z.object({ from: versionNumber });
export const newDraftAnswer = z.object({ version: z.number().int() });
export const savePackBody = z.object({ revision: z.number().int(), files: z.array(packText).min(1).max(100) });
export const savePackAnswer = z.object({ revision: z.number().int() });

/** absent = at once */
export const approveBody = z.object({ effectiveAt: z.number().int().optional() });
export const reasonBody = z.object({ reason: z.string().max(500) });

/** Every clause of the catalogue that ships, for the tree of the editor. */
export const clauseRow = z.object({ clause: z.string(), norm: z.string(), zh: z.string(), en: z.string(), document: z.string() });
export type ClauseRow = z.infer<typeof clauseRow>;

const valueCounts = z.object({ kept: z.number(), broken: z.number(), unknown: z.number(), moot: z.number() });

export const whatIfBody = z.object({ since: z.number().int().optional() });

/** How judging stored calls by this version is getting on, and what it would change so far. Nothing of it is stored. */
export const whatIfView = z.object({
  state: z.enum(['none', 'running', 'done', 'stopped', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  leftMs: z.number().optional(),
  message: z.string().optional(),
  calls: z.number().int(),
  changedCalls: z.number().int(),
  norms: z.array(z.object({ norm: z.string(), before: valueCounts, after: valueCounts })),
  changes: z.array(
    z.object({
      norm: z.string(),
      unit: z.string(),
      from: z.string(),
      to: z.string(),
      count: z.number().int(),
      examples: z.array(z.string()),
    }),
  ),
});
export type WhatIfView = z.infer<typeof whatIfView>;

const gate = z.object({ precision: z.number(), recall: z.number() });

/** How a version fares on its labelled conversations; shares from 0 to 1, absent where nothing was divided by. */
export const labelReport = z.object({
  conversations: z.number().int(),
  /** stored ones that could not be read */
  skipped: z.number().int(),
  gate: gate.optional(),
  passes: z.boolean(),
  norms: z.array(
    z.object({
      norm: z.string(),
      labelled: z.number().int(),
      hits: z.number().int(),
      misses: z.number().int(),
      falseAlarms: z.number().int(),
      undecided: z.number().int(),
      precision: z.number().optional(),
      recall: z.number().optional(),
      below: gate.optional(),
    }),
  ),
  /** conversations that came out otherwise than labelled */
  disagreements: z.array(
    z.object({
      file: z.string(),
      line: z.number().int(),
      name: z.string(),
      stored: z.string().optional(),
      norm: z.string(),
      labelled: z.array(z.string()),
      judged: z.array(z.string()),
    }),
  ),
});
export type LabelReportOnWire = z.infer<typeof labelReport>;
