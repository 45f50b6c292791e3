import { attributeEvents, attributes } from '../attributes.ts';
import { bigramsOnce } from '../lexical/similarity.ts';
import { chargeEvents, gapEnded, gapStarted, repetitionReach, said, utteranceEvents } from '../match/anatomy.ts';
import { roleMatches, type World } from '../match/world.ts';
import type { FieldValue, Instant, Source, TraceEvent } from '../trace.ts';
import type { IntervalSpec } from '../vocabulary.ts';
import { caps, type Facts, type Gap, type OpenInterval, type Union } from './state.ts';

/** A union of intervals that some norm of the group measures. */
export interface UnionPlan {
  readonly interval: string;
  readonly role: string | undefined;
}

/** What the facts of a group are kept for. */
export interface FactsPlan {
  readonly scope: string;
  readonly unions: readonly UnionPlan[];
  readonly repeats: boolean;
  /** roles whose last utterances some window counts backwards, and how many of them */
  readonly spoken: readonly { readonly role: string | undefined; readonly most: number }[];
  /** some norm asks for attributes of the interaction */
  readonly attributes: boolean;
  /** some window begins with the first event of all where nobody talks yet */
  readonly fromFirst: boolean;
  /** intervals that norms of the group speak of, by the types that open or close them */
  readonly edges: ReadonlyMap<string, readonly IntervalSpec[]>;
}

/** Intervals that an event opened and closed. */
export interface Edges {
  readonly opened: readonly OpenInterval[];
  readonly closed: readonly OpenInterval[];
}

const attributeSetters: ReadonlySet<string> = new Set(attributeEvents);

const nothing: readonly never[] = [];
const noAttributes: Facts['attributes'] = Object.freeze({});

export function noFacts(plan: FactsPlan): Facts {
  const unions = plan.unions.map(() => ({ total: 0, longest: 0, open: 0, piece: undefined }));
  const spoken = plan.spoken.map(({ role }) => ({ role, last: [] }));
  return blank(undefined, unions, spoken);
}

function blank(ended: Instant | undefined, unions: Facts['unions'], spoken: Facts['spoken']): Facts {
  return {
    first: undefined,
    talk: undefined,
    ended,
    charge: undefined,
    attributes: noAttributes,
    gaps: nothing,
    open: nothing,
    spent: nothing,
    unions,
    uttered: nothing,
    spoken,
  };
}

/** What is left when the scope has ended: nobody asks any more. */
export function endedFacts(at: Instant): Facts {
  return blank(at, [], []);
}

/** Types of the events that change the facts of a group. */
export function factTypesOf(world: World, plan: FactsPlan): ReadonlySet<string> {
  const scope = world.scopes.get(plan.scope);
  return new Set([
    ...[gapStarted, gapEnded, ...chargeEvents, ...(scope?.begins ?? []), ...(scope?.ends ?? []), ...plan.edges.keys()],
    ...(plan.attributes ? attributeEvents : []),
    ...(plan.repeats ? [said] : []),
    ...(plan.spoken.length > 0 ? utteranceEvents : []),
  ]);
}

/** Takes an event into the facts, before any duty sees it. */
export function learn(facts: Facts, event: TraceEvent, plan: FactsPlan, world: World): Edges {
  const at = event.occurredAt;
  learnGaps(facts, event);
  learnCharge(facts, event);
  if (world.scopes.get(plan.scope)?.begins.includes(event.type)) facts.talk ??= at;
  if (plan.attributes && attributeSetters.has(event.type)) learnAttributes(facts, event);
  return learnIntervals(facts, event, plan, world);
}

/** A new object: duties hold the one of their anchor. */
function learnAttributes(facts: Facts, { fields }: TraceEvent): void {
  const known: Record<string, FieldValue> = {};
  for (const name of attributes) {
    const value = fields[name] ?? facts.attributes[name];
    if (value !== undefined) known[name] = value;
  }
  facts.attributes = known;
}

/** Utterances are remembered after duties have seen the event: the last ones are those before it, and nobody repeats himself in one breath. */
export function remember(facts: Facts, event: TraceEvent, plan: FactsPlan, world: World): void {
  if (utteranceEvents.has(event.type)) rememberSpoken(facts, event, plan, world);
  if (!plan.repeats || event.type !== said) return;
  const reading = world.readEvent(event);
  if (reading === undefined) return;
  const { uttered } = facts;
  let from = Math.max(0, uttered.length + 1 - caps.uttered);
  while (from < uttered.length && (uttered[from]?.at ?? 0) < event.occurredAt - repetitionReach) from++;
  const recent = uttered.slice(from);
  recent.push({ at: event.occurredAt, by: event.by, grams: bigramsOnce(reading.text.text) });
  facts.uttered = recent;
}

function rememberSpoken(facts: Facts, event: TraceEvent, plan: FactsPlan, world: World): void {
  for (let i = 0; i < plan.spoken.length; i++) {
    const { role, most } = plan.spoken[i] as FactsPlan['spoken'][number];
    const last = facts.spoken[i]?.last;
    if (last === undefined || !roleMatches(world, role, event.by)) continue;
    last.push(event.occurredAt);
    if (last.length > most) last.shift();
  }
}

