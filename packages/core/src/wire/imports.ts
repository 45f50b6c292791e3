import { z } from 'zod';

export const importKinds = ['agents', 'numbers', 'directory', 'knowledge', 'tickets', 'promises', 'holidays', 'blocklist'] as const;
export type ImportKind = (typeof importKinds)[number];

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** What is wrong in one cell: where, what was expected, what stands there, what to do. Lines and columns count from 1. */
export const cellFault = z.object({
  line: z.number().int(),
  column: z.number().int(),
  head: z.string(),
  expected: bilingual,
  found: z.string(),
  remedy: bilingual,
});
export type CellFault = z.infer<typeof cellFault>;

/** What an import would do, or has done. Written only when there is no fault at all. */
export const importReport = z.object({
  kind: z.enum(importKinds),
  file: z.string(),
  /** of the file's bytes: what is applied is what was looked at */
  digest: z.string(),
  applied: z.boolean(),
  counts: z.object({ fresh: z.number().int(), changed: z.number().int(), same: z.number().int(), faulty: z.number().int() }),
  faults: z.array(cellFault),
  /** the first rows, as they are understood */
  rows: z.array(z.object({ line: z.number().int(), change: z.enum(['fresh', 'changed', 'same']), shown: z.array(z.string()) })),
  notes: z.array(bilingual),
});
export type ImportReport = z.infer<typeof importReport>;

export const importForm = z.object({
  kind: z.enum(importKinds),
  title: bilingual,
  /** of the files that it is read from: `.xlsx` */
  endings: z.array(z.string()),
  columns: z.array(z.object({ head: bilingual, required: z.boolean(), expected: bilingual })),
  /** this person may import it */
  allowed: z.boolean(),
});
export type ImportForm = z.infer<typeof importForm>;
