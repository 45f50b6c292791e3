import { utteranceEvents } from '../match/anatomy.ts';
import { shifted } from '../match/evaluate.ts';
import { matchEvent } from '../match/event.ts';
import type { Scene } from '../match/scene.ts';
import { roleMatches } from '../match/world.ts';
import { gapTouching } from '../monitor/facts.ts';
import type { LeafPlan } from '../monitor/plan.ts';
import type { LeafState } from '../monitor/residual.ts';
import type { Facts } from '../monitor/state.ts';
import { overflow, statedByAgent } from '../reasons.ts';
import type { Instant, TraceEvent } from '../trace.ts';
import { recurrenceDue, recurrenceOver, takePrompt } from './every.ts';
import { takeHappening } from './happens.ts';
import type { Knowledge } from './kleene.ts';
import type { Offered } from './offered.ts';
import { takeStep } from './sequence.ts';

/** An event that is before us. */
export function presently(event: TraceEvent, plan: LeafPlan, scene: Scene): Offered {
  return {
    at: event.occurredAt,
    event: event.id,
    match(i) {
      const pattern = plan.patterns[i];
      return pattern === undefined ? { v: 'F', binds: {}, slots: {} } : matchEvent(pattern, event, scene);
    },
  };
}

/** Offers an event, present or remembered, to a leaf whose window it lies in. */
export function take(leaf: LeafState, plan: LeafPlan, offered: Offered, scene: Scene): void {
  switch (plan.formula.kind) {
    case 'happens':
      takeHappening(leaf, offered);
      return;
    case 'sequence':
      takeStep(leaf, offered);
      return;
    case 'every':
      takePrompt(leaf, offered, shifted(offered.at, plan.formula.period, scene));
      return;
  }
}

/** An event has happened. One that closes the window still counts inside it, but for the utterance that begins a turn too many. */
export function feedLeaf(leaf: LeafState, plan: LeafPlan, event: TraceEvent, scene: Scene, facts: Facts): void {
  if (leaf.v !== '?' || !plan.types.has(event.type)) return;
  const at = event.occurredAt;
  if (at < leaf.from || (leaf.to !== undefined && at > leaf.to)) return;
  const { window } = plan.formula;
  const mine = window.kind === 'utterances' && utteranceEvents.has(event.type) ? roleMatches(scene.world, plan.role, event.by) : undefined;
  if (mine !== undefined && window.kind === 'utterances' && window.unit === 'turn' && turnsUsedUp(leaf, mine)) {
    closeLeaf(leaf, plan, at, facts);
    return;
  }
  if (window.kind !== 'lastPart' || plan.formula.kind === 'every') take(leaf, plan, presently(event, plan, scene), scene);
  const closes =
    (window.kind === 'until' && matchEvent(window.pattern, event, scene).v === 'T') ||
    (mine === true && window.kind === 'utterances' && window.unit === 'utt' && lastUtterance(leaf));
  if (closes) closeLeaf(leaf, plan, at, facts);
}

/** A turn begins when the side speaks after the other one did. */
function turnsUsedUp(leaf: LeafState, mine: boolean): boolean {
  const begins = mine && leaf.turn !== 'mine';
  leaf.turn = mine ? 'mine' : 'other';
  if (!begins) return false;
  leaf.left = (leaf.left ?? 0) - 1;
  return leaf.left < 0;
}

function lastUtterance(leaf: LeafState): boolean {
  leaf.left = (leaf.left ?? 0) - 1;
  return leaf.left <= 0;
}

/** The window is over at `at` and every event of it has been seen. */
export function closeLeaf(leaf: LeafState, plan: LeafPlan, at: Instant, facts: Facts): void {
  if (leaf.v !== '?') return;
  const { v, why } = closedValue(leaf, plan, at, facts);
  leaf.v = v;
  if (why !== undefined) leaf.why = why;
}

/** What the leaf would be if its window closed at `at`. A gap in its window, or matches that may have been, make absence unknown. */
export function closedValue(leaf: LeafState, plan: LeafPlan, at: Instant, facts: Facts): { readonly v: Knowledge; readonly why?: string } {
  if (plan.formula.kind === 'every') return { v: 'T' };
  const absent = leaf.most ? 'T' : 'F';
  const why = whyUnknown(leaf, plan, at, facts);
  if (leaf.ticked && !leaf.most) return { v: 'U', why: statedByAgent };
  return why === undefined ? { v: absent } : { v: 'U', why };
}

function whyUnknown(leaf: LeafState, plan: LeafPlan, at: Instant, facts: Facts): string | undefined {
  const gap = gapTouching(facts, plan.sources, Math.min(leaf.from, at), at);
  if (gap !== undefined) return `gap:${gap.reason}`;
  if (leaf.overflow) return overflow;
  if (leaf.doubt === undefined) return undefined;
  return plan.formula.kind === 'sequence' || leaf.seen + leaf.possible >= leaf.need ? leaf.doubt : undefined;
}

/** The instant at which time alone decides the leaf. */
export function leafDue(leaf: LeafState, plan: LeafPlan): Instant | undefined {
  if (leaf.v !== '?') return undefined;
  return plan.formula.kind === 'every' ? recurrenceDue(leaf) : leaf.to;
}

/** `at` is over, and the leaf was due by then. */
export function leafOver(leaf: LeafState, plan: LeafPlan, at: Instant, facts: Facts): void {
  const due = leafDue(leaf, plan);
  if (due === undefined || due > at) return;
  if (plan.formula.kind === 'every') recurrenceOver(leaf, plan.sources, facts);
  else closeLeaf(leaf, plan, due, facts);
}