function learnGaps(facts: Facts, event: TraceEvent): void {
  if (event.type === gapStarted) {
    const reason = event.fields['reason'];
    const gap = {
      source: event.source,
      from: event.occurredAt,
      to: undefined,
      reason: typeof reason === 'string' ? reason : 'engine-down',
    };
    facts.gaps = facts.gaps.length < caps.gaps ? [...facts.gaps, gap] : oldestJoined([...facts.gaps, gap]);
  } else if (event.type === gapEnded) {
    for (const gap of facts.gaps) if (gap.source === event.source) gap.to ??= event.occurredAt;
  }
}

/** Too many gaps to tell apart: the two oldest of one source become one that covers what lies between them. */
function oldestJoined(gaps: readonly Gap[]): readonly Gap[] {
  for (const [index, gap] of gaps.entries()) {
    const other = gaps.findIndex((later, i) => i > index && later.source === gap.source);
    const next = gaps[other];
    if (next === undefined) continue;
    const joined = { source: gap.source, from: gap.from, to: next.to, reason: gap.reason };
    return gaps.flatMap((one, i) => (i === index ? joined : i === other ? [] : one));
  }
  return gaps;
}

/** The first gap of one of the sources that touches `[from, to]`. */
export function gapTouching(facts: Facts, sources: readonly Source[], from: Instant, to: Instant): Gap | undefined {
  if (facts.gaps.length === 0) return undefined;
  return facts.gaps.find((gap) => sources.includes(gap.source) && gap.from <= to && (gap.to ?? Number.MAX_SAFE_INTEGER) >= from);
}

function learnCharge(facts: Facts, event: TraceEvent): void {
  if (!chargeEvents.has(event.type) || (event.type === 'call.answered' && event.by === 'customer')) return;
  const agent = event.fields['agent'];
  if (typeof agent === 'string') facts.charge = agent;
}

function keyOf(interval: IntervalSpec, event: TraceEvent): string | undefined {
  if (interval.key === undefined) return undefined;
  const key = interval.key === 'by' ? event.by : event.fields[interval.key];
  return key === undefined ? undefined : String(key);
}

export const noEdges: Edges = { opened: [], closed: [] };

function learnIntervals(facts: Facts, event: TraceEvent, plan: FactsPlan, world: World): Edges {
  const touched = plan.edges.get(event.type);
  if (touched === undefined) return noEdges;
  const opened: OpenInterval[] = [];
  const closed: OpenInterval[] = [];
  for (const interval of touched) {
    if (interval.closes.includes(event.type)) {
      const key = keyOf(interval, event);
      for (const one of facts.open) {
        if (one.interval === interval.id && (interval.key === undefined || key === undefined || one.key === key)) closed.push(one);
      }
    }
    if (interval.opens.includes(event.type)) {
      const fresh = opening(facts, interval, event, closed);
      if (fresh !== undefined) opened.push(fresh);
    }
  }
  if (closed.length > 0) facts.open = facts.open.filter((one) => !closed.includes(one));
  for (const one of closed) moveUnions(facts, plan, world, one, -1, event.occurredAt);
  for (const one of opened) {
    facts.open = [...facts.open, one];
    moveUnions(facts, plan, world, one, 1, event.occurredAt);
  }
  return { opened, closed };
}

/** The interval an event opens, unless one with the same key is open, or only the first counts. */
function opening(facts: Facts, interval: IntervalSpec, event: TraceEvent, closed: readonly OpenInterval[]): OpenInterval | undefined {
  const key = keyOf(interval, event);
  if (facts.open.some((one) => one.interval === interval.id && one.key === key && !closed.includes(one))) return undefined;
  if (interval.once === true) {
    if (facts.spent.includes(interval.id)) return undefined;
    facts.spent = [...facts.spent, interval.id];
  }
  return { interval: interval.id, id: event.id, key, by: event.by, from: event.occurredAt };
}

function moveUnions(facts: Facts, plan: FactsPlan, world: World, one: OpenInterval, by: 1 | -1, at: Instant): void {
  for (const [index, { interval, role }] of plan.unions.entries()) {
    const union = facts.unions[index];
    if (union === undefined || interval !== one.interval || !roleMatches(world, role, one.by)) continue;
    union.open += by;
    if (by > 0) begin(union, at);
    else if (union.open === 0 && union.piece !== undefined) union.piece.to = at;
  }
}

function begin(union: Union, at: Instant): void {
  const { piece } = union;
  if (piece === undefined) union.piece = { from: at, to: undefined };
  else if (piece.to === undefined) return;
  else if (piece.to >= at) piece.to = undefined;
  else {
    union.total += piece.to - piece.from;
    union.longest = Math.max(union.longest, piece.to - piece.from);
    union.piece = { from: at, to: undefined };
  }
}

/** Length and longest piece of a union up to an instant, ms. */
export function measured(union: Union, at: Instant): { readonly total: number; readonly longest: number } {
  const last = union.piece === undefined ? 0 : (union.piece.to ?? at) - union.piece.from;
  return { total: union.total + last, longest: Math.max(union.longest, last) };
}
