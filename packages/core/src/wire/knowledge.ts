import { z } from 'zod';
import { entryKinds, versionStates } from '../knowledge/entry.ts';

const instant = z.number().int();
const line = (most: number) => z.string().max(most);

export const entryKind = z.enum(entryKinds);
export const standing = z.enum(['current', 'review-due', 'not-yet', 'expired', 'unpublished']);

/** What an editor writes. */
export const entryText = z.object({
  title: line(200),
  keywords: z.array(line(40)).max(30),
  body: line(20_000),
  items: z.array(line(200)).max(30),
  validFrom: instant.optional(),
  validUntil: instant.optional(),
  reviewDue: instant.optional(),
});
export type EntryTextOnWire = z.infer<typeof entryText>;

const id = z.string().min(1).max(64);

export const newEntry = z.object({ entry: id, kind: entryKind, queues: z.array(id).max(50), text: entryText });
export type NewEntry = z.infer<typeof newEntry>;

/** A new draft, or the draft that there is, written anew. */
export const entryDraft = z.object({ queues: z.array(id).max(50), corrects: z.boolean(), text: entryText });
export type EntryDraft = z.infer<typeof entryDraft>;

export const versionChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('submit') }),
  z.object({ do: z.literal('approve') }),
  z.object({ do: z.literal('reject'), note: line(500) }),
  z.object({ do: z.literal('withdraw'), note: line(500) }),
]);
export type VersionChange = z.infer<typeof versionChange>;

export const entryHit = z.object({
  entry: z.string(),
  kind: entryKind,
  version: z.number().int(),
  title: z.string(),
  /** the beginning of an article; all of a quick reply */
  text: z.string(),
  standing,
  validUntil: instant.optional(),
  queues: z.array(z.string()),
});
export type EntryHit = z.infer<typeof entryHit>;

export const entryVersionOnWire = entryText.extend({
  version: z.number().int(),
  state: z.enum(versionStates),
  standing,
  author: z.string(),
  reviewer: z.string().optional(),
  corrects: z.boolean(),
  changedAt: instant,
  note: z.string().optional(),
});
export type EntryVersionOnWire = z.infer<typeof entryVersionOnWire>;

export const entryDetail = z.object({
  entry: z.string(),
  kind: entryKind,
  queues: z.array(z.string()),
  /** newest first; who only reads gets the live one alone */
  versions: z.array(entryVersionOnWire),
  /** callers who were told a version that was corrected, and of them those who have no correction yet */
  misled: z.object({ all: z.number().int(), open: z.number().int() }).optional(),
});
export type EntryDetail = z.infer<typeof entryDetail>;

/** One line of an editor's list. */
export const editedEntry = z.object({
  entry: z.string(),
  kind: entryKind,
  version: z.number().int(),
  title: z.string(),
  state: z.enum(versionStates),
  standing,
  author: z.string(),
  changedAt: instant,
  validUntil: instant.optional(),
  reviewDue: instant.optional(),
});
export type EditedEntry = z.infer<typeof editedEntry>;

/** `keywords` and `hits`: the search that led here. */
export const openEntry = z.object({
  interaction: z.string().max(64),
  keywords: line(200).optional(),
  hits: z.number().int().min(0).max(100_000).optional(),
});
export const useReply = z.object({ interaction: z.string().max(64) });

export const markAnswer = z.object({
  interaction: z.string().max(64),
  entry: id.optional(),
  outcome: z.enum(['answered', 'not-found', 'refused', 'out-of-scope']),
});

export const newGap = z.object({
  gap: id,
  kind: z.enum(['not-found', 'wrong']),
  words: line(200).optional(),
  entry: id.optional(),
  interaction: z.string().max(64).optional(),
  note: line(1000).optional(),
});
export type NewGap = z.infer<typeof newGap>;

export const knowledgeGap = newGap.extend({
  agent: z.string(),
  at: instant,
  /** of the entry, where one is named */
  title: z.string().optional(),
  version: z.number().int().optional(),
  state: z.enum(['open', 'closed']),
  outcome: z.string().optional(),
  closedBy: z.string().optional(),
});
export type KnowledgeGap = z.infer<typeof knowledgeGap>;

export const gapChange = z.object({ do: z.literal('close'), outcome: z.enum(['written', 'corrected', 'not-needed']) });

export const misledCaller = z.object({
  interaction: z.string(),
  version: z.number().int(),
  agent: z.string(),
  at: instant,
  /** the correction callback, where one is open or was */
  promise: z.string().optional(),
});
export type MisledCaller = z.infer<typeof misledCaller>;

export const openCorrections = z.object({ dueAt: instant });
export const openedCorrections = z.object({ ok: z.literal(true), opened: z.number().int(), failed: z.number().int() });
