import type { GroupPlan, Program } from '../program.ts';
import { type Instant, type Source, sources, type TraceEvent, type Verdict } from '../trace.ts';
import { forgetSaid, goingOn, learn, noFacts, remember } from './facts.ts';
import { listeners } from './listeners.ts';
import { endScope, newNormState, passTime, takeEvent } from './norm.ts';
import type { Proposal } from './proposals.ts';
import type { GroupState, State } from './state.ts';
import { type Emitted, nothingEmitted, type Work } from './work.ts';

/** What the engine says: a verdict has settled, a norm proposes something, or an event came too late to be consumed (re-judge the scope). */
export type Output =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'late'; readonly event: TraceEvent };

/** The end of time as a watermark: nothing of the source will come any more. JSON knows no infinity. */
export const forever: Instant = Number.MAX_SAFE_INTEGER;

export type Marks = Readonly<Partial<Record<Source, Instant>>>;

/** The state before the first event of a scope. */
export function start(program: Program): State {
  return {
    marks: {},
    buffer: [],
    groups: program.groups.map((group) => ({ frontier: -1, facts: noFacts(group), norms: group.norms.map(newNormState) })),
  };
}

/**
 * Takes an event in; nothing is judged before `advance`. Owed by the caller: every event of the scope once, with `seq` unique in
 * it. An event at or before its source's watermark is reported late and not consumed. Changes `state`.
 */
export function step(program: Program, state: State, event: TraceEvent): Output[] {
  if (event.occurredAt <= (state.marks[event.source] ?? -1)) return [{ kind: 'late', event }];
  if (!program.sources.includes(event.source)) return [];
  const { buffer } = state;
  let at = buffer.length;
  while (at > 0 && precedes(event, buffer[at - 1])) at--;
  buffer.splice(at, 0, event);
  return [];
}

function precedes(one: TraceEvent, other: TraceEvent | undefined): boolean {
  return other !== undefined && (one.occurredAt < other.occurredAt || (one.occurredAt === other.occurredAt && one.seq < other.seq));
}

/**
 * Watermarks have moved (they never go back): no event of a source at or before its mark will come any more. INVARIANT (in order): a
 * norm consumes the events of its own sources in timeline order, never beyond its frontier – the smallest mark of those sources;
 * before an event at t it settles deadlines < t, and when the frontier reaches f, deadlines ≤ f. Changes `state`.
 */
export function advance(program: Program, state: State, marks: Marks): Output[] {
  for (const source of sources) {
    const mark = marks[source];
    if (mark !== undefined && mark > (state.marks[source] ?? -1)) state.marks[source] = mark;
  }
  const out = nothingEmitted();
  program.groups.forEach((plan, index) => {
    const group = state.groups[index];
    if (group === undefined) return;
    const frontier = frontierOf(plan, state);
    if (frontier > group.frontier) consume(program, plan, group, state.buffer, frontier, out);
  });
  dropConsumed(program, state);
  return [
    ...out.verdicts.map((verdict): Output => ({ kind: 'verdict', verdict })),
    ...out.proposals.map((proposal): Output => ({ kind: 'proposal', proposal })),
  ];
}

function frontierOf(plan: GroupPlan, state: State): Instant {
  let frontier = forever;
  for (const source of plan.sources) frontier = Math.min(frontier, state.marks[source] ?? -1);
  return frontier;
}

/** Takes a group to a frontier: events in order, and time up to and including it. */
export function consume(
  program: Program,
  plan: GroupPlan,
  group: GroupState,
  buffer: readonly TraceEvent[],
  frontier: Instant,
  out: Emitted,
): void {
  for (let i = firstAfter(buffer, group.frontier); i < buffer.length; i++) {
    const event = buffer[i];
    if (event === undefined || event.occurredAt > frontier) break;
    if (group.facts.ended !== undefined) break;
    if (plan.sources.has(event.source)) consumeEvent(program, plan, group, event, out);
  }
  if (group.facts.ended === undefined) passGroupTime(program, plan, group, frontier, out);
  group.frontier = frontier;
  forgetSaid(group.facts, frontier);
}

/** Index of the first buffered event after an instant. */
function firstAfter(buffer: readonly TraceEvent[], at: Instant): number {
  let low = 0;
  let high = buffer.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buffer[middle]?.occurredAt ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function workOn(program: Program, plan: GroupPlan, group: GroupState, index: number, out: Emitted): Work | undefined {
  const norm = plan.norms[index];
  const state = group.norms[index];
  return norm && state && { plan: norm, state, facts: group.facts, unions: plan.unions, world: program.world, out };
}

/** One event of the group's sources, in order: time up to it, the facts, the norms it concerns, the end of the scope. */
export function consumeEvent(program: Program, plan: GroupPlan, group: GroupState, given: TraceEvent, out: Emitted): void {
  passGroupTime(program, plan, group, given.occurredAt - 1, out);
  const { facts } = group;
  const event = goingOn(facts, given, program.world);
  const talking = facts.talk !== undefined;
  const edges = learn(facts, event, plan, program.world);
  const opening = !talking && facts.talk !== undefined;
  const concerned = opening ? plan.norms.keys() : listeners(plan.index, event, program.world);
  for (const index of concerned) {
    const work = workOn(program, plan, group, index, out);
    if (work !== undefined) takeEvent(work, event, edges, opening);
  }
  remember(facts, event, plan, program.world);
  if (!plan.ends.includes(event.type)) return;
  plan.norms.forEach((_, index) => {
    const work = workOn(program, plan, group, index, out);
    if (work !== undefined) endScope(work, event.occurredAt);
  });
  group.facts = { ...noFacts(plan), ended: event.occurredAt };
}

export function passGroupTime(program: Program, plan: GroupPlan, group: GroupState, at: Instant, out: Emitted): void {
  group.norms.forEach((state, index) => {
    if (state.due === undefined || state.due > at) return;
    const work = workOn(program, plan, group, index, out);
    if (work !== undefined) passTime(work, at);
  });
}

/** What every group that reads a source has consumed is needed no more. */
function dropConsumed(program: Program, state: State): void {
  if (state.buffer.length === 0) return;
  const needed = new Map<Source, Instant>();
  program.groups.forEach((plan, index) => {
    const group = state.groups[index];
    if (group === undefined || group.facts.ended !== undefined) return;
    for (const source of plan.sources) needed.set(source, Math.min(needed.get(source) ?? forever, group.frontier));
  });
  const keeps = (event: TraceEvent) => event.occurredAt > (needed.get(event.source) ?? forever);
  if (!state.buffer.every(keeps)) state.buffer = state.buffer.filter(keeps);
}

/** Is nothing pending, and nothing waiting to be consumed? Then only further events can change anything. */
export function isIdle({ buffer, groups }: State): boolean {
  return (
    buffer.length === 0 &&
    groups.every(({ norms }) => norms.every(({ instances, lasting, offers }) => instances.length + lasting.length + offers.length === 0))
  );
}

/**
 * The earliest instant at which time alone would change something, or undefined. `advance` then, with marks at or beyond it;
 * calling late changes nothing, because a verdict's instant is the deadline.
 */
export function deadline(program: Program, state: State): Instant | undefined {
  let earliest: Instant | undefined;
  program.groups.forEach((_, index) => {
    for (const norm of state.groups[index]?.norms ?? []) {
      if (norm.due !== undefined && (earliest === undefined || norm.due < earliest)) earliest = norm.due;
    }
  });
  return earliest;
}
