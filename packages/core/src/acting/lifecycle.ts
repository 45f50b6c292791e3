import { type Refusal, refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { ActingAct, ActTemplate } from '../wire/acting.ts';
import {
  barrierToConsent,
  barrierToExecution,
  complete,
  consented,
  heard,
  inConversation,
  informed,
  itemsToTell,
  sameAsAgreed,
} from './barriers.ts';
import type { Act, ActingScene } from './commands.ts';
import { contactAct } from './contact.ts';
import { ownerAct } from './owner.ts';
import type { Acting, Operation } from './state.ts';
import { missingIn, planText, strangeIn, tidied } from './templates.ts';

/** Most operations of one conversation, plans filled in for one of them, and stopped attempts that are written down. */
const mostOperations = 20;
const mostFills = 200;
const mostBlocks = 50;

/**
 * A decision, or a refusal of which the attempt is written down: `refused` goes to who asked, `events` to the timeline.
 * Only an attempt to carry out what was not agreed leaves such a trace.
 */
export type ActingDecision = Decision | { readonly events: readonly NewEvent[]; readonly because: Refusal };

/**
 * What an act of an agent makes of a conversation (W17, W18). INVARIANT (executed as agreed): `proxy.executed` follows only from a
 * consent given in this very conversation, heard by this agent, to this very plan, with identity and right confirmed before it.
 */
export function decideActing(act: ActingAct, acting: Acting, scene: ActingScene): ActingDecision {
  switch (act.kind) {
    case 'verify':
      return verify(act, scene);
    case 'request':
      return request(act, acting, scene);
    case 'check-owner':
    case 'name-owner':
    case 'update-owner':
      return ownerAct(act, acting, scene);
    case 'ask-contact':
    case 'contact-accepted':
    case 'name-contact':
      return contactAct(act, acting, scene);
    default:
      return inOperation(act, acting, scene);
  }
}

/** Who the customer is, also when that cannot be told: then nothing is done for the account. */
function verify({ customer, method, result }: Act<'verify'>, scene: ActingScene): Decision {
  const personal = { customer: { subject: `customer-${customer}`, value: customer } };
  return inConversation(scene) ?? [fact('identity.verified', scene.at, { method, result }, { personal })];
}

function request({ template }: Act<'request'>, acting: Acting, scene: ActingScene): Decision {
  const refusal = inConversation(scene);
  if (refusal !== undefined) return refusal;
  if (scene.templates.every((one) => one.template !== template)) return refuse('acting.template-unknown');
  if (acting.operations.length >= mostOperations) return refuse('acting.too-many', { most: mostOperations });
  return [fact('proxy.requested', scene.at, { proxy: scene.newId(), product: template })];
}

type InOperation = Exclude<
  ActingAct,
  {
    readonly kind:
      | 'verify'
      | 'request'
      | 'check-owner'
      | 'name-owner'
      | 'update-owner'
      | 'ask-contact'
      | 'contact-accepted'
      | 'name-contact';
  }
>;

function inOperation(act: InOperation, acting: Acting, scene: ActingScene): ActingDecision {
  const operation = acting.operations.find(({ proxy }) => proxy === act.proxy);
  if (operation === undefined) return refuse('acting.unknown');
  if (act.kind === 'tell-result') return tellResult(act, operation, scene);
  if (operation.declined) return refuse('acting.declined');
  if (operation.executed) return refuse('acting.done-already');
  if (act.kind === 'decline') return decline(act, scene);
  const template = scene.templates.find((one) => one.template === operation.template);
  if (template === undefined) return refuse('acting.template-unknown');
  switch (act.kind) {
    case 'confirm-right':
      return confirmRight(act, acting, operation, template, scene);
    case 'fill-plan':
      return fillPlan(act, operation, template, scene);
    case 'tell-extra':
      return tellExtra(act, operation, template, scene);
    case 'read-back':
      return readBackPlan(act, operation, template, scene);
    case 'consent':
      return consent(act, acting, operation, template, scene);
    case 'execute':
      return execute(act, acting, operation, template, scene);
  }
}

function confirmRight(
  { proxy, right }: Act<'confirm-right'>,
  acting: Acting,
  operation: Operation,
  template: ActTemplate,
  scene: ActingScene,
): Decision {
  const refusal = heard(scene);
  if (refusal !== undefined) return refusal;
  const { identity } = acting;
  if (identity !== 'owner' && identity !== 'authorised') return refuse('acting.identity-unknown');
  if (right !== identity || !template.rights.includes(right)) return refuse('acting.not-entitled', { template: template.name.zh });
  return operation.right === right ? [] : [fact('proxy.right-confirmed', scene.at, { proxy, kind: right })];
}

function fillPlan({ proxy, values }: Act<'fill-plan'>, operation: Operation, template: ActTemplate, scene: ActingScene): Decision {
  const refusal = inConversation(scene);
  if (refusal !== undefined) return refusal;
  const strange = strangeIn(template, values);
  if (strange !== undefined) return refuse('acting.strange-field', { field: strange });
  if (operation.fills >= mostFills) return refuse('acting.too-many-plans', { most: mostFills });
  const plan = tidied(values);
  const digest = scene.digest(planText(proxy, template.template, plan));
  // The same plan once more changes nothing, and takes back no consent.
  if (operation.plan?.digest === digest) return [];
  const extras = itemsToTell(template, plan, scene);
  const facts = {
    ...{ proxy, product: template.template, filled: Object.keys(plan).sort(), missing: missingIn(template, plan), digest, extras },
    surcharge: extras.includes('surcharge'),
    balance: extras.includes('balance') || extras.includes('expiry'),
  };
  const personal = { plan: { subject: scene.subject, value: JSON.stringify(plan) } };
  return [fact('proxy.plan-filled', scene.at, facts, { personal })];
}

/** Items that norms know stand in `proxy.disclosed`; those of the hotline's own templates beside it. */
const disclosed: readonly string[] = ['surcharge', 'balance', 'expiry'];

function tellExtra({ proxy, item }: Act<'tell-extra'>, operation: Operation, template: ActTemplate, scene: ActingScene): Decision {
  const refusal = heard(scene);
  if (refusal !== undefined) return refusal;
  if (template.extras.every((extra) => extra.item !== item)) return refuse('acting.strange-field', { field: item });
  if (operation.told.includes(item)) return [];
  return [fact(disclosed.includes(item) ? 'proxy.disclosed' : 'proxy.extra-told', scene.at, { proxy, item })];
}

function readBackPlan({ proxy, digest }: Act<'read-back'>, operation: Operation, template: ActTemplate, scene: ActingScene): Decision {
  const refusal = heard(scene) ?? complete(operation, template) ?? informed(operation, template);
  if (refusal !== undefined) return refusal;
  if (operation.plan?.digest !== digest) return refuse('acting.plan-changed');
  return operation.readBack === digest ? [] : [fact('proxy.read-back', scene.at, { proxy, digest })];
}

function consent(act: Act<'consent'>, acting: Acting, operation: Operation, template: ActTemplate, scene: ActingScene): Decision {
  if (operation.plan !== undefined && operation.plan.digest !== act.digest) return refuse('acting.plan-changed');
  const refusal = barrierToConsent(acting, operation, template, scene);
  if (refusal !== undefined) return refusal;
  if (operation.consent?.digest === act.digest) return [];
  const { interaction, at } = scene;
  return [fact('proxy.consented', at, { proxy: act.proxy, consent: scene.newId(), digest: act.digest, interaction })];
}

function execute(act: Act<'execute'>, acting: Acting, operation: Operation, template: ActTemplate, scene: ActingScene): ActingDecision {
  const because =
    barrierToExecution(acting, operation, template, scene) ??
    (operation.consent?.consent === act.consent ? undefined : refuse('acting.consent-elsewhere')) ??
    sameAsAgreed(operation, act.values, template, scene);
  if (because !== undefined) {
    const mine = scene.handlers.includes(scene.agent) && operation.blocks < mostBlocks;
    const blocked = fact('proxy.blocked', scene.at, { proxy: act.proxy, reason: because.refused }, { by: 'system' });
    return mine ? { events: [blocked], because } : because;
  }
  const { consent: agreed, digest } = operation.consent ?? { consent: '', digest: '' };
  return [fact('proxy.executed', scene.at, { proxy: act.proxy, consent: agreed, digest, interaction: scene.interaction })];
}

function tellResult({ proxy, outcome }: Act<'tell-result'>, operation: Operation, scene: ActingScene): Decision {
  const refusal = heard(scene);
  if (refusal !== undefined) return refusal;
  if (!operation.executed) return refuse('acting.not-executed');
  return operation.resultTold ? [] : [fact('proxy.result-told', scene.at, { proxy, outcome })];
}

/** 拒绝代办: also just after the conversation. */
function decline({ proxy, reason }: Act<'decline'>, scene: ActingScene): Decision {
  if (!scene.handlers.includes(scene.agent)) return refuse('acting.not-yours');
  return reason.trim() === '' ? refuse('acting.no-reason') : [fact('proxy.refused', scene.at, { proxy, reason: reason.trim() })];
}

/** Why the operation could not be carried out now, the first missing step first; undefined when it could, or is over. */
export function whyBlocked(acting: Acting, operation: Operation, scene: ActingScene): Refusal | undefined {
  if (operation.executed || operation.declined) return undefined;
  const template = scene.templates.find((one) => one.template === operation.template);
  if (template === undefined) return refuse('acting.template-unknown');
  return barrierToConsent(acting, operation, template, scene) ?? consented(operation);
}
