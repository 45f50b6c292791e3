import { z } from 'zod';

const instant = z.number().int();

export const outboxChannels = ['mail', 'sms'] as const;
export const outboxStates = ['queued', 'sent', 'dead'] as const;

/** What is sent to a caller in writing in place of dictating it. */
export const newMessage = z
  .object({
    /** chosen by the page: sent again, it makes no second message */
    message: z.string().regex(/^[0-9A-Za-z-]{6,64}$/),
    channel: z.enum(outboxChannels),
    to: z.string().trim().min(3).max(254),
    /** of a mail */
    subject: z.string().trim().min(1).max(200).optional(),
    text: z.string().trim().min(1).max(5000),
    interaction: z.string().min(1).max(128).optional(),
    customer: z.string().min(1).max(64).optional(),
  })
  .refine(({ channel, subject }) => channel === 'sms' || subject !== undefined, 'a mail has a subject');
export type NewMessage = z.infer<typeof newMessage>;

export const outboxRow = z.object({
  message: z.string(),
  channel: z.enum(outboxChannels),
  state: z.enum(outboxStates),
  /** masked: `138****8000`, `w***@example.org` */
  to: z.string(),
  by: z.string(),
  madeAt: instant,
  attempts: z.number().int(),
  /** why it was not sent, as a sentence in the reader's language */
  fault: z.string().optional(),
  /** the next try, while it is queued */
  nextAt: instant.optional(),
  settledAt: instant.optional(),
  interaction: z.string().optional(),
});
export type OutboxRow = z.infer<typeof outboxRow>;

/** Which channels this server can send by. */
export const outboxChannelList = z.object({ channels: z.array(z.enum(outboxChannels)) });

/** What was told of a notice in a call, as a text to send. */
export const noticeText = z.object({ subject: z.string(), text: z.string(), open: z.number().int() });
export type NoticeText = z.infer<typeof noticeText>;
