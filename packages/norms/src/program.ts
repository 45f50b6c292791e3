import { nodesIn } from './match/nodes.ts';
import { type Env, prepareWorld, type World } from './match/world.ts';
import { type Dispatch, dispatchOf } from './monitor/dispatch.ts';
import { type FactsPlan, factTypesOf, type UnionPlan } from './monitor/facts.ts';
import { type Want, wantsOf, wantsOfGauge, wantsOfMemory } from './monitor/listeners.ts';
import { type GaugePlan, type MemoryPlan, type NormPlan, planNorm } from './monitor/plan.ts';
import { shareMemories } from './monitor/share.ts';
import type { Source } from './trace.ts';
import type { ResolvedNorm } from './tree.ts';
import { uniform } from './uniform.ts';

/** The norms of one pack as the checker resolved them. */
export interface ResolvedPack {
  readonly name: string;
  readonly version: number;
  readonly norms: readonly ResolvedNorm[];
}

/** Norms that read the same events: equal sources and scope. They share one frontier and one set of facts. */
export interface GroupPlan extends FactsPlan {
  readonly sources: ReadonlySet<Source>;
  readonly ends: readonly string[];
  readonly norms: readonly NormPlan[];
  readonly memories: readonly MemoryPlan[];
  readonly gauges: readonly GaugePlan[];
  /** of each norm, then of each memory, then of each gauge */
  readonly wants: readonly (readonly Want[])[];
  /** types of the events that change the facts */
  readonly factTypes: ReadonlySet<string>;
}

/** Everything that can be worked out before the first event. Immutable but for the meter of `world` and what `dispatch` uses again for each event. */
export interface Program {
  readonly world: World;
  readonly groups: readonly GroupPlan[];
  readonly packs: readonly { readonly name: string; readonly version: number }[];
  /** sources that at least one norm reads */
  readonly sources: readonly Source[];
  readonly dispatch: Dispatch;
}

/** Compiles norms for the engine. Norm ids are expected to be unique over all packs. */
export function compile(resolved: readonly ResolvedPack[], env: Env): Program {
  const packs = resolved.map(({ name, version, norms }) => ({ name, version, norms: norms.map(inOneForm) }));
  const world = prepareWorld(
    packs.flatMap((pack) => pack.norms),
    env,
  );
  const groups = new Map<string, NormPlan[]>();
  for (const pack of packs) {
    for (const norm of pack.norms) {
      const plan = planNorm(world, pack.name, pack.version, norm);
      const key = `${norm.scope} ${plan.sources.join(' ')}`;
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [plan]);
      else members.push(plan);
    }
  }
  const plans = [...groups.values()].map((norms) => planGroup(world, norms));
  const named = packs.map(({ name, version }) => ({ name, version }));
  return { world, packs: named, ...over(plans) };
}

/** A norm has more keys than an object can be given one by one without becoming a table that is searched by name, so they are written out. */
function inOneForm(norm: ResolvedNorm): ResolvedNorm {
  const { kind, id, title, cites, severity, points, scope, responsible, nature, effective, note, atEnd, adopted, span } = norm;
  const { trigger, guard, body, unless, actions, sources, triggerSources, horizon, variables } = norm;
  return {
    kind,
    id,
    title,
    cites,
    severity,
    points,
    scope,
    responsible,
    nature,
    effective,
    note,
    atEnd,
    adopted,
    span,
    trigger: uniform(trigger),
    guard: uniform(guard),
    body: uniform(body),
    unless: uniform(unless),
    actions: uniform(actions),
    sources,
    triggerSources,
    horizon,
    variables,
  };
}

/** What follows from the groups. */
function over(groups: readonly GroupPlan[]): Pick<Program, 'groups' | 'sources' | 'dispatch'> {
  return { groups, sources: [...new Set(groups.flatMap((group) => [...group.sources]))].sort(), dispatch: dispatchOf(groups) };
}

