import { z } from 'zod';

/** Acting for a customer (W17) and contacts (W18): templates, what an agent does, and what the panel shows. */

const id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, 'letters, digits, dot, dash, underscore; at most 64');
const named = z.strictObject({ zh: z.string().min(1).max(60), en: z.string().min(1).max(60) });
const named200 = z.strictObject({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });

const templateField = z.strictObject({
  field: id,
  name: named,
  /** absent = any text */
  choices: z
    .array(z.strictObject({ value: id, name: named }))
    .min(2)
    .max(20)
    .optional(),
  /** may stay empty */
  optional: z.boolean().optional(),
});
export type TemplateField = z.infer<typeof templateField>;

const templateExtra = z.strictObject({
  /** `surcharge`, `balance` and `expiry` are known to norms; any other id is the hotline's own */
  item: id,
  name: named,
  /** the sentence that tells it */
  say: named200.optional(),
  /** only when this field has this value */
  when: z.strictObject({ field: id, is: z.string().min(1).max(200) }).optional(),
  /** only in calls, or only in chats; absent = in both */
  medium: z.enum(['call', 'chat']).optional(),
  /** the customer is told, but consent does not wait for it */
  advice: z.boolean().optional(),
});
export type TemplateExtra = z.infer<typeof templateExtra>;

/** What a plan must hold, who may ask for it and what the customer is told, for one product. */
export const actTemplate = z.strictObject({
  template: id,
  name: named,
  /** who may ask for it */
  rights: z
    .array(z.enum(['owner', 'authorised']))
    .min(1)
    .max(2),
  fields: z.array(templateField).min(1).max(30),
  extras: z.array(templateExtra).max(10).default([]),
});
export type ActTemplate = z.infer<typeof actTemplate>;

/** Longest value of a field of a plan, characters. */
export const longestValue = 500;
export const planValues = z
  .record(z.string().max(64), z.string().max(longestValue))
  .refine((values) => Object.keys(values).length <= 30, 'at most 30 fields');
export type PlanValues = z.infer<typeof planValues>;

const operation = { proxy: z.string().min(1).max(64) } as const;
const digest = z.string().min(1).max(128);
const ownerData = z.strictObject({ name: z.string().min(1).max(60), contact: z.string().min(1).max(60) });

/** What an agent does while acting for a customer. */
export const actingAct = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('verify'),
    /** user name or id of the account */
    customer: z.string().min(1).max(64),
    method: z.enum(['asked', 'number-and-name', 'document', 'callback']),
    result: z.enum(['owner', 'authorised', 'unknown', 'refused']),
  }),
  z.object({ kind: z.literal('request'), template: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('confirm-right'), ...operation, right: z.enum(['owner', 'authorised']) }),
  z.object({ kind: z.literal('fill-plan'), ...operation, values: planValues }),
  z.object({ kind: z.literal('tell-extra'), ...operation, item: z.string().min(1).max(64) }),
  /** `digest`: of the plan that stood on the screen */
  z.object({ kind: z.literal('read-back'), ...operation, digest }),
  z.object({ kind: z.literal('consent'), ...operation, digest }),
  /** `values`: what is carried out, field by field */
  z.object({ kind: z.literal('execute'), ...operation, consent: z.string().min(1).max(64), values: planValues }),
  z.object({ kind: z.literal('tell-result'), ...operation, outcome: z.enum(['done', 'failed']) }),
  z.object({ kind: z.literal('decline'), ...operation, reason: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('check-owner'), company: z.string().min(1).max(120), outcome: z.enum(['matches', 'differs']) }),
  /** `callBy`: the owner is called back by then, to be verified */
  z.object({ kind: z.literal('name-owner'), owner: ownerData, callBy: z.number().int().optional() }),
  z.object({ kind: z.literal('update-owner'), owner: ownerData }),
  /** a contact in WeChat: asked for, accepted by the customer, named */
  z.object({ kind: z.literal('ask-contact'), contact: z.string().min(1).max(128) }),
  z.object({ kind: z.literal('contact-accepted'), contact: z.string().min(1).max(128) }),
  /** `user`: user name or id of the account, by which the contact is to be named */
  z.object({
    kind: z.literal('name-contact'),
    contact: z.string().min(1).max(128),
    user: z.string().min(1).max(64),
    name: z.string().min(1).max(128),
  }),
]);
export type ActingAct = z.infer<typeof actingAct>;

