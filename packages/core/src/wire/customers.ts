import { z } from 'zod';
import { promiseView } from './desk.ts';
import { interactionRow } from './interactions.ts';
import { ticketRow } from './tickets.ts';

const instant = z.number().int();
const customerId = z.string().regex(/^[0-9A-Za-z-]{4,64}$/);
const name = z.string().trim().min(1).max(60);
const number = z
  .string()
  .trim()
  .regex(/^[+0-9 ()-]{3,32}$/, 'digits, plus, space, brackets and dash; 3 to 32');

/** What a search shows before identity is confirmed: enough to ask for the rest, nothing of any matter. */
export const customerHit = z.object({
  customer: z.string(),
  /** surname and stars */
  name: z.string(),
  /** last four digits */
  numbers: z.array(z.string()),
  lastContactAt: instant.optional(),
  /** the file may be opened by this person */
  open: z.boolean(),
});
export type CustomerHit = z.infer<typeof customerHit>;

export const fullNotice = z.object({ notice: z.string(), items: z.array(z.string()), told: z.array(z.string()) });
export const caseView = z.object({
  case: z.string(),
  state: z.enum(['open', 'closed']),
  /** 首问负责 */
  first: z.string(),
  firstName: z.string().optional(),
  openedAt: instant,
  closedAt: instant.optional(),
  contacts: z.number().int(),
  notices: z.array(fullNotice),
});
export type CaseView = z.infer<typeof caseView>;

/** Everything of one customer, for who may open the file. */
export const customerFile = z.object({
  customer: z.string(),
  name: z.string(),
  numbers: z.array(z.string()),
  /** no redial, no messages */
  unsafe: z.boolean(),
  createdAt: instant,
  merged: z.array(z.string()),
  cases: z.array(caseView),
  promises: z.array(promiseView),
  tickets: z.array(ticketRow),
  contacts: z.array(interactionRow),
});
export type CustomerFile = z.infer<typeof customerFile>;

export const newCustomer = z.object({ customer: customerId, name, numbers: z.array(number).min(1).max(10) });
export type NewCustomer = z.infer<typeof newCustomer>;

export const customerChange = z.object({
  name: name.optional(),
  numbers: z.array(number).min(1).max(10).optional(),
  unsafe: z.boolean().optional(),
});
export type CustomerChange = z.infer<typeof customerChange>;

export const confirmIdentity = z.object({
  interaction: z.string().min(1).max(128),
  method: z.enum(['asked', 'number-and-name', 'document', 'callback']),
  result: z.enum(['owner', 'authorised', 'unknown', 'refused']),
});

export const mergeCustomers = z.object({ into: customerId });

export const caseChange = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('begin-notice'),
    notice: z.string().regex(/^[0-9A-Za-z-]{4,64}$/),
    items: z.array(z.string().trim().max(100)).min(1).max(30),
  }),
  z.object({ do: z.literal('tell'), notice: z.string(), item: z.string() }),
  z.object({ do: z.literal('close') }),
]);
export type CaseChange = z.infer<typeof caseChange>;
