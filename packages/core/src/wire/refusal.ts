import { z } from 'zod';

/** A domain refusal on the wire: a stable code, a sentence that helps, and what to do instead. */
export const refusal = z.object({
  refused: z.string().describe('stable code, for example hold.no-call'),
  message: z.string(),
  remedy: z.string().optional(),
});
export type RefusalOnWire = z.infer<typeof refusal>;
