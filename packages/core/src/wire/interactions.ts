import { z } from 'zod';
import { wireEvent, wireVerdict } from './events.ts';

export const interactionRow = z.object({
  interaction: z.string(),
  startedAt: z.number().int(),
  endedAt: z.number().int().optional(),
  channel: z.string(),
  origin: z.enum(['live', 'replay', 'import']),
  agent: z.string().optional(),
  agentName: z.string().optional(),
  queue: z.string().optional(),
  talkMs: z.number().int(),
  kept: z.number().int(),
  broken: z.number().int(),
  unknown: z.number().int(),
  moot: z.number().int(),
  outcome: z.string().optional(),
});
export type InteractionRow = z.infer<typeof interactionRow>;

export const interactionDetail = z.object({
  interaction: z.string(),
  row: interactionRow,
  events: z.array(wireEvent),
  verdicts: z.array(wireVerdict),
  recording: z
    .object({
      recording: z.string(),
      startedAt: z.number().int(),
      durationMs: z.number().int(),
      /** false: this person may see the call but not hear it */
      audible: z.boolean(),
    })
    .optional(),
  /** the pack that judged it, and how much could be told at all: (kept + broken) ÷ (kept + broken + unknown) */
  judged: z.object({ pack: z.string(), version: z.number().int(), judgeable: z.number().min(0).max(1).optional() }).optional(),
});
export type InteractionDetail = z.infer<typeof interactionDetail>;

/** Two channels of peaks, 0–1, for the waveform: caller left, agent right. */
export const peaks = z.object({
  durationMs: z.number().int(),
  perSecond: z.number(),
  left: z.array(z.number()),
  right: z.array(z.number()),
});
export type Peaks = z.infer<typeof peaks>;
