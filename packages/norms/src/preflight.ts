import { wouldSettle } from './monitor/speculate.ts';
import type { State } from './monitor/state.ts';
import type { Program } from './program.ts';
import type { TraceEvent, Verdict } from './trace.ts';
import type { ResolvedNorm, Severity } from './tree.ts';

/** What a norm has to say to a desk act before it is done. */
export interface Objection {
  /**
   * `stop`: the act is refused. `askReason`: it passes with a stated reason. `askMark`: it cannot be told whether the norm is met, and the
   * norm is critical: a mark on the desk could say so. `warn`: it cannot be told; the act passes, no transcript must not stop work.
   */
  readonly kind: 'stop' | 'askReason' | 'askMark' | 'warn';
  readonly norm: string;
  readonly pack: string;
  readonly title: string;
  readonly cites: readonly string[];
  readonly severity: Severity;
  readonly message?: string | undefined;
  /** parts that are not met */
  readonly missing: readonly string[];
  /** why it cannot be told */
  readonly reason?: string | undefined;
}

/**
 * Would this act break a norm that stops or asks for a reason (language.md §10)? `event` is what the act would become, with `seq`
 * beyond that of all events so far. Judged on a copy, from all that has arrived; `state` is not changed. In order of severity.
 */
export function preflight(program: Program, state: State, event: TraceEvent): Objection[] {
  const norms = new Map(program.groups.flatMap((group) => group.norms.map((plan) => [plan.norm.id, plan.norm] as const)));
  const objections = wouldSettle(program, state, event).flatMap((verdict) => {
    const norm = norms.get(verdict.norm);
    const objection = norm && objectionOf(norm, verdict);
    return objection === undefined ? [] : [objection];
  });
  return objections.sort((one, other) => rank[one.severity] - rank[other.severity]);
}

const rank: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2, advice: 3 };

function objectionOf(norm: ResolvedNorm, verdict: Verdict): Objection | undefined {
  const guard = norm.actions.find((action) => action.on === 'broken' && (action.kind === 'stop' || action.kind === 'askReason'));
  if (guard?.kind !== 'stop' && guard?.kind !== 'askReason') return undefined;
  if (verdict.value !== 'broken' && verdict.value !== 'unknown') return undefined;
  const unsure = guard.kind === 'stop' && norm.severity === 'critical' ? 'askMark' : 'warn';
  return {
    kind: verdict.value === 'broken' ? guard.kind : unsure,
    norm: norm.id,
    pack: verdict.pack,
    title: norm.title ?? norm.id,
    cites: norm.cites,
    severity: norm.severity,
    ...(guard.message === undefined ? {} : { message: guard.message }),
    missing: verdict.missing ?? [],
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
  };
}
