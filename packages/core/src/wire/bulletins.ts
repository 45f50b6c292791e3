import { z } from 'zod';

const instant = z.number().int();
const id = z.string().min(1).max(64);

const facts = {
  kind: z.enum(['briefing', 'news']),
  title: z.string().min(1).max(120),
  body: z.string().min(1).max(5000),
  /** organisation units, each with those below it; empty = everybody */
  units: z.array(id).max(50),
  mustRead: z.boolean(),
  validFrom: instant,
  validUntil: instant,
};

/** A draft; sent again it is written anew. What was published before becomes a new version, to be read again. */
export const bulletinWrite = z.object({ bulletin: id, ...facts });
export type BulletinWrite = z.infer<typeof bulletinWrite>;

export const bulletinChange = z.object({ do: z.enum(['publish', 'withdraw']) });

export const bulletinView = z.object({
  bulletin: z.string(),
  ...facts,
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'withdrawn']),
  author: z.string(),
  changedAt: instant,
  publishedAt: instant.optional(),
  /** when the reader has read this version */
  readAt: instant.optional(),
  /** for who may publish: of whom it is for, how many have read this version */
  reading: z.object({ of: z.number().int(), read: z.number().int() }).optional(),
});
export type BulletinView = z.infer<typeof bulletinView>;

export const bulletinDetail = z.object({
  view: bulletinView,
  readers: z.array(z.object({ agent: z.string(), name: z.string(), at: instant.optional() })),
});
export type BulletinDetail = z.infer<typeof bulletinDetail>;

export const bulletinRead = z.object({ version: z.number().int().min(1).max(100_000) });
