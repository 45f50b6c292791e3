import { shifted } from './match/evaluate.ts';
import { eventsOf } from './match/event.ts';
import { noMeasure } from './match/scene.ts';
import type { World } from './match/world.ts';
import { isAttested } from './monitor/instance.ts';
import type { NormPlan } from './monitor/plan.ts';
import { knowledge, type LeafState, type Residual, visitLeaves } from './monitor/residual.ts';
import { speculate } from './monitor/speculate.ts';
import type { Instance, State } from './monitor/state.ts';
import { leafDue } from './operators/leaf.ts';
import type { Program } from './program.ts';
import type { FieldValue, Instant, TraceEvent, Verdict } from './trace.ts';
import type { Coach, ResolvedExpression, Severity } from './tree.ts';

/** A duty as the guide shows it. Speculative: it may turn out otherwise, and is never stored. */
export interface DutyHint {
  readonly norm: string;
  readonly pack: string;
  /** same key as the verdict it becomes */
  readonly key: string;
  readonly title: string;
  readonly cites: readonly string[];
  readonly severity: Severity;
  /** role that must act */
  readonly actor: string;
  readonly state: 'open' | 'near' | 'late' | 'done' | 'attested' | 'unknown';
  readonly parts: readonly { readonly label: string; readonly done: boolean }[];
  readonly since: Instant;
  /** when the next part of it is due; for a recurring duty the next prompt, also after one was missed */
  readonly deadline?: Instant | undefined;
  readonly warnAt?: Instant | undefined;
  /** what the norm says to the agent: the line of its warning, else the line of its breach */
  readonly message?: string | undefined;
  /** phrase family whose sentence helps */
  readonly phrase?: string | undefined;
  /** noted values, to fill the sentence with */
  readonly values: Readonly<Record<string, FieldValue>>;
}

/**
 * What is to be done now, from everything that has arrived so far and from `interim` facts (recogniser results that may change).
 * Duties that forbid are not shown while nothing is wrong. A duty that settled in this view and not yet in the committed state is
 * shown as done, late, attested or unknown. Does not change `state`.
 */
export function hints(program: Program, state: State, now: Instant, interim: readonly TraceEvent[] = []): DutyHint[] {
  const view = speculate(program, state, now, interim);
  const found: DutyHint[] = [];
  program.groups.forEach((group, g) => {
    group.norms.forEach((plan, n) => {
      const norm = view.state.groups[g]?.norms[n];
      for (const instance of norm?.instances ?? []) found.push(...openDuty(program.world, plan, instance, now));
      for (const echo of norm?.echoes ?? []) found.push(...echoOf(program.world, plan, echo, now));
      for (const verdict of view.would)
        if (verdict.norm === plan.norm.id && verdict.key !== 'trigger') found.push(settledDuty(plan, verdict));
    });
  });
  const echoed = new Set(
    found.filter((hint) => hint.state === 'late' && hint.deadline !== undefined).map((hint) => `${hint.norm} ${hint.key}`),
  );
  return found.filter((hint) => hint.deadline !== undefined || hint.state !== 'late' || !echoed.has(`${hint.norm} ${hint.key}`));
}

function headOf(plan: NormPlan): Pick<DutyHint, 'norm' | 'pack' | 'title' | 'cites' | 'severity' | 'message' | 'phrase'> {
  const { norm } = plan;
  const line = coachOf(plan, 'warning') ?? coachOf(plan, 'broken');
  return {
    norm: norm.id,
    pack: plan.pack,
    title: norm.title ?? norm.id,
    cites: norm.cites,
    severity: norm.severity,
    ...(line?.message === undefined ? {} : { message: line.message }),
    ...(line?.phrase === undefined ? {} : { phrase: line.phrase }),
  };
}

function coachOf(plan: NormPlan, on: 'warning' | 'broken'): Coach<'resolved'> | undefined {
  return plan.norm.actions.find((action): action is Coach<'resolved'> => action.kind === 'coach' && action.on === on);
}

function leadOf(world: World, plan: NormPlan): number | undefined {
  const lead: ResolvedExpression | undefined = coachOf(plan, 'warning')?.lead;
  return lead && shifted(0, lead, { world, binds: {}, attributes: {}, now: 0, uttered: [], measure: noMeasure });
}

function openLeaves(instance: Instance): LeafState[] {
  const leaves: LeafState[] = [];
  visitLeaves(instance.body, (leaf) => {
    if (leaf.v === '?' && leaf.positive) leaves.push(leaf);
  });
  return leaves;
}

function openDuty(world: World, plan: NormPlan, instance: Instance, now: Instant): DutyHint[] {
  const leaves = openLeaves(instance);
  if (leaves.length === 0) return [];
  const dues = leaves.flatMap((leaf) => dueOf(plan, leaf) ?? []);
  const deadline = dues.length === 0 ? undefined : Math.min(...dues);
  const claimed = leaves.every((leaf) => leaf.ticked);
  return [{ ...hintOf(world, plan, instance, leaves, now, deadline), ...(claimed ? { state: 'attested' as const } : {}) }];
}

function dueOf(plan: NormPlan, leaf: LeafState): Instant | undefined {
  const leafPlan = plan.leaves[leaf.plan];
  return leafPlan && leafDue(leaf, leafPlan);
}

function hintOf(
  world: World,
  plan: NormPlan,
  instance: Instance,
  leaves: readonly LeafState[],
  now: Instant,
  deadline: Instant | undefined,
): DutyHint {
  const lead = leadOf(world, plan);
  const warnAt = deadline === undefined || lead === undefined ? undefined : deadline - lead;
  const first = leaves[0] && plan.leaves[leaves[0].plan]?.patterns[0];
  return {
    ...headOf(plan),
    key: instance.key,
    actor: (first && eventsOf(first)[0]?.role) ?? 'agent',
    state: warnAt !== undefined && now >= warnAt ? 'near' : 'open',
    parts: partsOf(instance.body),
    since: instance.at,
    ...(deadline === undefined ? {} : { deadline }),
    ...(warnAt === undefined ? {} : { warnAt }),
    values: instance.binds,
  };
}

/** A recurring duty after a missed prompt: late, and due again a period later. */
function echoOf(world: World, plan: NormPlan, echo: Instance, now: Instant): DutyHint[] {
  const leaf = openLeaves(echo)[0];
  if (leaf?.next === undefined || (leaf.to !== undefined && leaf.to < now)) return [];
  const period = leaf.next - (leaf.last ?? leaf.from);
  const missed = leaf.next < now ? Math.ceil((now - leaf.next) / Math.max(1, period)) : 0;
  return [{ ...hintOf(world, plan, echo, [leaf], now, leaf.next + missed * period), state: 'late' }];
}

function partsOf(residual: Residual): DutyHint['parts'] {
  if (residual.k === 'and') return residual.of.flatMap(partsOf);
  if (residual.k !== 'some') return [];
  return residual.of.flatMap((part, i) => {
    const label = residual.labels[i];
    return label === null || label === undefined ? [] : [{ label, done: knowledge(part) === 'T' }];
  });
}

function settledDuty(plan: NormPlan, verdict: Verdict): DutyHint {
  const states = { kept: 'done', broken: 'late', moot: 'done', unknown: 'unknown' } as const;
  return {
    ...headOf(plan),
    key: verdict.key,
    actor: 'agent',
    state: isAttested(verdict) ? 'attested' : states[verdict.value],
    parts: (verdict.missing ?? []).map((label) => ({ label, done: false })),
    since: verdict.anchor,
    values: {},
  };
}
