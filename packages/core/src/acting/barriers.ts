import { type Refusal, refuse } from '../errors/refusal.ts';
import type { ActTemplate, PlanValues } from '../wire/acting.ts';
import type { ActingScene } from './commands.ts';
import type { Acting, Operation } from './state.ts';
import { extrasOf, missingIn, planText, tidied } from './templates.ts';

/** The conversation goes on, and this agent has the customer. */
export function inConversation({ agent, holder, handlers }: ActingScene): Refusal | undefined {
  if (holder === agent) return undefined;
  return refuse(handlers.includes(agent) && holder === undefined ? 'acting.conversation-over' : 'acting.not-yours');
}

/** The customer hears the agent: nothing is told, read back or agreed to while music plays. */
export function heard(scene: ActingScene): Refusal | undefined {
  return inConversation(scene) ?? (scene.away ? refuse('acting.customer-away') : undefined);
}

/** Who the person is, and with what right (S1h-09, S1h-10). */
export function entitled(acting: Acting, operation: Operation, template: ActTemplate): Refusal | undefined {
  const { identity } = acting;
  if (identity !== 'owner' && identity !== 'authorised') return refuse('acting.identity-unknown');
  if (!template.rights.includes(identity)) return refuse('acting.not-entitled', { template: template.name.zh });
  return operation.right === identity ? undefined : refuse('acting.right-unconfirmed');
}

/** A plan that can be agreed to: complete by the template as it is now (S1h-11, S1h-12, S1h-15, S1h-16). */
export function complete({ plan }: Operation, template: ActTemplate): Refusal | undefined {
  if (plan === undefined) return refuse('acting.no-plan');
  return lacking(plan.missing, template);
}

function lacking(missing: readonly string[], { fields }: ActTemplate): Refusal | undefined {
  if (missing.length === 0) return undefined;
  const names = missing.map((id) => fields.find(({ field }) => field === id)?.name.zh ?? id);
  return refuse('acting.plan-incomplete', { fields: names.join('、') });
}

/** Everything that this plan asks to be told was told (S1h-13, S1h-14). */
export function informed({ told, plan }: Operation, template: ActTemplate): Refusal | undefined {
  const untold = (plan?.extras ?? []).filter((item) => !told.includes(item));
  if (untold.length === 0) return undefined;
  const names = untold.map((item) => template.extras.find((extra) => extra.item === item)?.name.zh ?? item);
  return refuse('acting.extras-untold', { items: names.join('、') });
}

export function readBack({ plan, readBack: read }: Operation): Refusal | undefined {
  return plan !== undefined && read === plan.digest ? undefined : refuse('acting.not-read-back');
}

/** The customer's yes, of this conversation, to this very plan, heard by who acts (S1h-18, S1h-19, S1h-20). */
export function consented({ plan, consent, lapsed }: Operation): Refusal | undefined {
  if (consent !== undefined && consent.digest === plan?.digest) return undefined;
  switch (lapsed) {
    case 'plan':
      return refuse('acting.consent-outdated');
    case 'handover':
      return refuse('acting.consent-of-colleague');
    default:
      return refuse('acting.no-consent');
  }
}

/** What is carried out is what was agreed to, field by field. */
export function sameAsAgreed(operation: Operation, values: PlanValues, template: ActTemplate, scene: ActingScene): Refusal | undefined {
  const agreed = operation.consent?.digest === scene.digest(planText(operation.proxy, operation.template, values));
  // The template may ask for more than it did when the plan was agreed to.
  return agreed ? lacking(missingIn(template, tidied(values)), template) : refuse('acting.differs');
}

/** Why the customer cannot be asked for a yes now; undefined = can. */
export function barrierToConsent(acting: Acting, operation: Operation, template: ActTemplate, scene: ActingScene): Refusal | undefined {
  return (
    heard(scene) ??
    entitled(acting, operation, template) ??
    complete(operation, template) ??
    informed(operation, template) ??
    readBack(operation)
  );
}

/** Why the operation cannot be carried out now, whatever is sent; undefined = can. */
export function barrierToExecution(acting: Acting, operation: Operation, template: ActTemplate, scene: ActingScene): Refusal | undefined {
  return (
    inConversation(scene) ??
    entitled(acting, operation, template) ??
    complete(operation, template) ??
    informed(operation, template) ??
    consented(operation)
  );
}

/** Items that consent waits for. */
export function itemsToTell(template: ActTemplate, values: PlanValues, { medium }: Pick<ActingScene, 'medium'>): readonly string[] {
  return extrasOf(template, values, medium)
    .filter(({ advice }) => advice !== true)
    .map(({ item }) => item);
}
