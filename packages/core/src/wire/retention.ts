import { z } from 'zod';

const instant = z.number().int();
const reason = z.string().trim().min(3).max(200);

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
    hold: z.string().regex(/^[0-9A-Za-z-]{6,64}$/),
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
