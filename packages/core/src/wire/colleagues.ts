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

/** An expert at a seat: consultations in the last hour, and as many as the seat allows. */
const expert = z.object({
  ...{ agent: z.string(), name: z.string(), state: z.string(), free: z.boolean() },
  ...{ consults: z.number().int(), most: z.number().int().optional() },
});

/** To whom a caller can be transferred in the house. */
export const colleagues = z.object({
  people: z.array(colleague),
  queues: z.array(z.object({ queue: z.string(), name: bilingual, free: z.number().int(), present: z.number().int() })),
  /** items of self-service whose flow is in force, and the other ways that are named to who will not use it */
  selfService: z.object({ items: z.array(z.object({ item: z.string(), name: bilingual })), channels: z.array(bilingual) }),
  /** the availability board of the expert seats */
  seats: z.array(z.object({ seat: z.string(), name: bilingual, free: z.number().int(), experts: z.array(expert) })),
});
export type Colleagues = z.infer<typeof colleagues>;
