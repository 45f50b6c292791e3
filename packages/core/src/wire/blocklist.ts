import { z } from 'zod';

const instant = z.number().int();
/** Names no person: it stands in lists and in the audit. */
const reason = z.string().trim().min(3).max(200);

export const blockOffers = ['message', 'end'] as const;

/** A number whose callers are told that they are not put through, and may leave word or must hang up. */
export const blockEntry = z.object({
  entry: z.string(),
  /** masked: `****8000` */
  number: z.string(),
  reason: z.string(),
  offer: z.enum(blockOffers),
  by: z.string(),
  at: instant,
  until: instant,
  /** calls that were told so, and the last of them */
  calls: z.number().int(),
  lastAt: instant.optional(),
  released: z.object({ at: instant, by: z.string(), note: z.string() }).optional(),
});
export type BlockEntry = z.infer<typeof blockEntry>;

/** `announced`: the announcement is recorded; without it nobody is blocked. */
export const blocklistView = z.object({ announced: z.boolean(), entries: z.array(blockEntry) });
export type BlocklistView = z.infer<typeof blocklistView>;

export const blockedNumber = z
  .string()
  .trim()
  .regex(/^\+?[0-9 -]{5,32}$/);

/** `entry` is chosen by the page: sent again, it makes no second one. */
export const newBlock = z.object({
  entry: z.string().regex(/^[0-9A-Za-z-]{6,64}$/),
  number: blockedNumber,
  reason,
  offer: z.enum(blockOffers),
  /** a year ahead at most */
  until: instant,
});
export type NewBlock = z.infer<typeof newBlock>;

export const blockRelease = z.object({ note: reason });
