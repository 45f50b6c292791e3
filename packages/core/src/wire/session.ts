import { z } from 'zod';

export const role = z.enum(['agent', 'leader', 'reviewer', 'norm-owner', 'operations', 'administrator', 'department']);
export type RoleName = z.infer<typeof role>;

export const signInBody = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) });

export const me = z.object({
  /** 工号, also the agent id in the timeline */
  agent: z.string(),
  name: z.string(),
  roles: z.array(role),
  /** organisation unit and its ancestors, outermost first */
  unit: z.array(z.object({ id: z.string(), name: z.string() })),
  hotline: z.object({ id: z.string(), name: z.string(), number: z.string() }),
  /** to be sent as x-csrf-token with every request that changes something */
  csrf: z.string(),
  demo: z.boolean(),
});
export type Me = z.infer<typeof me>;

/** Demo mode only: what the sign-in page lists. */
export const demoAccount = z.object({ login: z.string(), password: z.string(), name: z.string(), roles: z.array(role), about: z.string() });
export type DemoAccount = z.infer<typeof demoAccount>;
