import { isHoliday, isNight, isWorkingTime } from '../match/calendar.ts';
import { compare } from '../match/compare.ts';
import { evaluate, shifted, wholeNumber } from '../match/evaluate.ts';
import { rounded } from '../match/exact.ts';
import { noMeasure, type Scene } from '../match/scene.ts';
import { isExact, isList, isUnknown, type Value } from '../match/value.ts';
import { decided, roleMatches, sourcesOfType } from '../match/world.ts';
import { expect } from '../operators/every.ts';
import { takeTally } from '../operators/happens.ts';
import { closeLeaf, take } from '../operators/leaf.ts';
import type { FieldValue, Instant } from '../trace.ts';
import type { Currently, ForEach, InCalendar, ResolvedFormula } from '../tree.ts';
import { gapTouching, type UnionPlan } from './facts.ts';
import { measure } from './measures.ts';
import { liesIn, noMemory, recalled } from './memory.ts';
import type { LeafFormula, LeafPlan, NormPlan } from './plan.ts';
import { constant, type LeafState, type Residual } from './residual.ts';
import type { Facts, NormState, Past, Tick } from './state.ts';

/** The moment a duty is born: what is known there. */
export interface Birth {
  readonly plan: NormPlan;
  readonly state: NormState;
  readonly past: Past;
  readonly facts: Facts;
  readonly unions: readonly UnionPlan[];
  readonly at: Instant;
  /** opening event of the interval that the duty belongs to, and the event that never counts for its own duty */
  readonly key: string;
  /** noted values, trigger and attributes; its `measure` is replaced */
  readonly scene: Scene;
  /** the scene with its measures, once it was asked for */
  own: Scene | undefined;
}

/** Where in its formula a node stands. */
interface Place {
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly labels: readonly string[];
  readonly positive: boolean;
  /** in the body of the norm, not in its guard or excuse */
  readonly duty: boolean;
}

/** Longest list that 逐项 goes through. */
const longestList = 256;

/** Makes a formula into what is left to be seen: conditions are settled at the anchor, windows are opened. */
export function grow(formula: ResolvedFormula, birth: Birth, duty: boolean): Residual {
  return growAt(formula, birth, duty ? inDuty : inCondition);
}

function sceneAt(birth: Birth, place: Place): Scene {
  if (place.binds === nothingNoted) {
    birth.own ??= measuring(birth, birth.scene.binds);
    return birth.own;
  }
  return measuring(birth, { ...birth.scene.binds, ...place.binds });
}

function measuring(birth: Birth, binds: Scene['binds']): Scene {
  const { world, trigger, attributes, now, uttered } = birth.scene;
  const { plan, past, facts, unions, at } = birth;
  const ask: Scene['measure'] = (of) =>
    measure(of, { plan, past, facts, unions, at, scene: { world, binds, trigger, attributes, now, uttered, measure: noMeasure } });
  return { world, binds, trigger, attributes, now, uttered, measure: ask };
}

const nothingNoted: Place['binds'] = Object.freeze({});
const inDuty: Place = { binds: nothingNoted, labels: [], positive: true, duty: true };
const inCondition: Place = { binds: nothingNoted, labels: [], positive: true, duty: false };

function growAt(formula: ResolvedFormula, birth: Birth, place: Place): Residual {
  switch (formula.kind) {
    case 'and':
    case 'or':
      return { k: formula.kind, of: formula.items.map((item) => growAt(item, birth, place)) };
    case 'not':
      return { k: 'not', of: growAt(formula.item, birth, denied(place)) };
    case 'implies':
      return { k: 'or', of: [{ k: 'not', of: growAt(formula.left, birth, denied(place)) }, growAt(formula.right, birth, place)] };
    case 'parts':
      return {
        k: 'some',
        need: formula.need === 'all' ? formula.items.length : formula.need === 'any' ? 1 : formula.need,
        labels: formula.items.map((part) => part.label ?? null),
        of: formula.items.map((part) => growAt(part.item, birth, part.label === undefined ? place : labelled(place, part.label))),
      };
    case 'forEach':
      return growEach(formula, birth, place);
    case 'compare': {
      const scene = sceneAt(birth, place);
      const { value, reason } = compare(formula, evaluate(formula.left, scene), scene);
      return constant(value, reason);
    }
    case 'currently':
      return currently(formula, birth);
    case 'calendar':
      return inCalendar(formula, birth);
    case 'breach':
      return constant('F');
    default:
      return openLeaf(formula, birth, place);
  }
}

