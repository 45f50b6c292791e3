import { z } from 'zod';

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const sealed = z.string().min(24).max(20_000).regex(base64);

/** What only its writer can open: sealed in the browser, kept as it is. */
export const privateKey = z.object({ salt: z.string().min(20).max(64).regex(base64), proof: z.string().min(24).max(200).regex(base64) });
export type PrivateKey = z.infer<typeof privateKey>;

export const newPrivateNote = z.object({ note: z.string().min(1).max(64), sealed });

export const privateNotes = z.object({
  /** absent until a passphrase was chosen */
  key: privateKey.optional(),
  notes: z.array(newPrivateNote.extend({ at: z.number().int() })),
  /** days after which a note is deleted */
  days: z.number().int(),
});
export type PrivateNotes = z.infer<typeof privateNotes>;
