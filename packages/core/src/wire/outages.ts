import { z } from 'zod';
import { outageKinds } from '../outages/kinds.ts';

const instant = z.number().int();
const names = z.array(z.string().min(1).max(60)).max(50);

const facts = {
  title: z.string().min(1).max(120),
  areas: names,
  /** queues whose callers it concerns; empty = all */
  queues: names,
  /** dialled numbers whose callers it concerns; empty = all */
  numbers: names,
  /** callers are told before they wait */
  announced: z.boolean(),
  dueAt: instant.optional(),
};

export const newOutage = z.object({
  /** chosen by the page: sent again, it registers no second one */
  outage: z.string().regex(/^[0-9A-Za-z-]{6,18}$/),
  kind: z.enum(outageKinds),
  ...facts,
});
export type NewOutage = z.infer<typeof newOutage>;

export const outageChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('change'), ...facts, reason: z.string().min(1).max(200) }),
  /** `tell`: by text message where there is a mobile number and a gateway, or by calls alone; `owners`: 工号 of who calls */
  z.object({ do: z.literal('restore'), tell: z.enum(['sms', 'call']), owners: z.array(z.string().min(1).max(64)).max(50) }),
]);
export type OutageChange = z.infer<typeof outageChange>;

/** Somebody who asked in this call to be told. `number`: absent = the calling number. */
export const outageCaller = z.object({ interaction: z.string().min(1).max(64), number: z.string().max(32).optional() });

export const outageView = z.object({
  outage: z.string(),
  kind: z.enum(outageKinds),
  ...facts,
  state: z.enum(['open', 'restored']),
  openedAt: instant,
  openedBy: z.string(),
  /** the restoration that was promised first */
  firstDueAt: instant.optional(),
  restoredAt: instant.optional(),
  /** callers who asked to be told, and of them those who were */
  callers: z.object({ all: z.number().int(), told: z.number().int(), open: z.number().int() }),
});
export type OutageView = z.infer<typeof outageView>;

export const outageStep = z.object({
  at: instant,
  type: z.string(),
  agent: z.string().optional(),
  reason: z.string().optional(),
  dueAt: instant.optional(),
});
export const outageDetail = z.object({
  view: outageView,
  steps: z.array(outageStep),
  callers: z.array(
    z.object({
      promise: z.string(),
      interaction: z.string().optional(),
      owner: z.string(),
      state: z.string(),
      dueAt: instant,
      settledAt: instant.optional(),
      /** of the text message, where one was written */
      sent: z.enum(['queued', 'sent', 'dead']).optional(),
    }),
  ),
});
export type OutageDetail = z.infer<typeof outageDetail>;
