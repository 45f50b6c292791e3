import { z } from 'zod';

const id = z.string().min(1).max(64);
const line = (most: number) => z.string().max(most);

/** 通讯录, 外单位: whom callers are told of or put through to. */
const entryFacts = {
  name: z.string().min(1).max(100),
  department: line(100).optional(),
  number: z.string().regex(/^\+?[0-9*#-]{3,32}$/),
  scope: line(500).optional(),
  hours: line(100).optional(),
  /** a body outside of the hotline */
  outside: z.boolean(),
};

export const directoryEntry = z.object({ entry: id, ...entryFacts, changedAt: z.number().int() });
export type DirectoryEntryOnWire = z.infer<typeof directoryEntry>;

export const directoryWrite = z.object({ entry: id, ...entryFacts });
export type DirectoryWrite = z.infer<typeof directoryWrite>;

/** The caller was told who takes the matter. `entry`: of the directory; else `body` and `number` as the agent typed them. */
export const newReferral = z.object({
  interaction: id,
  entry: id.optional(),
  body: line(100).optional(),
  number: line(32).optional(),
  reason: line(200).optional(),
});
export type NewReferral = z.infer<typeof newReferral>;
