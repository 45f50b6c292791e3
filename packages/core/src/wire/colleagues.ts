import { z } from 'zod';
import { bilingual } from './events.ts';

export const colleague = z.object({
  agent: z.string(),
  name: z.string(),
  unit: z.string(),
  state: z.string(),
  /** can be rung now */
  free: z.boolean(),
});
export type Colleague = z.infer<typeof colleague>;

/** To whom a caller can be transferred in the house. */
export const colleagues = z.object({
  people: z.array(colleague),
  queues: z.array(z.object({ queue: z.string(), name: bilingual, free: z.number().int(), present: z.number().int() })),
});
export type Colleagues = z.infer<typeof colleagues>;
