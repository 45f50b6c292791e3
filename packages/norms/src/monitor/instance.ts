import type { World } from '../match/world.ts';
import { closedValue } from '../operators/leaf.ts';
import { ended, excused, notDelivered, statedByAgent } from '../reasons.ts';
import type { Instant, Verdict, Witness } from '../trace.ts';
import type { NormPlan } from './plan.ts';
import { knowledge, type LeafState, missingParts, type Residual, reasonOf, visitLeaves } from './residual.ts';
import type { Facts, Instance } from './state.ts';

export type Settled = Pick<Verdict, 'value' | 'reason' | 'missing'>;

/** Value of a residual if every open window closed now. */
export function ifClosed(plan: NormPlan, facts: Facts, at: Instant): (leaf: LeafState) => 'T' | 'F' | 'U' | '?' {
  return (leaf) => {
    const leafPlan = plan.leaves[leaf.plan];
    return leafPlan === undefined ? 'U' : closedValue(leaf, leafPlan, at, facts).v;
  };
}

/**
 * From knowledge to verdict (language.md §8.7): fulfilment beats excuse, excuse beats breach, an unknown excuse makes a breach
 * unknown. Undefined while the duty is open.
 */
export function verdictOf(plan: NormPlan, facts: Facts, instance: Instance, at: Instant, ending: boolean): Settled | undefined {
  const body = knowledge(instance.body);
  if (body === 'T') return { value: 'kept' };
  if (instance.unless !== undefined && knowledge(instance.unless) === 'T') return { value: 'moot', reason: excused };
  if (body === '?') return undefined;
  if (body === 'U') return { value: 'unknown', reason: reasonOf(instance.body) };
  if (ending && wasCut(instance.body) && plan.norm.atEnd !== 'broken') return { value: 'moot', reason: ended };
  if (instance.unless !== undefined && knowledge(instance.unless, ifClosed(plan, facts, at)) === 'U') {
    return { value: 'unknown', reason: `unless:${excuseReason(plan, facts, instance.unless, at)}` };
  }
  if (instance.undelivered !== undefined) return { value: 'unknown', reason: notDelivered };
  const missing = missingParts(instance.body);
  return missing.length === 0 ? { value: 'broken' } : { value: 'broken', missing };
}

function wasCut(residual: Residual): boolean {
  let cut = false;
  visitLeaves(residual, (leaf) => {
    cut ||= leaf.cut;
  });
  return cut;
}

/** Why the excuse cannot be told: an open leaf would give its reason when closed. */
function excuseReason(plan: NormPlan, facts: Facts, unless: Residual, at: Instant): string {
  let reason: string | undefined;
  visitLeaves(unless, (leaf) => {
    const leafPlan = plan.leaves[leaf.plan];
    if (reason === undefined && leaf.v === '?' && leafPlan !== undefined) reason = closedValue(leaf, leafPlan, at, facts).why;
  });
  return reason ?? reasonOf(unless);
}

/** Most witnesses that a verdict names. */
const mostWitnesses = 24;

export function witnessesOf(instance: Instance, settled: Settled): readonly Witness[] {
  const all: Witness[] = [...instance.witnesses];
  const take = (leaf: LeafState) => {
    for (const witness of leaf.witnesses) all.push(witness);
  };
  visitLeaves(instance.body, take);
  if (settled.reason === excused && instance.unless !== undefined) visitLeaves(instance.unless, take);
  if (all.length < 2) return all;
  const different: Witness[] = [];
  for (const witness of all) {
    if (different.length === mostWitnesses) break;
    if (!different.some((one) => isSame(one, witness))) different.push(witness);
  }
  return different;
}

function isSame(one: Witness, other: Witness): boolean {
  return one.event === other.event && one.span?.[0] === other.span?.[0] && one.span?.[1] === other.span?.[1];
}

export interface Charged {
  readonly who?: string | undefined;
  readonly inChargeThen?: string | undefined;
  readonly inChargeDue?: string | undefined;
}

/** Who answers for a verdict (language.md §8.10). Nobody: it counts for the hotline alone. */
export function charged(plan: NormPlan, world: World, instance: Instance, due: string | undefined, at: Instant): Charged {
  const inChargeThen = instance.inCharge;
  const inChargeDue = due ?? inChargeThen;
  return { who: answerable(plan, world, instance, { inChargeThen, inChargeDue }, at), inChargeThen, inChargeDue };
}

function answerable(
  plan: NormPlan,
  world: World,
  instance: Instance,
  { inChargeThen, inChargeDue }: Charged,
  at: Instant,
): string | undefined {
  const named = (field: string) => {
    const value = instance.trigger.fields[field];
    return typeof value === 'string' ? value : undefined;
  };
  switch (plan.norm.responsible) {
    case 'then':
      return inChargeThen;
    case 'due':
      return inChargeDue;
    case 'receiver':
      return instance.receiver;
    case 'leader':
      return world.env.leaders?.find((shift) => shift.from <= at && at < shift.to)?.agent;
    case 'owner':
      return named('owner');
    case 'department':
      return named('department');
    case 'system':
      return undefined;
  }
}

/** Somebody else was in charge when the duty fell due: a person looks before anything is proposed. */
export function handedOver(verdict: Verdict): boolean {
  return verdict.inChargeThen !== verdict.inChargeDue;
}

/** A duty that would be broken or unknown was claimed by tick. */
export function isAttested(verdict: Verdict): boolean {
  return verdict.value === 'unknown' && verdict.reason === statedByAgent;
}