const denied = ({ binds, labels, positive, duty }: Place): Place => ({ binds, labels, positive: !positive, duty });

const labelled = ({ binds, labels, positive, duty }: Place, label: string): Place => ({
  binds,
  labels: [...labels, label],
  positive,
  duty,
});

function growEach(formula: ForEach<'resolved'>, birth: Birth, place: Place): Residual {
  const list = evaluate(formula.list, sceneAt(birth, place));
  if (isUnknown(list) || !isList(list) || list.length > longestList) return constant('U', 'no-list');
  const named = decided(birth.scene.world, 10);
  const values = list.map(fieldValue);
  const of = values.map((item) => {
    const labels = named ? [...place.labels, String(item)] : place.labels;
    return growAt(formula.item, birth, {
      binds: { ...place.binds, [formula.name]: item },
      labels,
      positive: place.positive,
      duty: place.duty,
    });
  });
  return named ? { k: 'some', need: of.length, labels: values.map(String), of } : { k: 'and', of };
}

function fieldValue(value: Value): FieldValue {
  if (isExact(value)) return rounded(value);
  return isList(value) ? value.map(String) : value;
}

function currently(formula: Currently, { facts, at, scene: { world } }: Birth): Residual {
  if (facts.open.some((one) => one.interval === formula.interval && roleMatches(world, formula.role, one.by))) return constant('T');
  if (facts.gaps.length === 0) return constant('F');
  const sources = (world.intervals.get(formula.interval)?.opens ?? []).flatMap((type) => sourcesOfType(world, type, undefined));
  const gap = gapTouching(facts, sources, at, at);
  return gap === undefined ? constant('F') : constant('U', `gap:${gap.reason}`);
}

function inCalendar(formula: InCalendar, { at, scene }: Birth): Residual {
  const { calendar } = scene.world.env;
  switch (formula.name) {
    case 'working':
      return constant(isWorkingTime(calendar, at) ? 'T' : 'F');
    case 'holiday':
      return constant(isHoliday(calendar, at) ? 'T' : 'F');
    case 'night':
      return constant(isNight(calendar, at) ? 'T' : 'F');
    default:
      return constant('U', 'no-value');
  }
}

function blankLeaf(formula: LeafFormula, birth: Birth, place: Place): LeafState {
  const index = birth.plan.leafOf.get(formula) ?? -1;
  const most = formula.kind === 'happens' && formula.count?.op === 'atMost';
  return {
    k: 'leaf',
    plan: index,
    binds: place.binds,
    labels: place.labels,
    attestable: place.duty && place.positive && !most && (birth.plan.leaves[index]?.phrase ?? false),
    positive: place.duty && place.positive && !most,
    v: '?',
    why: undefined,
    from: birth.at,
    to: undefined,
    need: formula.kind === 'sequence' ? formula.items.length : 1,
    most,
    seen: 0,
    possible: 0,
    doubt: undefined,
    witnesses: [],
    proper: false,
    cut: false,
    ticked: false,
    overflow: false,
  };
}

function openLeaf(formula: LeafFormula, birth: Birth, place: Place): Residual {
  const leaf = blankLeaf(formula, birth, place);
  const plan = birth.plan.leaves[leaf.plan];
  if (plan === undefined) return constant('U', 'no-value');
  const scene = sceneAt(birth, place);
  if (formula.kind === 'happens' && formula.count !== undefined) {
    const count = wholeNumber(formula.count.n, scene);
    if (count === undefined) return constant('U', 'no-value');
    leaf.need = leaf.most ? count + 1 : count;
    if (leaf.need <= 0) return constant(leaf.most ? 'F' : 'T');
  }
  openWindow(leaf, plan, birth, scene);
  if (formula.kind === 'every' && leaf.v === '?') expect(leaf, shifted(birth.at, formula.period, scene));
  return leaf;
}

