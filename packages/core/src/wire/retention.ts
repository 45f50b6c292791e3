import { z } from 'zod';

const instant = z.number().int();
/** Names no person: it stands in lists and in the audit. */
const reason = z.string().trim().min(3).max(200);
const chosenId = z.string().regex(/^[0-9A-Za-z-]{6,64}$/);

export const legalHold = z.object({
  hold: z.string(),
  interaction: z.string().optional(),
  customer: z.string().optional(),
  reason: z.string(),
  by: z.string(),
  at: instant,
  released: z.object({ at: instant, by: z.string(), note: z.string() }).optional(),
});
export type LegalHold = z.infer<typeof legalHold>;

/** Of a call, or of all calls of a customer. `hold` is chosen by the page: sent again, it makes no second one. The reason names no person. */
export const newHold = z
  .object({
    hold: chosenId,
    interaction: z.string().min(1).max(128).optional(),
    customer: z.string().min(1).max(64).optional(),
    reason,
  })
  .refine(({ interaction, customer }) => (interaction === undefined) !== (customer === undefined), 'a call or a customer');
export type NewHold = z.infer<typeof newHold>;

export const holdRelease = z.object({ note: reason });

/** How long what is kept, in days, as the hotline is configured. */
export const retentionPeriods = z.object({
  audioDays: z.number().int(),
  transcriptDays: z.number().int(),
  caseDays: z.number().int(),
  holds: z.array(legalHold),
});
export type RetentionPeriods = z.infer<typeof retentionPeriods>;

/** Asks that a person be erased; somebody else decides. `erasure` is chosen by the page: sent again, it asks no second time. */
export const newErasure = z.object({ erasure: chosenId, customer: z.string().min(1).max(64), basis: reason });
export type NewErasure = z.infer<typeof newErasure>;

export const erasureDecision = z.discriminatedUnion('do', [
  z.object({ do: z.literal('erase') }),
  z.object({ do: z.literal('decline'), note: reason }),
]);
export type ErasureDecision = z.infer<typeof erasureDecision>;

const count = z.number().int();

export const erasureView = z.object({
  erasure: z.string(),
  customer: z.string(),
  basis: z.string(),
  askedBy: z.string(),
  askedAt: instant,
  state: z.enum(['asked', 'done', 'declined']),
  decidedBy: z.string().optional(),
  decidedAt: instant.optional(),
  note: z.string().optional(),
  /** while it is asked for: what it would concern */
  extent: z.object({ calls: count, recordings: count, openTickets: count, openPromises: count }).optional(),
  /** a hold that keeps it from being done */
  held: z.object({ hold: z.string(), reason: z.string() }).optional(),
  /** what went: keys of persons with all that stood under them, recordings, words of conversations, files sent along */
  result: z.object({ subjects: count, recordings: count, words: count, files: count.default(0) }).optional(),
});
export type ErasureView = z.infer<typeof erasureView>;
