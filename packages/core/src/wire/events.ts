import { z } from 'zod';

/**
 * A timeline or observance event as a browser gets it: no hash, no stream bookkeeping, personal fields still refs.
 * Texts that this person may read travel beside it in `text`.
 */
export const wireEvent = z.object({
  id: z.string(),
  type: z.string(),
  interaction: z.string().optional(),
  source: z.string(),
  by: z.string().optional(),
  occurredAt: z.number().int(),
  seq: z.number().int(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  text: z.string().optional(),
});
export type WireEvent = z.infer<typeof wireEvent>;

/** A text in both tongues of the pages. Where a pack has no English words, the English ones are the Chinese. */
export const bilingual = z.object({ zh: z.string(), en: z.string() });

const witness = z.object({ event: z.string(), span: z.tuple([z.number(), z.number()]).optional() });

export const wireVerdict = z.object({
  norm: z.string(),
  title: bilingual,
  pack: z.string(),
  packVersion: z.number().int(),
  key: z.string(),
  anchor: z.number().int(),
  value: z.enum(['kept', 'broken', 'moot', 'unknown']),
  at: z.number().int(),
  reason: z.string().optional(),
  missing: z.array(bilingual).optional(),
  who: z.string().optional(),
  cites: z.array(z.string()),
  severity: z.enum(['critical', 'major', 'minor', 'advice']),
  points: z.number(),
  nature: z.enum(['finding', 'hint']),
  witnesses: z.array(witness),
  /** one sentence: trigger → limit → what happened → by how much */
  explanation: bilingual,
  /** set when an earlier verdict of the same instance was replaced */
  revisedFrom: z.object({ value: z.string(), at: z.number().int(), cause: z.string() }).optional(),
});
export type WireVerdict = z.infer<typeof wireVerdict>;

/** A duty that is open now: what the guide shows. Speculative: never stored. */
export const openDuty = z.object({
  norm: z.string(),
  key: z.string(),
  title: bilingual,
  cites: z.array(z.string()),
  severity: z.enum(['critical', 'major', 'minor', 'advice']),
  /** who must act: agent, customer, system … */
  actor: z.string(),
  state: z.enum(['open', 'near', 'late', 'done', 'attested', 'unknown']),
  /** parts of an all-of duty with their own state */
  parts: z.array(z.object({ label: bilingual, done: z.boolean() })),
  since: z.number().int(),
  deadline: z.number().int().optional(),
  warnAt: z.number().int().optional(),
  /** what to say, slots already filled where the call knows them */
  sentence: z.string().optional(),
  message: bilingual.optional(),
});
export type OpenDuty = z.infer<typeof openDuty>;