/** Parts that were asked for, by program and the groups that they keep: each interaction asks for one, and its tables are large. */
const parts = new WeakMap<Program, Map<string, Program>>();

/**
 * The part of a program whose scopes pass: a case is watched over several interactions, everything else within one. Its states are its
 * own. The same part is the same program.
 */
export function programPart(program: Program, passes: (scope: string) => boolean): Program {
  const groups = program.groups.filter(({ scope }) => passes(scope));
  const key = groups.map((group) => program.groups.indexOf(group)).join();
  const known = parts.get(program) ?? new Map<string, Program>();
  parts.set(program, known);
  const part = known.get(key) ?? { ...program, ...over(groups) };
  known.set(key, part);
  return part;
}

function planGroup(world: World, members: readonly NormPlan[]): GroupPlan {
  const shared = shareMemories(members);
  const { norms } = shared;
  const first = norms[0];
  const scope = first?.norm.scope ?? 'call';
  const unions = unionsOf(norms);
  const parts = norms.flatMap(({ norm }) => [norm.trigger, norm.guard, norm.body, norm.unless]);
  const facts: FactsPlan = {
    scope,
    unions,
    repeats: norms.some((plan) => plan.repeats),
    spoken: spokenOf(norms),
    attributes: nodesIn(parts, 'attribute').length > 0,
    fromFirst: nodesIn(parts, 'firstPart').length > 0,
    edges: edgesOf(world, norms, unions),
  };
  // written out, so that all plans have one hidden class (uniform.ts)
  return {
    scope,
    unions,
    repeats: facts.repeats,
    spoken: facts.spoken,
    attributes: facts.attributes,
    fromFirst: facts.fromFirst,
    edges: facts.edges,
    sources: new Set(first?.sources ?? []),
    ends: world.scopes.get(scope)?.ends ?? [],
    norms,
    memories: shared.memories,
    gauges: shared.gauges,
    wants: [...norms.map((plan) => wantsOf(world, plan)), ...shared.memories.map(wantsOfMemory), ...shared.gauges.map(wantsOfGauge)],
    factTypes: factTypesOf(world, facts),
  };
}

function spokenOf(norms: readonly NormPlan[]): FactsPlan['spoken'] {
  const most = new Map<string | undefined, number>();
  for (const { role, formula } of norms.flatMap(({ leaves }) => leaves)) {
    const { window } = formula;
    if (window.kind === 'before' && window.utterances !== undefined) most.set(role, Math.max(most.get(role) ?? 0, window.utterances));
  }
  return Array.from(most, ([role, count]) => ({ role, most: count }));
}

/** The intervals that norms are triggered by, ask for or measure, by the types of their edges. */
function edgesOf(world: World, norms: readonly NormPlan[], unions: readonly UnionPlan[]): FactsPlan['edges'] {
  const named = new Set([
    ...unions.map(({ interval }) => interval),
    ...norms.flatMap(({ norm }) => ('interval' in norm.trigger ? [norm.trigger.interval] : [])),
    ...nodesIn(
      norms.map(({ norm }) => [norm.guard, norm.body, norm.unless]),
      'currently',
    ).map(({ interval }) => interval),
  ]);
  const touched = Array.from(world.edges, ([type, intervals]) => [type, intervals.filter(({ id }) => named.has(id))] as const);
  return new Map(touched.filter(([, intervals]) => intervals.length > 0));
}

function unionsOf(norms: readonly NormPlan[]): UnionPlan[] {
  const unions: UnionPlan[] = [];
  const add = (interval: string, role: string | undefined) => {
    if (!unions.some((one) => one.interval === interval && one.role === role)) unions.push({ interval, role });
  };
  for (const { norm } of norms) {
    for (const node of nodesIn([norm.guard, norm.body, norm.unless], 'duration', 'longest', 'share')) {
      add(node.interval, node.role);
      if (node.kind === 'share') add(node.of, undefined);
    }
  }
  return unions;
}
