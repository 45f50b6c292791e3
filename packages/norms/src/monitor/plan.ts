import { rings, said, utteranceEvents } from '../match/anatomy.ts';
import { shifted } from '../match/evaluate.ts';
import { eventsOf } from '../match/event.ts';
import { dependsOnDuty, nodesIn } from '../match/nodes.ts';
import { noMeasure, type Scene } from '../match/scene.ts';
import { sourcesOfType, type World } from '../match/world.ts';
import type { Source } from '../trace.ts';
import type {
  ActionOn,
  Every,
  Happens,
  PatternMeasure,
  ResolvedEventPattern,
  ResolvedExpression,
  ResolvedFormula,
  ResolvedNorm,
  ResolvedPattern,
  RoleMeasure,
  Sequence,
} from '../tree.ts';

export type LeafFormula = Happens<'resolved'> | Every<'resolved'> | Sequence<'resolved'>;

/** How the past of patterns is kept: numbers alone, how far a sequence has come, a log pruned by age, or the first stretch of the talk. */
export interface MemoryPlan {
  readonly patterns: readonly ResolvedPattern[];
  /** all events that the patterns speak of, and the fields of them that a later match may look at */
  readonly events: readonly ResolvedEventPattern[];
  readonly fields: readonly string[];
  /** the same in one text: memories that keep the same of an event share it */
  readonly fieldsKey: string;
  readonly keep: 'tally' | 'progress' | 'log' | 'first';
  /** a duty decides whether an event matches, so events are kept */
  readonly late: boolean;
  /** noted values are looked for in the text, so the text is kept */
  readonly withText: boolean;
  /** ms; older entries are of no use */
  readonly span?: number | undefined;
  readonly types: ReadonlySet<string>;
}

export interface LeafPlan {
  readonly formula: LeafFormula;
  readonly patterns: readonly ResolvedPattern[];
  /** role whose utterances or turns are counted */
  readonly role: string | undefined;
  readonly sources: readonly Source[];
  readonly types: ReadonlySet<string>;
  readonly memory?: number | undefined;
  /** speaks of a phrase */
  readonly phrase: boolean;
}

export interface GaugePlan {
  readonly measure: RoleMeasure<'resolved'>;
  readonly span?: number | undefined;
}

/** A norm with everything that can be worked out before the first event. */
export interface NormPlan {
  readonly pack: string;
  readonly packVersion: number;
  readonly norm: ResolvedNorm;
  readonly sources: readonly Source[];
  readonly leaves: readonly LeafPlan[];
  readonly leafOf: ReadonlyMap<LeafFormula, number>;
  /** those of its whole group, once it is in one (share.ts); the same goes for `gauges` */
  readonly memories: readonly MemoryPlan[];
  /** memory of a count or a time since */
  readonly memoryOf: ReadonlyMap<PatternMeasure<'resolved'>, number>;
  readonly gauges: readonly GaugePlan[];
  readonly gaugeOf: ReadonlyMap<RoleMeasure<'resolved'>, number>;
  /** an agent's tick can attest it */
  readonly attestable: boolean;
  /** rings trigger it: an offer that never rang gives unknown(not delivered) */
  readonly ringTriggered: boolean;
  readonly repeats: boolean;
  /** occasions on which it proposes something */
  readonly proposes: ReadonlySet<ActionOn>;
}

const sourcesOf = (world: World, patterns: readonly ResolvedPattern[]): Source[] => [
  ...new Set(patterns.flatMap(eventsOf).flatMap((p) => sourcesOfType(world, p.type, p.role))),
];

const typesOf = (patterns: readonly ResolvedPattern[]) => patterns.flatMap(eventsOf).map((p) => p.type);

/** A length in ms that no duty can change, or undefined. */
function fixedLength(world: World, length: ResolvedExpression | undefined): number | undefined {
  if (length === undefined || dependsOnDuty(length)) return undefined;
  const scene: Scene = { world, binds: {}, attributes: {}, now: 0, uttered: [], measure: noMeasure };
  const at = shifted(0, length, scene, -1);
  return at === undefined ? undefined : -at;
}

interface Draft {
  readonly world: World;
  readonly leaves: LeafPlan[];
  readonly leafOf: Map<LeafFormula, number>;
  readonly memories: MemoryPlan[];
  readonly memoryOf: Map<PatternMeasure<'resolved'>, number>;
  readonly gauges: GaugePlan[];
  readonly gaugeOf: Map<RoleMeasure<'resolved'>, number>;
}

