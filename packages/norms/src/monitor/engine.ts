import type { GroupPlan, Program } from '../program.ts';
import { type Instant, type Source, sources, type TraceEvent, type Verdict } from '../trace.ts';
import { noFacts } from './facts.ts';
import { forgetSaid, GoingOn } from './going-on.ts';
import { passGroupTime, takeEvents } from './groups.ts';
import type { Proposal } from './proposals.ts';
import type { State } from './state.ts';
import { nothingEmitted } from './work.ts';

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
    groups: program.groups.map((group) => ({ frontier: -1, facts: noFacts(group), norms: [], memories: [], gauges: [], wake: undefined })),
  };
}

/**
 * Takes an event in; nothing is judged before `advance`. Owed by the caller: every event of the scope once, with `seq` unique in
 * it. An event at or before its source's watermark is reported late and not consumed. Changes `state`.
 */
export function step(program: Program, state: State, event: TraceEvent): readonly Output[] {
  if (event.occurredAt <= (state.marks[event.source] ?? -1)) return [{ kind: 'late', event }];
  if (!program.sources.includes(event.source)) return nothingSaid;
  const { buffer } = state;
  let at = buffer.length;
  while (at > 0 && precedes(event, buffer[at - 1])) at--;
  if (at === buffer.length) buffer.push(taken(event));
  else buffer.splice(at, 0, taken(event));
  return nothingSaid;
}

/** The event in the one form that all that is behind reads: whoever made it, it has the hidden class of all others (uniform.ts). */
function taken({ id, type, source, by, occurredAt, seq, fields, text, before }: TraceEvent): TraceEvent {
  return { id, type, source, by, occurredAt, seq, fields, text, before };
}

const nothingSaid: readonly Output[] = [];

function precedes(one: TraceEvent, other: TraceEvent | undefined): boolean {
  return other !== undefined && (one.occurredAt < other.occurredAt || (one.occurredAt === other.occurredAt && one.seq < other.seq));
}

/**
 * Watermarks have moved (they never go back): no event of a source at or before its mark will come any more. INVARIANT (in order): a
 * norm consumes the events of its own sources in timeline order, never beyond its frontier – the smallest mark of those sources;
 * before an event at t it settles deadlines < t, and when the frontier reaches f, deadlines ≤ f. Changes `state`.
 */
export function advance(program: Program, state: State, marks: Marks): Output[] {
  if (!moveMarks(program, state, marks)) return [];
  const out = nothingEmitted();
  const frontiers = program.groups.map((plan) => frontierOf(plan, state));
  takeEvents(program, state.groups, state.buffer, firstBeyond(state, frontiers), frontiers, out);
  program.groups.forEach((plan, index) => {
    const group = state.groups[index];
    const frontier = frontiers[index] ?? -1;
    if (group === undefined || frontier <= group.frontier) return;
    passGroupTime(program, plan, group, frontier, out);
    group.frontier = frontier;
  });
  forgetSaid(state);
  dropConsumed(program, state);
  return [
    ...out.verdicts.map((verdict): Output => ({ kind: 'verdict', verdict })),
    ...out.proposals.map((proposal): Output => ({ kind: 'proposal', proposal })),
  ];
}

/** Takes marks in, and makes utterances whole that no earlier one can be missing for any more. Has any mark moved? */
function moveMarks({ world }: Program, state: State, marks: Marks): boolean {
  const before = { ...state.marks };
  let moved = false;
  for (const source of sources) {
    const mark = marks[source];
    if (mark === undefined || mark <= (state.marks[source] ?? -1)) continue;
    state.marks[source] = mark;
    moved = true;
  }
  if (!moved) return false;
  const going = new GoingOn(state, world);
  state.buffer.forEach((event, i) => {
    const { source, occurredAt } = event;
    if (occurredAt > (before[source] ?? -1) && occurredAt <= (state.marks[source] ?? -1)) state.buffer[i] = going.take(event);
  });
  going.keep();
  return true;
}

function frontierOf(plan: GroupPlan, state: State): Instant {
  let frontier = forever;
  for (const source of plan.sources) frontier = Math.min(frontier, state.marks[source] ?? -1);
  return frontier;
}

/** Index of the first buffered event that some group has not consumed and may consume now. */
function firstBeyond({ buffer, groups }: State, frontiers: readonly Instant[]): number {
  let consumed = forever;
  groups.forEach((group, index) => {
    if (group.facts.ended === undefined && (frontiers[index] ?? -1) > group.frontier) consumed = Math.min(consumed, group.frontier);
  });
  let low = 0;
  let high = buffer.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((buffer[middle]?.occurredAt ?? consumed) <= consumed) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What every group that reads a source has consumed is needed no more. */
function dropConsumed(program: Program, state: State): void {
  if (state.buffer.length === 0) return;
  const needed = new Map<Source, Instant>();
  const neededOf = (source: Source): Instant => {
    const known = needed.get(source);
    if (known !== undefined) return known;
    let least = forever;
    for (const index of program.dispatch.readers.get(source) ?? []) {
      const group = state.groups[index];
      if (group !== undefined && group.facts.ended === undefined) least = Math.min(least, group.frontier);
    }
    needed.set(source, least);
    return least;
  };
  const keeps = (event: TraceEvent) => event.occurredAt > neededOf(event.source);
  if (!state.buffer.every(keeps)) state.buffer = state.buffer.filter(keeps);
}

/** Is nothing pending, and nothing waiting to be consumed? Then only further events can change anything. */
export function isIdle({ buffer, groups }: State): boolean {
  return (
    buffer.length === 0 &&
    groups.every(({ norms }) => norms.every((norm) => !norm || norm.instances.length + norm.lasting.length + norm.offers.length === 0))
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
      if (norm?.due !== undefined && (earliest === undefined || norm.due < earliest)) earliest = norm.due;
    }
  });
  return earliest;
}
