import { rings, takeoverEvents, ticked } from '../match/anatomy.ts';
import { noting, type Scene } from '../match/scene.ts';
import { closeLeaf, feedLeaf } from '../operators/leaf.ts';
import type { TraceEvent } from '../trace.ts';
import type { Edges } from './facts.ts';
import { concerns } from './grow.ts';
import type { LeafState } from './residual.ts';
import { caps, type Instance, type Tick } from './state.ts';
import { eachLeaf, sceneOf, type Work } from './work.ts';

/** Offers an event to every leaf of a duty; an event that closes a window still counts inside it. */
export function feedInstance(work: Work, instance: Instance, event: TraceEvent, edges: Edges): void {
  const at = event.occurredAt;
  const tick = event.type === ticked && event.fields['norm'] === work.plan.norm.id ? tickOf(event) : undefined;
  let scene: Scene | undefined;
  eachLeaf(work, instance, (leaf, plan) => {
    if (leaf.v !== '?') return;
    if (plan.types.has(event.type)) {
      scene ??= sceneOf(work, instance, at);
      feedLeaf(leaf, plan, event, isBare(leaf.binds) ? scene : noting(scene, leaf.binds), work.facts);
    }
    if (tick !== undefined && leaf.attestable && at >= leaf.from && at <= (leaf.to ?? at) && concerns(tick, leaf)) leaf.ticked = true;
    if (leaf.until !== undefined && edges.closed.some((one) => one.id === leaf.until)) closeLeaf(leaf, plan, at, work.facts);
  });
  noteTakeover(instance, event);
  if (event.type === rings && instance.undelivered === event.fields['leg']) instance.undelivered = undefined;
}

function isBare(binds: LeafState['binds']): boolean {
  for (const _ in binds) return false;
  return true;
}

export function noteTakeover(instance: Instance, event: TraceEvent): void {
  if (!takeoverEvents.has(event.type)) return;
  const agent = event.fields['agent'];
  if (typeof agent === 'string') instance.receiver ??= agent;
}

function tickOf(event: TraceEvent): Tick {
  const part = event.fields['part'];
  return { at: event.occurredAt, ...(typeof part === 'string' ? { part } : {}) };
}

/** Ticks are kept for duties that look back. */
export function rememberTick({ plan, state }: Work, event: TraceEvent): void {
  if (event.type !== ticked || event.fields['norm'] !== plan.norm.id) return;
  state.ticks = [...state.ticks.slice(1 - caps.ticks), tickOf(event)];
}