export function planNorm(world: World, pack: string, packVersion: number, norm: ResolvedNorm): NormPlan {
  const draft: Draft = { world, leaves: [], leafOf: new Map(), memories: [], memoryOf: new Map(), gauges: [], gaugeOf: new Map() };
  const formulas = [norm.guard, norm.body, norm.unless];
  for (const leaf of nodesIn(formulas, 'happens', 'every', 'sequence')) planLeaf(draft, leaf);
  for (const measure of nodesIn(formulas, 'count', 'since')) {
    const span = measure.window?.kind === 'before' ? measure.window.length : undefined;
    draft.memoryOf.set(measure, planMemory(draft, [measure.pattern], span === undefined ? 'all' : 'length', span, 'happens'));
  }
  for (const measure of nodesIn(formulas, 'rate', 'loudness', 'responseGap', 'mood')) {
    const length = measure.window?.kind === 'before' ? measure.window.length : undefined;
    draft.gaugeOf.set(measure, draft.gauges.push({ measure, span: length && fixedLength(world, length) }) - 1);
  }
  const attestable = attestableLeaves(norm.body, true).some((leaf) => phraseIn(leaf));
  const sources: readonly Source[] = attestable ? [...new Set<Source>([...norm.sources, 'desk'])].sort() : norm.sources;
  const ringTriggered = triggerTypes(world, norm).includes(rings);
  return {
    pack,
    packVersion,
    norm,
    sources,
    leaves: draft.leaves,
    leafOf: draft.leafOf,
    memories: draft.memories,
    memoryOf: draft.memoryOf,
    gauges: draft.gauges,
    gaugeOf: draft.gaugeOf,
    attestable,
    ringTriggered,
    repeats: nodesIn([norm.trigger, ...formulas], 'repeated').length > 0,
    proposes: new Set(norm.actions.flatMap(({ kind, on }) => (kind === 'propose' ? [on] : []))),
  };
}

const patternsOf = (leaf: LeafFormula): readonly ResolvedPattern[] => (leaf.kind === 'sequence' ? leaf.items : [leaf.pattern]);

const phraseIn = (leaf: LeafFormula) =>
  patternsOf(leaf)
    .flatMap(eventsOf)
    .some((pattern) => pattern.type === said && pattern.text !== undefined);

/** Leaves that are asked for, not forbidden. */
function attestableLeaves(formula: ResolvedFormula, positive: boolean): LeafFormula[] {
  switch (formula.kind) {
    case 'and':
    case 'or':
      return formula.items.flatMap((item) => attestableLeaves(item, positive));
    case 'parts':
      return formula.items.flatMap((part) => attestableLeaves(part.item, positive));
    case 'not':
      return attestableLeaves(formula.item, !positive);
    case 'implies':
      return [...attestableLeaves(formula.left, !positive), ...attestableLeaves(formula.right, positive)];
    case 'forEach':
      return attestableLeaves(formula.item, positive);
    case 'happens':
      return positive && formula.count?.op !== 'atMost' ? [formula] : [];
    case 'every':
    case 'sequence':
      return positive ? [formula] : [];
    default:
      return [];
  }
}

function planLeaf(draft: Draft, formula: LeafFormula): void {
  const { world } = draft;
  const patterns = patternsOf(formula);
  const { window } = formula;
  const memory = formula.kind === 'every' ? undefined : memoryFor(draft, patterns, formula);
  const utterances = window.kind === 'utterances' ? [...utteranceEvents] : [];
  const closing = window.kind === 'until' ? typesOf([window.pattern]) : [];
  draft.leafOf.set(formula, draft.leaves.length);
  draft.leaves.push({
    formula,
    patterns,
    role: patterns.flatMap(eventsOf)[0]?.role,
    sources: sourcesOf(world, patterns),
    types: new Set([...typesOf(patterns), ...utterances, ...closing]),
    memory,
    phrase: phraseIn(formula),
  });
}

function memoryFor(draft: Draft, patterns: readonly ResolvedPattern[], formula: LeafFormula): number | undefined {
  const { window } = formula;
  switch (window.kind) {
    case 'before': {
      const bounded = window.length !== undefined || window.utterances !== undefined;
      return planMemory(draft, patterns, bounded ? 'length' : 'all', window.length, formula.kind);
    }
    case 'whole':
      return planMemory(draft, patterns, 'all', undefined, formula.kind);
    case 'around':
    case 'lastPart':
      return planMemory(draft, patterns, 'length', window.length, formula.kind);
    case 'firstPart':
      return planMemory(draft, patterns, 'first', window.length, formula.kind);
    default:
      return undefined;
  }
}

function planMemory(
  draft: Draft,
  patterns: readonly ResolvedPattern[],
  reach: 'all' | 'length' | 'first',
  length: ResolvedExpression | undefined,
  kind: LeafFormula['kind'],
): number {
  const late = dependsOnDuty(patterns);
  const brief = kind === 'sequence' ? 'progress' : 'tally';
  const events = patterns.flatMap(eventsOf);
  const named = events.flatMap((one) => [...one.with, ...one.where.flatMap(({ left }) => (left.kind === 'field' ? [left.field] : []))]);
  const fields = [...new Set(['confidence', ...named])];
  const plan: MemoryPlan = {
    patterns,
    events,
    fields,
    fieldsKey: fields.join(),
    keep: reach === 'all' && !late ? brief : reach === 'first' ? 'first' : 'log',
    late,
    withText: nodesIn(patterns, 'spoken').length > 0,
    span: reach === 'all' ? undefined : fixedLength(draft.world, length),
    types: new Set(typesOf(patterns)),
  };
  return draft.memories.push(plan) - 1;
}

function triggerTypes(world: World, norm: ResolvedNorm): readonly string[] {
  const { trigger } = norm;
  if (trigger.kind === 'onEvent') return typesOf([trigger.pattern]);
  if (trigger.kind === 'onScope') return [];
  const interval = world.intervals.get(trigger.interval);
  return [...(interval?.opens ?? []), ...(interval?.closes ?? [])];
}
