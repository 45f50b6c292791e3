import { z } from 'zod';

/** A file that belongs to a chat, a ticket or a piece of knowledge, without its bytes. */
export const attachmentRow = z.object({
  attachment: z.string(),
  name: z.string().optional(),
  /** media type, decided by the content */
  type: z.string(),
  family: z.enum(['image', 'document', 'text', 'audio', 'video']),
  bytes: z.number().int(),
  /** 工号 of who brought it, or `customer` */
  by: z.string(),
  at: z.number().int(),
  /** false: nobody looked for malware in it */
  scanned: z.boolean(),
  /** the bytes are not there any more */
  gone: z.object({ at: z.number().int(), why: z.enum(['expired', 'erased', 'removed']) }).optional(),
});
export type AttachmentRow = z.infer<typeof attachmentRow>;

/** What files of matters belong to. */
export const matterOwner = z.object({ kind: z.enum(['ticket', 'knowledge']), id: z.string().min(1).max(64) });
export type MatterOwner = z.infer<typeof matterOwner>;

export const filesOfMatter = z.object({
  files: z.array(attachmentRow),
  /** this person may add files */
  add: z.boolean(),
  /** this person may remove also what others brought */
  removeAny: z.boolean(),
  mostMegabytes: z.number().int(),
});
export type FilesOfMatter = z.infer<typeof filesOfMatter>;
