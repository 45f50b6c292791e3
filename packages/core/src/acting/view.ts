import { speak } from '../errors/refusal.ts';
import { type ActingStep, type ActingView, actingSteps, type OperationView, type PlanValues } from '../wire/acting.ts';
import type { ActingScene } from './commands.ts';
import { whyBlocked } from './lifecycle.ts';
import type { Acting, Operation } from './state.ts';

/** What the panel shows of a conversation; `values`: the plan of an operation as the vault has it, for who may see it. */
export function actingViewOf(
  acting: Acting,
  scene: ActingScene,
  values: (proxy: string) => PlanValues | undefined,
  language: 'zh' | 'en',
): ActingView {
  const operations = acting.operations.flatMap((one) => operationView(acting, one, scene, values(one.proxy), language) ?? []);
  const { company, ownerNamed: named, ownerUpdated: updated } = acting;
  return {
    interaction: scene.interaction,
    open: scene.holder === scene.agent,
    medium: scene.medium,
    identity: acting.identity,
    operations,
    owner: { company, named, updated },
    contact: acting.contact,
    templates: [...scene.templates],
  };
}

function operationView(
  acting: Acting,
  operation: Operation,
  scene: ActingScene,
  values: PlanValues | undefined,
  language: 'zh' | 'en',
): OperationView | undefined {
  const template = scene.templates.find((one) => one.template === operation.template);
  if (template === undefined) return undefined;
  const { proxy, right, plan, told, consent } = operation;
  const refusal = whyBlocked(acting, operation, scene);
  const next = nextStep(acting, operation);
  return {
    proxy,
    template,
    state: operation.declined ? 'declined' : operation.resultTold ? 'told' : operation.executed ? 'executed' : 'open',
    missing: [...(plan?.missing ?? [])],
    extras: [...(plan?.extras ?? [])],
    told: [...told],
    readBack: plan !== undefined && operation.readBack === plan.digest,
    ...(right === undefined ? {} : { right }),
    ...(values === undefined ? {} : { values }),
    ...(plan === undefined ? {} : { digest: plan.digest }),
    ...(consent === undefined ? {} : { consent: consent.consent }),
    ...(next === undefined ? {} : { next }),
    ...(refusal === undefined ? {} : { blocked: speak(refusal, language) }),
  };
}

/** The first step that is not done; undefined when all are, or the operation was declined. */
function nextStep({ identity }: Acting, operation: Operation): ActingStep | undefined {
  const { right, plan, told, readBack, consent, executed, resultTold, declined } = operation;
  if (declined || resultTold) return undefined;
  if (executed) return 'result';
  const done: Readonly<Record<ActingStep, boolean>> = {
    identity: identity === 'owner' || identity === 'authorised',
    right: right !== undefined,
    plan: plan !== undefined && plan.missing.length === 0,
    extras: plan?.extras.every((item) => told.includes(item)) ?? false,
    'read-back': plan !== undefined && readBack === plan.digest,
    consent: consent !== undefined,
    execute: false,
    result: false,
  };
  return actingSteps.find((step) => !done[step]);
}
