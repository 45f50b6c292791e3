import { z } from 'zod';
import { longestFlow } from '../call-flow/read.ts';

const name = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u, 'letters, digits, dot, dash, underscore; at most 40');
const version = z.coerce.number().int().min(1).max(1_000_000);
const instant = z.number().int();

export const flowStates = ['draft', 'live', 'superseded', 'withdrawn'] as const;

export const flowParams = z.object({ flow: name });
export const flowVersionParams = z.object({ flow: name, version });

export const flowRow = z.object({
  flow: z.string(),
  version: z.number().int(),
  state: z.enum(flowStates),
  author: z.string(),
  changedAt: instant,
  publisher: z.string().optional(),
  publishedAt: instant.optional(),
});
export type FlowRow = z.infer<typeof flowRow>;

export const flowDetail = flowRow.extend({ text: z.string(), revision: z.number().int() });
export type FlowDetail = z.infer<typeof flowDetail>;

export const newFlowBody = z.strictObject({ from: z.number().int().min(1).optional() });
export const newFlowAnswer = z.object({ version: z.number().int() });

export const saveFlowBody = z.strictObject({ revision: z.number().int().min(1), text: z.string().max(longestFlow) });
export const saveFlowAnswer = z.object({ revision: z.number().int() });

/** What the page checks a text against while it is written. */
export const flowHouse = z.object({
  queues: z.array(z.string()),
  prompts: z.array(z.string()),
  voicemail: z.boolean(),
  lookupHosts: z.array(z.string()),
});

export const promptParams = z.object({ prompt: z.string().min(1).max(64) });
export const promptVersionParams = promptParams.extend({ version });

export const promptRow = z.object({
  prompt: z.string(),
  /** what it should say; of a prompt of a flow nothing is known */
  says: z.object({ zh: z.string(), en: z.string() }).optional(),
  /** by people of this hotline, as a stand-in that came with the product, or not at all */
  standing: z.enum(['recorded', 'placeholder', 'missing']),
  /** flows that play it */
  flows: z.array(z.string()),
  versions: z.array(
    z.object({
      version: z.number().int(),
      inUse: z.boolean(),
      durationMs: z.number().int(),
      peakDb: z.number().int(),
      madeAt: instant,
      madeBy: z.string(),
    }),
  ),
});
export type PromptRow = z.infer<typeof promptRow>;

export const promptKept = z.object({ version: z.number().int(), durationMs: z.number().int(), peakDb: z.number().int() });
