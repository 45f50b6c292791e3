import { z } from 'zod';

/** GET /api/clauses/:id: the gist of a clause that a norm cites, for the side sheet. 404 where the pack carries none. */
export const clauseView = z.object({
  clause: z.string(),
  /** title of the document it stands in */
  document: z.string(),
  /** chapter or heading inside the document */
  place: z.string().optional(),
  gist: z.string(),
});
export type ClauseView = z.infer<typeof clauseView>;
