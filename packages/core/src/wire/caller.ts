import { z } from 'zod';

/** The web page /call: no account. POST /api/caller/calls → token, then the socket /caller-live?token=… */
export const startCallBody = z.object({
  language: z.enum(['zh', 'en']),
  queue: z.string().max(64).optional(),
  /** 工号 of whom the caller wants to speak to */
  agent: z.string().max(64).optional(),
});
export const startedCall = z.object({
  call: z.string(),
  token: z.string(),
  /** shown at the head of the page */
  hotline: z.object({ name: z.string(), number: z.string() }).optional(),
});

export const callerState = z.enum(['connecting', 'notice', 'queued', 'ringing', 'talking', 'held', 'ended', 'nobody']);

export const callerPush = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), connection: z.string(), sdp: z.string() }),
  /** the page's answer was taken: only now does it use the offer's candidates */
  z.object({ kind: z.literal('accepted'), connection: z.string() }),
  z.object({
    kind: z.literal('state'),
    state: callerState,
    since: z.number().int(),
    position: z.number().int().optional(),
    agentNumber: z.string().optional(),
    hold: z.object({ reason: z.string(), limitMs: z.number().int(), startedAt: z.number().int() }).optional(),
    recording: z.boolean(),
    /** `nobody` and `ended`: what was promised */
    promise: z.object({ dueAt: z.number().int() }).optional(),
  }),
  z.object({ kind: z.literal('refused'), refused: z.string(), message: z.string() }),
]);
export type CallerPush = z.infer<typeof callerPush>;

export const callerMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), connection: z.string(), sdp: z.string().max(20_000) }),
  z.object({ kind: z.literal('reconnect') }),
  z.object({ kind: z.literal('hang-up') }),
  z.object({ kind: z.literal('digit'), digit: z.string().regex(/^[0-9*#]$/) }),
  z.object({ kind: z.literal('ask-callback'), number: z.string().min(3).max(32) }),
]);
export type CallerMessage = z.infer<typeof callerMessage>;
