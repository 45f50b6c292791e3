import { z } from 'zod';
import { pauseReasons } from '../tickets/clock.ts';
import { suggestionValues, ticketKinds, ticketResults } from '../tickets/state.ts';

const instant = z.number().int();
/** Stands in the event in clear: names no person. */
const reason = z.string().trim().min(1).max(200);
const text = z.string().max(5000);

export const ticketStage = z.enum(['draft', 'dispatched', 'in-work', 'returned', 'resolved', 'told', 'closed']);

export const ticketRow = z.object({
  ticket: z.string(),
  kind: z.string(),
  stage: ticketStage,
  title: z.string().optional(),
  owner: z.string(),
  firstReceiver: z.string(),
  department: z.string().optional(),
  departmentName: z.string().optional(),
  madeAt: instant,
  /** as it stands now, with what counts of a pause */
  dueAt: instant.optional(),
  firstDueAt: instant.optional(),
  paused: z.object({ at: instant, reason: z.string() }).optional(),
  returns: z.number().int(),
  urged: z.number().int(),
  supervised: z.boolean(),
  exception: z.string().optional(),
  result: z.string().optional(),
  score: z.number().int().optional(),
  reopened: z.number().int(),
  secret: z.boolean(),
  customer: z.string().optional(),
  interaction: z.string().optional(),
  /** of a suggestion */
  value: z.enum(suggestionValues).optional(),
  award: z.string().optional(),
});
export type TicketRowOnWire = z.infer<typeof ticketRow>;

export const ticketAct = z.enum([
  'dispatch',
  'acknowledge',
  'return',
  'note',
  'pause',
  'resume',
  'urge',
  'supervise',
  'ask-exception',
  'decide-exception',
  'resolve',
  'tell-customer',
  'revisit',
  'reopen',
  'change-owner',
  'close',
  'value',
]);
export type TicketAct = z.infer<typeof ticketAct>;

export const ticketDetail = z.object({
  row: ticketRow,
  about: z.string().optional(),
  answer: z.string().optional(),
  missing: z.array(z.string()),
  exception: z.object({ exception: z.string(), reason: z.string(), by: z.string(), dueAt: instant.optional() }).optional(),
  pauseRules: z.array(z.object({ reason: z.enum(pauseReasons), mostMs: z.number().int() })),
  pausesLeft: z.number().int(),
  steps: z.array(
    z.object({
      at: instant,
      type: z.string(),
      agent: z.string().optional(),
      facts: z.record(z.string(), z.string()),
      note: z.string().optional(),
    }),
  ),
  /** what this person may do with it now */
  may: z.array(ticketAct),
});
export type TicketDetail = z.infer<typeof ticketDetail>;

export const newTicket = z.object({
  /** chosen by the page: sent again, it makes no second ticket */
  ticket: z.string().regex(/^[0-9A-Za-z-]{6,64}$/),
  kind: z.enum(ticketKinds),
  title: z.string().trim().min(1).max(200),
  about: text,
  interaction: z.string().max(128).optional(),
  customer: z.string().max(64).optional(),
  proposal: z.string().max(128).optional(),
  secret: z.boolean().optional(),
  demand: z.boolean().optional(),
  category: z.string().max(100).optional(),
  contact: z.boolean().optional(),
  /** dispatched at once */
  dispatch: z.object({ department: z.string().min(1).max(64), dueAt: instant }).optional(),
});
export type NewTicket = z.infer<typeof newTicket>;

export const ticketChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('dispatch'), department: z.string().min(1).max(64), dueAt: instant }),
  z.object({ do: z.literal('acknowledge') }),
  z.object({
    do: z.literal('return'),
    because: z.enum(['incomplete', 'not-ours', 'duplicate']),
    reason,
    missing: z.array(z.string().trim().min(1).max(100)).max(30).default([]),
  }),
  z.object({ do: z.literal('note'), note: z.string().trim().min(1).max(2000) }),
  z.object({ do: z.literal('pause'), reason: z.enum(pauseReasons) }),
  z.object({ do: z.literal('resume') }),
  z.object({ do: z.literal('urge') }),
  z.object({ do: z.literal('supervise'), reason }),
  z.object({ do: z.literal('ask-exception'), exception: z.enum(['extension', 'not-ours']), reason, dueAt: instant.optional() }),
  z.object({ do: z.literal('decide-exception'), approved: z.boolean(), reason: z.string().max(200) }),
  z.object({ do: z.literal('resolve'), result: z.enum(ticketResults), answer: text }),
  z.object({ do: z.literal('tell-customer'), channel: z.enum(['phone', 'sms', 'mail', 'visit', 'chat']) }),
  z.object({
    do: z.literal('revisit'),
    resolved: z.boolean(),
    score: z.number().int().min(1).max(5).optional(),
    reason: z.string().max(200).optional(),
    dueAt: instant.optional(),
  }),
  z.object({ do: z.literal('reopen'), reason, dueAt: instant }),
  z.object({ do: z.literal('change-owner'), to: z.string().min(1).max(64) }),
  z.object({ do: z.literal('close') }),
  z.object({ do: z.literal('value'), value: z.enum(suggestionValues), award: z.string().max(200).optional() }),
]);
export type TicketChange = z.infer<typeof ticketChange>;
