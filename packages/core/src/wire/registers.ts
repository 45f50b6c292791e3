import { z } from 'zod';

const instant = z.number().int();
const id = z.string().min(1).max(64);
const line = z.string().trim().min(1).max(200);
const steps = z.array(z.string().trim().min(1).max(100)).min(1).max(30);

export const emergencyView = z.object({
  emergency: z.string(),
  interaction: z.string().optional(),
  about: z.string(),
  state: z.enum(['raised', 'acknowledged', 'registered', 'closed', 'reviewed']),
  raisedAt: instant,
  acknowledgedAt: instant.optional(),
  acknowledgedBy: z.string().optional(),
  /** nobody took it in hand in time: it went up */
  escalatedAt: instant.optional(),
  plan: z.string().optional(),
  steps: z.array(z.string()),
  done: z.array(z.string()),
  /** what happened, for who may read it */
  account: z.string().optional(),
  /** who was told */
  told: z.string().optional(),
  outcome: z.string().optional(),
  closedAt: instant.optional(),
  closedBy: z.string().optional(),
  finding: z.string().optional(),
});
export type EmergencyView = z.infer<typeof emergencyView>;

export const emergencyChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('acknowledge') }),
  z.object({ do: z.literal('plan'), plan: id }),
  z.object({ do: z.literal('step'), step: line }),
  /** 登记: what happened, and who was told */
  z.object({ do: z.literal('register'), account: z.string().trim().min(1).max(2000), told: line }),
  z.object({ do: z.literal('close'), outcome: line }),
  z.object({ do: z.literal('review'), finding: line }),
]);
export type EmergencyChange = z.infer<typeof emergencyChange>;

export const emergencyPlan = z.object({ plan: id, title: line, steps });
export type EmergencyPlan = z.infer<typeof emergencyPlan>;

export const anomalyKind = z.enum(['system', 'line', 'business', 'other']);
export const newAnomaly = z.object({ anomaly: id, kind: anomalyKind, what: z.string().trim().min(1).max(500), interaction: id.optional() });
export type NewAnomaly = z.infer<typeof newAnomaly>;

export const anomalyChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('assign'), to: id }),
  z.object({ do: z.literal('fix'), note: line }),
  z.object({ do: z.literal('confirm') }),
]);

export const anomalyView = newAnomaly.extend({
  reporter: z.string(),
  at: instant,
  state: z.enum(['open', 'assigned', 'fixed', 'confirmed']),
  owner: z.string().optional(),
  note: z.string().optional(),
  changedAt: instant,
});
export type AnomalyView = z.infer<typeof anomalyView>;

/** One thing that waits for a leader, whatever it is. */
export const inboxItem = z.object({
  kind: z.enum(['alert', 'emergency', 'anomaly', 'exception', 'appeal', 'forced-state', 'rest', 'talk']),
  id: z.string(),
  at: instant,
  severity: z.enum(['info', 'warn', 'urgent']),
  title: z.string(),
  who: z.string().optional(),
  interaction: z.string().optional(),
  /** of an exception */
  ticket: z.string().optional(),
  acknowledgedBy: z.string().optional(),
});
export type InboxItem = z.infer<typeof inboxItem>;