/** `POST /api/acting`; `command` is chosen by the page and makes a repeated request harmless. */
export const actingRequest = z.object({ command: z.string().uuid(), interaction: z.string().min(1).max(128), do: actingAct });

export const actingSteps = ['identity', 'right', 'plan', 'extras', 'read-back', 'consent', 'execute', 'result'] as const;
export type ActingStep = (typeof actingSteps)[number];

const operationView = z.object({
  proxy: z.string(),
  template: actTemplate,
  state: z.enum(['open', 'executed', 'told', 'declined']),
  right: z.enum(['owner', 'authorised']).optional(),
  /** as it stands; absent for who may not see it, and after an erasure */
  values: planValues.optional(),
  digest: z.string().optional(),
  missing: z.array(z.string()),
  /** items that this plan asks to be told, and those that were */
  extras: z.array(z.string()),
  told: z.array(z.string()),
  readBack: z.boolean(),
  consent: z.string().optional(),
  /** the step that comes next; absent when all is done */
  next: z.enum(actingSteps).optional(),
  /** why it cannot be carried out now */
  blocked: z.object({ refused: z.string(), message: z.string(), remedy: z.string() }).optional(),
});
export type OperationView = z.infer<typeof operationView>;

/** `GET /api/acting/:interaction`. */
export const actingView = z.object({
  interaction: z.string(),
  /** the conversation goes on and this agent has the customer */
  open: z.boolean(),
  medium: z.enum(['call', 'chat']),
  identity: z.enum(['none', 'owner', 'authorised', 'unknown', 'refused']),
  operations: z.array(operationView),
  owner: z.object({ company: z.enum(['none', 'matches', 'differs']), named: z.boolean(), updated: z.boolean() }),
  contact: z.enum(['none', 'requested', 'accepted', 'named', 'misnamed']),
  templates: z.array(actTemplate),
});
export type ActingView = z.infer<typeof actingView>;

/** What was done for the customer in one conversation, as it stays. `GET /api/interactions/:id/acting`, `GET /api/customers/:customer/acting`. */
export const actingRecord = z.object({
  interaction: z.string(),
  proxy: z.string(),
  product: z.string(),
  name: named,
  at: z.number().int(),
  agent: z.string().optional(),
  /** by the names of the fields; absent after an erasure */
  plan: z.array(z.object({ field: z.string(), name: named, value: z.string(), choice: named.optional() })).optional(),
  right: z.enum(['owner', 'authorised']).optional(),
  consentedAt: z.number().int().optional(),
  executedAt: z.number().int().optional(),
  outcome: z.enum(['done', 'failed']).optional(),
  declined: z.string().optional(),
  /** codes of attempts that were stopped */
  blocked: z.array(z.string()),
});
export type ActingRecord = z.infer<typeof actingRecord>;

export const actingDone = z.object({ ok: z.literal(true), view: actingView.optional() });

const manyTemplates = z.array(actTemplate).max(50);

/** What agents may do for customers, and who changed it when. `GET /api/acting-templates`. */
export const actingTemplates = z.object({
  templates: manyTemplates,
  /** nobody has changed what ships */
  delivered: z.boolean(),
  /** of the templates as they stand: to be sent back with a change, so that nobody overwrites what they have not seen */
  state: z.string(),
  versions: z.array(
    z.object({ version: z.number().int(), madeAt: z.number().int(), madeBy: z.string(), note: z.string(), templates: manyTemplates }),
  ),
});
export type ActingTemplates = z.infer<typeof actingTemplates>;

/** `PUT /api/acting-templates`: all of them; what does not check comes back with its place. */
export const changeTemplates = z.object({
  state: z.string().max(128),
  note: z.string().trim().min(1).max(200),
  templates: z.array(z.unknown()).max(50),
});

export const templatesChanged = z.object({
  version: z.number().int().optional(),
  /** `place`: `1.fields.0.name.zh`, of the list that was sent; nothing was saved while there are any */
  faults: z.array(z.object({ place: z.string(), expected: z.object({ zh: z.string(), en: z.string() }), found: z.string() })),
});
export type TemplatesChanged = z.infer<typeof templatesChanged>;
