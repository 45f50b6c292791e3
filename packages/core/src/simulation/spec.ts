import { z } from 'zod';
import { hotlinePlan, skillLevels } from '../wire/hotline-plan.ts';

const lasting = z.strictObject({
  meanMs: z.number().min(1).max(86_400_000),
  shape: z.enum(['exponential', 'fixed']).optional(),
});
const perHour = z.number().min(0).max(10_000_000);

/** A day to be simulated, as a file says it: the plan, who works, and who calls. */
export const simulationSpec = z.strictObject({
  plan: hotlinePlan,
  /** groups of people with the same skills */
  staff: z
    .array(z.strictObject({ count: z.number().int().min(1).max(100_000), skills: skillLevels.default({}) }))
    .min(1)
    .max(10_000),
  hours: z.number().min(0.01).max(240).default(24),
  /** routed and not counted, so that the day is under way */
  warmUpMs: z.number().int().min(0).default(0),
  /** the first instant, for queues with hours, ms UTC */
  from: z.number().int().min(0).default(0),
  calls: z
    .array(
      z.strictObject({
        queue: z.string(),
        perHour: z.union([perHour, z.array(perHour).min(1).max(240)]),
        handle: lasting,
        /** absent = nobody gives up */
        patience: lasting.optional(),
      }),
    )
    .max(1000)
    .default([]),
});
export type SimulationSpec = z.infer<typeof simulationSpec>;
