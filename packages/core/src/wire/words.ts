import { z } from 'zod';
import { bilingual } from './events.ts';

/** Something in a text that should not go out as it is. */
export const wordFinding = z.object({
  /** id of a phrase family, `address` or `typo` */
  code: z.string(),
  /** `stop`: not sent at all; `reason`: only with a reason; `note`: shown, and sent when one says so */
  level: z.enum(['stop', 'reason', 'note']),
  title: bilingual,
  found: z.string(),
  instead: z.string().optional(),
});
export type WordFinding = z.infer<typeof wordFinding>;

export const wordsToCheck = z.object({ text: z.string().max(10_000) });
