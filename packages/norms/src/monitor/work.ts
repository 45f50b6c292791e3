import { localDate } from '../match/calendar.ts';
import { noMeasure, type Scene } from '../match/scene.ts';
import { decided, type World } from '../match/world.ts';
import type { Instant, Verdict } from '../trace.ts';
import type { UnionPlan } from './facts.ts';
import { type Charged, charged, type Settled, verdictOf, witnessesOf } from './instance.ts';
import type { LeafPlan, NormPlan } from './plan.ts';
import { type Proposal, proposalsOf } from './proposals.ts';
import { constant, type LeafState, visitLeaves } from './residual.ts';
import { caps, type Facts, type Instance, type NormState, type Past } from './state.ts';

/** One norm at work: what it needs to take an event or the passing of time, and where its verdicts go. The norms of a group take turns in one. */
export interface Work {
  plan: NormPlan;
  state: NormState;
  readonly past: Past;
  readonly facts: Facts;
  readonly unions: readonly UnionPlan[];
  readonly world: World;
  readonly out: Emitted;
  /** made once for all norms of the group that look at an event */
  bare: Scene | undefined;
}

/** Whoever looks at an event without a duty. */
export type Onlooker = Pick<Work, 'world' | 'facts' | 'bare'>;

/** What a step of the engine gives: verdicts that settled, and what norms propose to people. */
export interface Emitted {
  readonly verdicts: Verdict[];
  readonly proposals: Proposal[];
}

export const nothingEmitted = (): Emitted => ({ verdicts: [], proposals: [] });

/** Does the norm hold on the day of an instant? Both its dates are days on which it does. */
export function inEffect({ plan, world }: Work, at: Instant): boolean {
  const { effective } = plan.norm;
  if (effective === undefined || !decided(world, 9)) return true;
  const day = localDate(world.env.calendar, at);
  return effective.from <= day && (effective.to === undefined || day <= effective.to);
}

/** What patterns of no particular duty are matched against. */
export function bareScene(work: Onlooker, now: Instant): Scene {
  const { bare, world, facts } = work;
  if (bare?.now === now) return bare;
  const { attributes, uttered } = facts;
  work.bare = { world, binds: nothingNoted, trigger: undefined, attributes, now, uttered, measure: noMeasure };
  return work.bare;
}

const nothingNoted: Scene['binds'] = Object.freeze({});
const nothing: readonly never[] = [];

export function sceneOf(work: Work, instance: Instance, now: Instant): Scene {
  const { world, facts } = work;
  return {
    world,
    binds: instance.binds,
    trigger: instance.trigger,
    attributes: instance.attributes,
    now,
    uttered: facts.uttered,
    measure: noMeasure,
  };
}

export function eachLeaf(work: Work, instance: Instance, visit: (leaf: LeafState, plan: LeafPlan) => void): void {
  const visited = (leaf: LeafState) => {
    const plan = work.plan.leaves[leaf.plan];
    if (plan !== undefined) visit(leaf, plan);
  };
  visitLeaves(instance.body, visited);
  if (instance.unless !== undefined) visitLeaves(instance.unless, visited);
}

/** An instance that never lived: it only carries what a verdict names. */
export function doubtful(key: string, at: Instant, inCharge: string | undefined, witnesses: Instance['witnesses']): Instance {
  const trigger = { fields: {} };
  return { key, at, trigger, binds: {}, attributes: {}, ...(inCharge === undefined ? {} : { inCharge }), witnesses, body: constant('U') };
}

/** Gives a duty its verdict if there is one now; the caller drops what is done. */
export function settle(work: Work, instance: Instance, at: Instant, ending: boolean): void {
  if (instance.done === true) return;
  const result = verdictOf(work.plan, work.facts, instance, at, ending);
  if (result === undefined) return;
  instance.done = true;
  emit(work, instance, at, result);
  if (result.value === 'kept' || result.value === 'broken') propose(work, instance, result.value, at);
  if (!ending && (result.value === 'broken' || result.value === 'unknown')) keepEchoes(work, instance);
}

/** Gives what the norm proposes on this occasion. */
export function propose(work: Work, instance: Instance, on: Proposal['on'], at: Instant): void {
  if (!work.plan.proposes.has(on)) return;
  work.out.proposals.push(...proposalsOf(work.plan, instance, on, at, sceneOf(work, instance, instance.at)));
}

/** A missed prompt does not end the waiting: the next one is due a period later, for the guide alone. */
function keepEchoes({ plan, state }: Work, instance: Instance): void {
  visitLeaves(instance.body, (leaf) => {
    if (plan.leaves[leaf.plan]?.formula.kind !== 'every' || (leaf.v !== 'F' && leaf.v !== 'U')) return;
    if (!leaf.positive || leaf.next === undefined || state.echoes.length >= caps.echoes) return;
    const { done: _done, unless: _unless, ...rest } = instance;
    state.echoes = [...state.echoes, { ...rest, body: { ...leaf, v: '?', ticked: false, witnesses: [] } }];
  });
}

/** Drops the duties that have their verdict. */
export function dropDone(state: NormState): void {
  for (const { done } of state.instances) {
    if (done !== true) continue;
    state.instances = state.instances.length === 1 ? nothing : state.instances.filter((one) => one.done !== true);
    return;
  }
}

export function emit(work: Work, instance: Instance, at: Instant, result: Settled): void {
  emitFor(work, instance, at, result, charged(work.plan, work.world, instance, work.facts.charge, at));
}

export function emitFor({ plan, out }: Work, instance: Instance, at: Instant, result: Settled, whom: Charged): void {
  const { norm } = plan;
  out.verdicts.push({
    norm: norm.id,
    pack: plan.pack,
    packVersion: plan.packVersion,
    key: instance.key,
    anchor: instance.at,
    at,
    value: result.value,
    reason: result.reason,
    missing: result.missing,
    who: whom.who,
    inChargeThen: whom.inChargeThen,
    inChargeDue: whom.inChargeDue,
    cites: norm.cites,
    witnesses: witnessesOf(instance, result),
    nature: norm.nature,
  });
}
