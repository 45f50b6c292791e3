import { z } from 'zod';
import { promiseView } from './desk.ts';
import { bilingual } from './events.ts';
import { monitorMode } from './monitoring.ts';

export const boardPerson = z.object({
  agent: z.string(),
  name: z.string(),
  unit: z.string(),
  state: z.string(),
  since: z.number().int(),
  /** a small rest: asked for, granted, over at `until`; never why */
  rest: z.object({ askedAt: z.number().int(), granted: z.boolean(), until: z.number().int().optional() }).optional(),
  queue: z.string().optional(),
  interaction: z.string().optional(),
  broken: z.array(z.object({ norm: z.string(), title: bilingual, cites: z.array(z.string()), at: z.number().int() })),
  near: z.array(z.object({ norm: z.string(), title: bilingual, cites: z.array(z.string()), deadline: z.number().int() })),
});
export type BoardPerson = z.infer<typeof boardPerson>;

export const boardQueue = z.object({
  queue: z.string(),
  name: bilingual,
  /** instants at which the waiting callers were first alerted, oldest first */
  waitingSince: z.array(z.number().int()),
  ready: z.number().int(),
  talking: z.number().int(),
  today: z.object({
    offered: z.number().int(),
    answered: z.number().int(),
    answeredInTime: z.number().int(),
    abandoned: z.number().int(),
    abandonedShort: z.number().int(),
    /** went on to another queue, where they are offered again */
    diverted: z.number().int(),
  }),
});
export type BoardQueue = z.infer<typeof boardQueue>;

export const boardCall = z.object({
  interaction: z.string(),
  /** `recorded` = replayed from a stored timeline: shown as 回放 */
  origin: z.enum(['live', 'replay']),
  agent: z.string().optional(),
  queue: z.string().optional(),
  /** 拨测: shown, and counted nowhere */
  test: z.boolean().optional(),
  state: z.enum(['queued', 'ringing', 'talking', 'hold', 'wrap-up', 'closed']),
  /** a leader is on the call */
  monitor: z.object({ leader: z.string(), mode: monitorMode }).optional(),
  since: z.number().int(),
  /** settled so far */
  kept: z.number().int(),
  broken: z.number().int(),
  unknown: z.number().int(),
});
export type BoardCall = z.infer<typeof boardCall>;

export const boardNorm = z.object({
  norm: z.string(),
  title: bilingual,
  cites: z.array(z.string()),
  severity: z.string(),
  today: z.object({ kept: z.number().int(), broken: z.number().int(), unknown: z.number().int(), moot: z.number().int() }),
  /** interactions in which it is broken now, or will be at `deadline` */
  breaking: z.array(z.object({ interaction: z.string(), agent: z.string().optional(), at: z.number().int() })),
});
export type BoardNorm = z.infer<typeof boardNorm>;

export const boardAlert = z.object({
  alert: z.string(),
  at: z.number().int(),
  kind: z.string(),
  severity: z.enum(['info', 'warn', 'urgent']),
  message: z.string(),
  interaction: z.string().optional(),
  agent: z.string().optional(),
  acknowledgedBy: z.string().optional(),
  /** role or 工号 that it is addressed to */
  to: z.string().optional(),
  norm: z.string().optional(),
  promise: z.string().optional(),
  about: z.string().optional(),
  /** of a request for support: somebody has to have come by then */
  due: z.number().int().optional(),
});
export type BoardAlert = z.infer<typeof boardAlert>;

/** The telephone engine is not there: since when, and the code of the fault (docs/guides/asterisk-engine.md). */
export const engineDown = z.object({ since: z.number().int(), code: z.string() });
export type EngineDown = z.infer<typeof engineDown>;

export const boardView = z.object({
  /** instant of the newest event in it; the page shows its age */
  asOf: z.number().int(),
  day: z.string(),
  queues: z.array(boardQueue),
  people: z.array(boardPerson),
  calls: z.array(boardCall),
  norms: z.array(boardNorm),
  alerts: z.array(boardAlert),
  promises: z.array(promiseView),
  /** absent while calls can be taken */
  engineDown: engineDown.optional(),
});
export type BoardView = z.infer<typeof boardView>;
