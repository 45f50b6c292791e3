import { z } from 'zod';

const search = z.object({
  // A pack may be called by a number; the router reads that as one.
  pack: z.coerce.string().optional(),
  version: z.coerce.number().int().positive().optional(),
  file: z.string().optional(),
});
export type NormsSearch = z.infer<typeof search>;

/** What of the norms is open stands in the address, so that it can be sent to somebody and survives a reload. */
export function normsSearch(given: Record<string, unknown>): NormsSearch {
  const read = search.safeParse(given);
  return read.success ? read.data : {};
}
