import { z } from 'zod';
import { promiseKinds } from '../timeline/promise-kinds.ts';
import { promiseView } from './desk.ts';

const instant = z.number().int();
const reason = z.string().min(1).max(200);

/** `elapsed` and `staffed` in ms, `working-days` in days. */
export const dueTerm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('elapsed'),
    ms: z
      .number()
      .int()
      .min(60_000)
      .max(30 * 86_400_000),
  }),
  z.object({ kind: z.literal('working-days'), days: z.number().int().min(1).max(90) }),
  z.object({
    kind: z.literal('staffed'),
    ms: z
      .number()
      .int()
      .min(60_000)
      .max(30 * 86_400_000),
  }),
]);
export type DueTerm = z.infer<typeof dueTerm>;

/** Asked before a promise is made: when it would fall due and what speaks against it. */
export const dueQuote = z.object({ due: instant, warnings: z.array(z.enum(['outside-hours', 'year-not-published'])) });
export type DueQuoteOnWire = z.infer<typeof dueQuote>;

/** A promise made by hand, outside of a call or after it. */
export const newPromise = z.object({
  /** chosen by the page: sent again, it makes no second promise */
  promise: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
  what: z.enum(promiseKinds),
  dueAt: instant,
  /** absent = who makes it */
  owner: z.string().min(1).max(64).optional(),
  number: z.string().max(32).optional(),
  about: z.string().max(500),
  interaction: z.string().max(128).optional(),
  customer: z.string().max(64).optional(),
  proposal: z.string().max(128).optional(),
  soothed: z.boolean().optional(),
  /** of a message for a colleague: it was read back */
  readBack: z.boolean().optional(),
});
export type NewPromise = z.infer<typeof newPromise>;

export const promiseStep = z.object({ at: instant, type: z.string(), by: z.string().optional(), facts: z.record(z.string(), z.string()) });

/** One promise with what only its owner or a leader sees: the number, and everything that happened. */
export const promiseDetail = z.object({ view: promiseView, number: z.string().optional(), steps: z.array(promiseStep) });
export type PromiseDetail = z.infer<typeof promiseDetail>;

/** Word that a caller left, for who may hear it. `said`: where it was written down and still is. */
export const wordLeft = z.object({
  recording: z.string(),
  at: z.number().int(),
  durationMs: z.number().int().optional(),
  said: z.string().optional(),
});
export type WordLeft = z.infer<typeof wordLeft>;

/** 按时回电率 = kept ÷ due by the first due time, over the last `days`. */
export const promiseFigures = z.object({
  days: z.number().int(),
  due: z.number().int(),
  kept: z.number().int(),
  overdue: z.number().int(),
  unreached: z.number().int(),
});
export type PromiseFigures = z.infer<typeof promiseFigures>;

export const colleague = z.object({ agent: z.string(), name: z.string(), unit: z.string(), leader: z.boolean() });
export type Colleague = z.infer<typeof colleague>;

export const reasonBody = z.object({ reason });
