import { shifted } from '../match/evaluate.ts';
import { noting, type Scene } from '../match/scene.ts';
import { roleMatches } from '../match/world.ts';
import { closeLeaf, leafDue, leafOver } from '../operators/leaf.ts';
import type { Instant, TraceEvent } from '../trace.ts';
import type { Edges } from './facts.ts';
import { feedInstance, rememberTick } from './feed.ts';
import { concerns, recall } from './grow.ts';
import { takeOffers, undelivered } from './offers.ts';
import type { LeafPlan, NormPlan } from './plan.ts';
import { knowledge, type LeafState, type Residual } from './residual.ts';
import { spawn, takeTriggers } from './spawn.ts';
import { caps, type Instance, type NormState } from './state.ts';
import { bareScene, doubtful, dropDone, eachLeaf, emit, inEffect, sceneOf, settle, type Work } from './work.ts';

const nothing: readonly never[] = [];

export function newNormState(): NormState {
  return {
    count: 0,
    instances: nothing,
    lasting: nothing,
    ticks: nothing,
    offers: nothing,
    echoes: nothing,
    due: undefined,
  };
}

/** Takes an event of the norm's sources: first what is pending, then triggers. `opening`: the talk begins with it. */
export function takeEvent(work: Work, event: TraceEvent, edges: Edges, opening: boolean): void {
  const { plan, state } = work;
  const waits = state.instances.length > 0 || state.lasting.length > 0;
  if (state.instances.length > 0) feedDuties(work, event, edges);
  if (state.echoes.length > 0) feedEchoes(work, event, edges);
  takeLasting(work, event, edges);
  if (plan.ringTriggered) takeOffers(work, event);
  takeTriggers(work, event, edges, opening);
  rememberTick(work, event);
  if (waits || state.instances.length > 0 || state.lasting.length > 0) refreshDue(work);
}

function feedDuties(work: Work, event: TraceEvent, edges: Edges): void {
  for (const instance of work.state.instances) {
    feedInstance(work, instance, event, edges);
    settle(work, instance, event.occurredAt, false);
  }
  dropDone(work.state);
}

function feedEchoes(work: Work, event: TraceEvent, edges: Edges): void {
  const { state } = work;
  for (const echo of state.echoes) feedInstance(work, echo, event, edges);
  state.echoes = state.echoes.filter((echo) => knowledge(echo.body) === '?');
}

function takeLasting(work: Work, event: TraceEvent, edges: Edges): void {
  const { plan, state, world } = work;
  const { trigger } = plan.norm;
  if (trigger.kind !== 'onLasting') return;
  if (edges.closed.length > 0) state.lasting = state.lasting.filter((one) => !edges.closed.some((closed) => closed.id === one.id));
  for (const one of edges.opened) {
    if (one.interval !== trigger.interval || !roleMatches(world, trigger.role, one.by)) continue;
    const due = shifted(event.occurredAt, trigger.length, bareScene(work, event.occurredAt));
    if (due !== undefined && state.lasting.length < caps.instances)
      state.lasting = [...state.lasting, { id: one.id, due, trigger: { fields: event.fields } }];
  }
}

/** Every event at or before `at` has been seen; settles what falls due, in order. */
export function passTime(work: Work, at: Instant): void {
  const { plan, state } = work;
  while (state.due !== undefined && state.due <= at) {
    const now = state.due;
    for (const instance of state.instances) {
      eachLeaf(work, instance, (leaf, leafPlan) => leafOver(leaf, leafPlan, now, work.facts));
      settle(work, instance, now, false);
    }
    dropDone(state);
    if (plan.norm.trigger.kind === 'onLasting') {
      const ripe = state.lasting.filter((one) => one.due <= now);
      state.lasting = state.lasting.filter((one) => one.due > now);
      for (const one of inEffect(work, now) ? ripe : []) spawn(work, { key: one.id, at: now, opened: one.trigger, binds: {}, slots: {} });
    }
    refreshDue(work);
  }
}

function refreshDue(work: Work): void {
  const { state, plan } = work;
  let due = never;
  for (const { body, unless } of state.instances) {
    due = Math.min(due, earliestDue(body, plan));
    if (unless !== undefined) due = Math.min(due, earliestDue(unless, plan));
  }
  for (const one of state.lasting) due = Math.min(due, one.due);
  const known = due === never ? undefined : due;
  if (state.due !== known) state.due = known;
}

const never = Number.POSITIVE_INFINITY;

/** When time alone decides the first of the leaves. */
function earliestDue(residual: Residual, plan: NormPlan): number {
  switch (residual.k) {
    case 'const':
      return never;
    case 'leaf': {
      const leafPlan = plan.leaves[residual.plan];
      return (leafPlan && leafDue(residual, leafPlan)) ?? never;
    }
    case 'not':
      return earliestDue(residual.of, plan);
    default: {
      let due = never;
      for (const item of residual.of) due = Math.min(due, earliestDue(item, plan));
      return due;
    }
  }
}

/** Closes every window; what could still have been met is cut. The event that ends the scope has been taken already; the state is of no use afterwards. */
export function endScope(work: Work, at: Instant): void {
  const { plan, state, facts } = work;
  for (const instance of state.instances) {
    const scene = sceneOf(work, instance, at);
    eachLeaf(work, instance, (leaf, leafPlan) => closeAtEnd(work, instance, leaf, leafPlan, at, scene));
    settle(work, instance, at, true);
  }
  for (const offer of state.offers) undelivered(work, offer, at);
  const gap = facts.gaps.find((one) => plan.norm.triggerSources.includes(one.source));
  if (gap !== undefined && inEffect(work, at)) {
    emit(work, doubtful('trigger', at, facts.charge, []), at, { value: 'unknown', reason: `trigger-source:${gap.reason}` });
  }
}

function closeAtEnd(work: Work, instance: Instance, leaf: LeafState, plan: LeafPlan, at: Instant, scene: Scene): void {
  if (leaf.v !== '?') return;
  const { window, kind } = plan.formula;
  if (window.kind === 'lastPart' && kind !== 'every') {
    const from = shifted(at, window.length, scene, -1);
    leaf.from = from ?? at;
    leaf.ticked = leaf.attestable && work.state.ticks.some((tick) => tick.at >= leaf.from && concerns(tick, leaf));
    const own = work.plan.norm.trigger.kind === 'onEvent' || work.plan.norm.trigger.kind === 'onInterval' ? instance.key : undefined;
    recall(leaf, plan, work, noting(scene, leaf.binds), own);
  }
  if (leaf.v === '?' && kind !== 'every') leaf.cut = !leaf.proper && !(leaf.to !== undefined && leaf.to <= at);
  closeLeaf(leaf, plan, at, work.facts);
}