function openWindow(leaf: LeafState, plan: LeafPlan, birth: Birth, scene: Scene): void {
  const { at, facts, key } = birth;
  const { window } = plan.formula;
  switch (window.kind) {
    case 'after':
      if (window.from !== undefined) leaf.from = shifted(at, window.from, scene) ?? at;
      setDeadline(leaf, shifted(at, window.to, scene), birth);
      return;
    case 'by':
      setDeadline(leaf, wholeNumber(window.instant, scene), birth);
      return;
    case 'before':
      lookBack(leaf, plan, birth, scene, beginningOf(plan, birth, scene));
      closeLeaf(leaf, plan, at, facts);
      return;
    case 'around':
      lookBack(leaf, plan, birth, scene, shifted(at, window.length, scene, -1));
      setDeadline(leaf, shifted(at, window.length, scene), birth);
      return;
    case 'firstPart':
      openFirstPart(leaf, plan, birth, scene);
      return;
    case 'until':
      if (window.latest !== undefined) setDeadline(leaf, shifted(at, window.latest, scene), birth);
      return;
    case 'utterances':
      leaf.left = window.count;
      return;
    case 'whole':
      leaf.proper = true;
      lookBack(leaf, plan, birth, scene, -1);
      return;
    case 'thatTime':
      leaf.until = key;
      leaf.proper = true;
      return;
    case 'toEnd':
    case 'lastPart':
      leaf.proper = true;
      return;
  }
}

/** Where a look back begins; -1 = with the scope. */
function beginningOf(plan: LeafPlan, { at, facts }: Birth, scene: Scene): Instant | undefined {
  const { window } = plan.formula;
  if (window.kind !== 'before') return at;
  if (window.utterances === undefined) return window.length === undefined ? -1 : shifted(at, window.length, scene, -1);
  return facts.spoken.find(({ role }) => role === plan.role)?.last.at(-window.utterances) ?? -1;
}

function setDeadline(leaf: LeafState, to: Instant | undefined, { at }: Birth): void {
  if (leaf.v !== '?') return;
  if (to === undefined) {
    leaf.v = 'U';
    leaf.why = 'no-duration';
    return;
  }
  leaf.to = to;
  // a window that is over when the duty is born hides nothing: it was empty
  if (to < at) leaf.v = leaf.most ? 'T' : 'F';
}

function openFirstPart(leaf: LeafState, plan: LeafPlan, birth: Birth, scene: Scene): void {
  const { window } = plan.formula;
  const start = birth.facts.talk ?? birth.facts.first ?? birth.at;
  const to = window.kind === 'firstPart' ? shifted(start, window.length, scene) : undefined;
  if (to !== undefined) leaf.to = to;
  lookBack(leaf, plan, birth, scene, start);
  if (leaf.v !== '?') return;
  if (to === undefined) setDeadline(leaf, to, birth);
  else if (to < birth.at) closeLeaf(leaf, plan, to, birth.facts);
}

/** Takes in what the norm remembers from `from` on. Recurrences look ahead only. */
function lookBack(leaf: LeafState, plan: LeafPlan, birth: Birth, scene: Scene, from: Instant | undefined): void {
  if (plan.formula.kind === 'every') return;
  if (from === undefined) {
    leaf.v = 'U';
    leaf.why = 'no-duration';
    return;
  }
  leaf.from = from;
  leaf.ticked =
    leaf.attestable && birth.state.ticks.some((tick) => tick.at >= from && tick.at <= (leaf.to ?? tick.at) && concerns(tick, leaf));
  recall(leaf, plan, birth, scene);
}

/** Offers what the norm remembers to a leaf, from the beginning of its window on. */
export function recall(leaf: LeafState, plan: LeafPlan, birth: Pick<Birth, 'plan' | 'past'>, scene: Scene, skip?: string): void {
  const memoryPlan = birth.plan.memories[plan.memory ?? -1];
  if (memoryPlan === undefined) return;
  const memory = birth.past.memories[plan.memory ?? -1] ?? noMemory;
  if (memoryPlan.keep === 'tally' || memoryPlan.keep === 'progress') {
    takeTally(leaf, memory);
    return;
  }
  if (memory.dropped !== undefined && memory.dropped >= leaf.from) leaf.overflow = true;
  for (const entry of memory.log) {
    if (leaf.v !== '?') return;
    if (!liesIn(entry, leaf.from, leaf.to, skip)) continue;
    take(leaf, plan, recalled(entry, memoryPlan, scene), scene);
  }
}

/** Does a tick attest a leaf? One that names a part concerns that part alone. */
export function concerns(tick: Tick, leaf: LeafState): boolean {
  return tick.part === undefined || leaf.labels.includes(tick.part);
}
