import { z } from 'zod';
import { appealGrounds } from '../appeals/grounds.ts';
import { bilingual } from './events.ts';

const instant = z.number().int();

export const appealRow = z.object({
  appeal: z.string(),
  interaction: z.string(),
  norm: z.string(),
  /** norm and key of the verdict */
  verdict: z.string(),
  title: bilingual.optional(),
  cites: z.array(z.string()).optional(),
  form: z.enum(['explanation', 'appeal']),
  ground: z.enum(appealGrounds),
  agent: z.string(),
  agentName: z.string().optional(),
  words: z.string().optional(),
  state: z.enum(['open', 'upheld', 'rejected']),
  filedAt: instant,
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
  reason: z.string().optional(),
});
export type AppealRow = z.infer<typeof appealRow>;

export const newAppeal = z.object({
  norm: z.string().min(1).max(128),
  key: z.string().min(1).max(200),
  form: z.enum(['explanation', 'appeal']),
  ground: z.enum(appealGrounds),
  words: z.string().trim().min(1).max(2000),
});
export type NewAppeal = z.infer<typeof newAppeal>;

export const appealDecision = z.object({ upheld: z.boolean(), reason: z.string().trim().min(1).max(200) });
