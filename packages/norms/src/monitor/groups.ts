import { utteranceEvents } from '../match/anatomy.ts';
import type { World } from '../match/world.ts';
import type { GroupPlan, Program } from '../program.ts';
import type { Instant, TraceEvent } from '../trace.ts';
import { findConcerned, type TypeListeners } from './dispatch.ts';
import { type Edges, endedFacts, learn, noEdges, remember } from './facts.ts';
import { gaugeEvent, memorise, newGauge, newMemory } from './memory.ts';
import { endScope, newNormState, passTime, takeEvent } from './norm.ts';
import type { GroupState, NormState } from './state.ts';
import { bareScene, type Emitted, type Onlooker, type Work } from './work.ts';

/**
 * Takes every group through the events of its sources, in order, from behind its frontier to `limits[group]`. A group is visited only
 * for an event that concerns it: its time passes when it is visited the next time, or when the caller says so. Nothing can tell the difference,
 * because a verdict's instant is its deadline, and what it is judged by changes only in events that concern the group.
 */
export function takeEvents(
  program: Program,
  groups: readonly GroupState[],
  events: readonly TraceEvent[],
  from: number,
  limits: ArrayLike<Instant>,
  out: Emitted,
): void {
  const highest = Math.max(-1, ...Array.from(limits));
  noteFirsts(program, groups, events, from, limits);
  let read = from;
  for (let i = from; i < events.length; i++) {
    const event = events[i] as TraceEvent;
    if (event.occurredAt > highest) return;
    if (i === read) read = readAhead(program.world, events, i, highest);
    const listeners = program.dispatch.bySource.get(event.source)?.get(event.type);
    if (listeners !== undefined) takeOne(program, groups, event, listeners, limits, out);
  }
}

/** So many events are read at a time; no more than the world keeps readings of. */
const readTogether = 48;

/**
 * Reads what is said in the next events; returns the index of the first one beyond them. The tables of the lexical stage are large: reading
 * one text after the other keeps them near the processor, reading between judgements fetches them anew each time.
 */
function readAhead(world: World, events: readonly TraceEvent[], from: number, highest: Instant): number {
  const to = Math.min(events.length, from + readTogether);
  for (let i = from; i < to; i++) {
    const event = events[i] as TraceEvent;
    if (event.occurredAt > highest) return to;
    if (utteranceEvents.has(event.type)) world.readEvent(event);
  }
  return to;
}

/** Goes through the groups that an event concerns, for their facts or for some of their norms: both lists are in the order of groups. */
function takeOne(
  program: Program,
  groups: readonly GroupState[],
  event: TraceEvent,
  listeners: TypeListeners,
  limits: ArrayLike<Instant>,
  out: Emitted,
): void {
  const { dispatch, world } = program;
  findConcerned(dispatch, listeners, event, groups, world);
  const { numbers, length } = dispatch.concerned;
  const { groupOf } = dispatch;
  const { facts } = listeners;
  let fact = 0;
  let norm = 0;
  while (fact < facts.length || norm < length) {
    const byFacts = fact < facts.length ? (facts[fact] as number) : groupOf.length;
    const byNorm = norm < length ? (groupOf[numbers[norm] as number] as number) : groupOf.length;
    const index = Math.min(byFacts, byNorm);
    if (byFacts === index) fact++;
    const first = norm;
    while (norm < length && groupOf[numbers[norm] as number] === index) norm++;
    const plan = program.groups[index];
    const group = groups[index];
    if (plan === undefined || group === undefined || group.facts.ended !== undefined) continue;
    if (event.occurredAt <= group.frontier || event.occurredAt > (limits[index] as number)) continue;
    passGroupTime(program, plan, group, event.occurredAt - 1, out);
    takeInGroup(program, plan, group, event, byFacts === index, first, norm, out);
  }
}

