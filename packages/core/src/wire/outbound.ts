import { z } from 'zod';
import { outboundResults } from '../timeline/outbound-results.ts';
import { bilingual } from './events.ts';

/** Why we call: told without anything personal; what it is about stands in the points. */
export const outboundPurposes = ['promised', 'redial', 'answer', 'correct', 'verify', 'notify', 'revisit', 'other'] as const;
export const outboundPurpose = z.enum(outboundPurposes);
export type OutboundPurpose = z.infer<typeof outboundPurpose>;

export const outboundResult = z.enum(outboundResults);
export type OutboundResult = z.infer<typeof outboundResult>;

const id = z.string().regex(/^[0-9A-Za-z-]{8,64}$/);

/** Whom to call: one of a promise, a call that dropped, or a number. */
export const outboundRequest = z.object({
  /** of the new call, chosen by the page: sent again, it is no second call */
  interaction: id,
  promise: z.string().min(1).max(128).optional(),
  redials: z.string().min(1).max(128).optional(),
  number: z.string().min(1).max(32).optional(),
  purpose: outboundPurpose,
  /** what is to be said and asked, one point a line */
  note: z.string().max(2000).optional(),
  customer: z.string().min(1).max(64).optional(),
  override: z.string().max(200).optional(),
});
export type OutboundRequest = z.infer<typeof outboundRequest>;

/** What is known before the call: shown, so that it is prepared (S1a-12). */
export const outboundPreview = z.object({
  number: z.string().optional(),
  purpose: outboundPurpose,
  about: z.string().optional(),
  tried: z.number().int(),
  tries: z.number().int(),
  /** now is a time at which people may be called; else when it is so again */
  callingTime: z.boolean(),
  nextTime: z.number().int().optional(),
  /** why it cannot be dialled at all */
  refused: z.object({ code: z.string(), message: bilingual, remedy: bilingual }).optional(),
});
export type OutboundPreview = z.infer<typeof outboundPreview>;
