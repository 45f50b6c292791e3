import { z } from 'zod';

const word = z.coerce.string().max(64).optional();
const search = z.object({
  kind: z.enum(['day', 'week', 'month']).optional(),
  day: z.coerce
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  unit: word,
  agent: word,
  queue: word,
  by: z.enum(['unit', 'agent', 'queue']).optional(),
  of: z.enum(['live', 'import']).optional(),
  figure: word,
  side: z.enum(['part', 'whole']).optional(),
  norm: z.coerce.string().max(200).optional(),
  matter: z.coerce.string().max(200).optional(),
});
export type ReportSearch = z.infer<typeof search>;

/** Which report is open, and behind which figure, stands in the address: it can be sent to somebody who may see it. */
export function reportSearch(given: Record<string, unknown>): ReportSearch {
  const read = search.safeParse(given);
  return read.success ? read.data : {};
}

const fields = ['kind', 'day', 'unit', 'agent', 'queue', 'by', 'of'] as const;

/** What is asked of the server for this report. */
export function reportParams(search: ReportSearch): URLSearchParams {
  return new URLSearchParams(fields.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])));
}