/** One event in one group: the facts, the norms and then the memories it concerns (`concerned` from `first` to before `last`), the end of the scope. */
function takeInGroup(
  program: Program,
  plan: GroupPlan,
  group: GroupState,
  event: TraceEvent,
  learns: boolean,
  first: number,
  last: number,
  out: Emitted,
): void {
  const { world, dispatch } = program;
  const talking = group.facts.talk !== undefined;
  const edges: Edges = learns ? learn(group.facts, event, plan, world) : noEdges;
  const opening = !talking && group.facts.talk !== undefined;
  let work: Work | undefined;
  let onlooker: Onlooker | undefined;
  for (let i = first; i < last; i++) {
    const index = dispatch.indexOf[dispatch.concerned.numbers[i] as number] as number;
    if (index >= plan.norms.length) {
      onlooker ??= work ?? { world, facts: group.facts, bare: undefined };
      takeIntoPast(onlooker, plan, group, event, index - plan.norms.length);
      continue;
    }
    work = workOn(world, plan, group, index, out, work);
    takeEvent(work, event, edges, opening);
    wakeFor(group, work.state);
  }
  if (!learns) return;
  remember(group.facts, event, plan, world);
  if (plan.ends.includes(event.type)) endGroup(world, plan, group, event.occurredAt, out);
}

/** After all norms of the group have seen the event. Memories are numbered behind the norms, gauges behind the memories. */
function takeIntoPast(onlooker: Onlooker, plan: GroupPlan, group: GroupState, event: TraceEvent, number: number): void {
  const scene = bareScene(onlooker, event.occurredAt);
  const memory = plan.memories[number];
  if (memory !== undefined) {
    group.memories[number] ??= newMemory();
    memorise(group.memories[number], memory, event, scene, group.facts);
    return;
  }
  const index = number - plan.memories.length;
  const gauge = plan.gauges[index];
  if (gauge === undefined) throw new RangeError(`no gauge ${index} in this group`);
  group.gauges[index] ??= newGauge();
  gaugeEvent(group.gauges[index], gauge, event, scene);
}

function endGroup(world: World, plan: GroupPlan, group: GroupState, at: Instant, out: Emitted): void {
  let work: Work | undefined;
  for (let index = 0; index < plan.norms.length; index++) {
    // without a gap, only a norm that something has happened to can have anything to say
    if (!group.norms[index] && group.facts.gaps.length === 0) continue;
    work = workOn(world, plan, group, index, out, work);
    endScope(work, at);
  }
  group.facts = endedFacts(at);
  group.norms = [];
  group.memories = [];
  group.gauges = [];
  group.wake = undefined;
}

/** A norm's state begins with the first event that concerns it; most norms of a call never get one. `last`: the work of another norm at the same event. */
function workOn(world: World, plan: GroupPlan, group: GroupState, index: number, out: Emitted, last?: Work): Work {
  const norm = plan.norms[index];
  if (norm === undefined) throw new RangeError(`no norm ${index} in this group`);
  let state = group.norms[index];
  if (!state) {
    state = newNormState();
    group.norms[index] = state;
  }
  if (last === undefined) return { plan: norm, state, past: group, facts: group.facts, unions: plan.unions, world, out, bare: undefined };
  last.plan = norm;
  last.state = state;
  return last;
}

function wakeFor(group: GroupState, { due }: NormState): void {
  if (due !== undefined && (group.wake === undefined || due < group.wake)) group.wake = due;
}

/** Settles what falls due in a group at or before an instant up to which it has seen every event. */
export function passGroupTime(program: Program, plan: GroupPlan, group: GroupState, at: Instant, out: Emitted): void {
  if (group.wake === undefined || group.wake > at) return;
  group.wake = undefined;
  group.norms.forEach((state, index) => {
    if (!state) return;
    if (state.due !== undefined && state.due <= at) passTime(workOn(program.world, plan, group, index, out), at);
    wakeFor(group, state);
  });
}

/** The first event of a group's sources, whatever it is, is where windows begin before anybody talks. */
function noteFirsts(
  program: Program,
  groups: readonly GroupState[],
  events: readonly TraceEvent[],
  from: number,
  limits: ArrayLike<Instant>,
): void {
  program.groups.forEach((plan, index) => {
    const group = groups[index];
    if (!plan.fromFirst || group === undefined || group.facts.first !== undefined || group.facts.ended !== undefined) return;
    for (let i = from; i < events.length; i++) {
      const { occurredAt, source } = events[i] as TraceEvent;
      if (occurredAt > (limits[index] as number)) return;
      if (occurredAt <= group.frontier || !plan.sources.has(source)) continue;
      group.facts.first = occurredAt;
      return;
    }
  });
}
