import { z } from 'zod';
import { skillLevels } from './hotline-plan.ts';
import { role } from './session.ts';

/** 工号: also the agent id in the timeline, so it may stand in file names and addresses. */
export const agentNumber = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/, 'letters, digits, dot, dash, underscore; at most 64');
const login = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._@-]{0,63}$/, 'letters, digits, dot, dash, underscore, @; at most 64');
const displayName = z.string().trim().min(1).max(100);
const unitId = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/, 'letters, digits, dot, dash, underscore; at most 64');
const roles = z
  .array(role)
  .max(role.options.length)
  .transform((found) => [...new Set(found)]);
const password = z.string().min(1).max(256);

export const personRow = z.object({
  agent: z.string(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  roles: z.array(role),
  /** false: may not sign in; never deleted, because the timeline names the person */
  active: z.boolean(),
  /** level of each skill, 1–9 */
  skills: skillLevels,
  createdAt: z.number().int(),
  changedAt: z.number().int(),
});
export type PersonRow = z.infer<typeof personRow>;

export const addPersonBody = z.object({ agent: agentNumber, login, name: displayName, unit: unitId, roles, password });
export type AddPerson = z.infer<typeof addPersonBody>;

/** What is left out stays. Open sessions of the person end. */
export const changePersonBody = z.object({
  login: login.optional(),
  name: displayName.optional(),
  unit: unitId.optional(),
  roles: roles.optional(),
  active: z.boolean().optional(),
});
export type ChangePerson = z.infer<typeof changePersonBody>;

export const setPasswordBody = z.object({ password });
export const changeOwnPasswordBody = z.object({ current: password, password });

export const unitRow = z.object({ unit: z.string(), parent: z.string().optional(), name: z.string(), position: z.number().int() });
export type UnitRow = z.infer<typeof unitRow>;

const position = z.number().int().min(0).max(100_000);
export const addUnitBody = z.object({ unit: unitId, parent: unitId.optional(), name: displayName, position: position.default(0) });
export type AddUnit = z.infer<typeof addUnitBody>;

/** `parent: null` makes it a root. */
export const changeUnitBody = z.object({
  parent: unitId.nullable().optional(),
  name: displayName.optional(),
  position: position.optional(),
});
export type ChangeUnit = z.infer<typeof changeUnitBody>;

export const auditRow = z.object({
  entry: z.number().int(),
  at: z.number().int(),
  action: z.string(),
  actor: z.string().optional(),
  about: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
});
export type AuditRow = z.infer<typeof auditRow>;
