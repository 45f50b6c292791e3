import { shifted, wholeNumber } from '@threerings/norms/match/evaluate';
import { eventsOf, matchEvent } from '@threerings/norms/match/event';
import { nodesIn } from '@threerings/norms/match/nodes';
import { noMeasure, type Scene, type TriggerFacts } from '@threerings/norms/match/scene';
import type { NormPlan } from '@threerings/norms/monitor/plan';
import type { Knowledge } from '@threerings/norms/operators/kleene';
import type { Program } from '@threerings/norms/program';
import type { TraceEvent, Verdict } from '@threerings/norms/trace';
import type { ResolvedExpression, ResolvedFormula, ResolvedPattern, ResolvedWindow } from '@threerings/norms/tree';
import { type Anchor, sceneAtAnchor } from './anchor.ts';
import { know, type Step } from './know.ts';
import { attributesAfter, byRole, chargeAfter, gapsAfter, spansAfter, startAfter, type Trace, traceOf, utteredBefore } from './prefix.ts';

/** What two judges must agree on. */
export type Told = Pick<Verdict, 'norm' | 'key' | 'anchor' | 'value' | 'at' | 'who' | 'inChargeThen' | 'inChargeDue'>;

/**
 * The meaning of norms, said as plainly as possible and without any state: for each trigger, at every instant at which anything
 * could change, what is known of the formula from the prefix of the whole trace? The first answer is the verdict. Shares with the
 * engine how one event matches one pattern and how expressions are worked out; nothing else.
 */
export function oracle(program: Program, events: readonly TraceEvent[]): Told[] {
  const plans = program.groups.flatMap((group) => group.norms);
  return plans.flatMap((plan) => judgeNorm(traceOf(program.world, plan, events))).sort(byInstant);
}

function byInstant(one: Told, other: Told): number {
  const order = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return one.at - other.at || order(one.norm, other.norm) || order(one.key, other.key);
}

function judgeNorm(trace: Trace): Told[] {
  if (trace.events.length === 0) return [];
  const out: Told[] = [];
  triggers(trace, out);
  offers(trace, out);
  const end = trace.events.at(-1);
  if (trace.ended && end !== undefined) {
    const seen = gapsAfter(trace, trace.events.length);
    if (inEffect(trace, end.occurredAt) && seen.some((gap) => trace.plan.norm.triggerSources.includes(gap.source))) {
      out.push(doubtful(trace, 'trigger', end.occurredAt, end.occurredAt, trace.events.length, chargeAfter(trace, trace.events.length)));
    }
  }
  return out;
}

// ---------- triggers

function anchorAt(i: number, event: TraceEvent, rest: Partial<Anchor>): Anchor {
  const trigger: TriggerFacts = { fields: event.fields, ...(event.text === undefined ? {} : { text: event.text }) };
  return {
    key: event.id,
    at: event.occurredAt,
    past: i,
    next: i + 1,
    known: i + 1,
    skip: i,
    timed: false,
    trigger,
    event,
    binds: {},
    ...rest,
  };
}

function triggers(trace: Trace, out: Told[]): void {
  const { trigger } = trace.plan.norm;
  const begins = trace.world.scopes.get(trace.plan.norm.scope)?.begins ?? [];
  const talk = trace.events.findIndex((event) => begins.includes(event.type));
  const first = trace.events[talk];
  switch (trigger.kind) {
    case 'onScope':
      if (first !== undefined) run(trace, anchorAt(talk, first, { key: 'scope', past: talk, next: talk, known: talk + 1, skip: -1 }), out);
      return;
    case 'onEvent':
      eventTriggers(trace, out);
      return;
    case 'onInterval':
      for (const span of spansAfter(trace, trigger.interval, trace.events.length)) {
        if (byRole(trace, trigger.role, span.event)) run(trace, anchorAt(span.index, span.event, {}), out);
      }
      return;
    case 'onLasting':
      lasting(trace, out);
      return;
  }
}

function sceneOfEvent(trace: Trace, i: number): Scene {
  const now = trace.events[i]?.occurredAt ?? 0;
  return {
    world: trace.world,
    binds: {},
    attributes: attributesAfter(trace, i + 1),
    now,
    uttered: utteredBefore(trace, i),
    measure: noMeasure,
  };
}

function eventTriggers(trace: Trace, out: Told[]): void {
  const { trigger } = trace.plan.norm;
  if (trigger.kind !== 'onEvent') return;
  let count = 0;
  trace.events.forEach((event, i) => {
    const match = matchEvent(trigger.pattern, event, sceneOfEvent(trace, i));
    if (match.v === 'F' || !inEffect(trace, event.occurredAt)) return;
    count++;
    if (trigger.which !== 'each' && count !== (trigger.which === 'first' ? 1 : trigger.which)) return;
    if (match.v === 'U') out.push(doubtful(trace, event.id, event.occurredAt, event.occurredAt, i + 1, chargeAfter(trace, i + 1)));
    else {
      const fields = { ...event.fields, ...match.slots };
      run(trace, anchorAt(i, event, { binds: match.binds, trigger: { ...anchorAt(i, event, {}).trigger, fields } }), out);
    }
  });
}

function lasting(trace: Trace, out: Told[]): void {
  const { trigger } = trace.plan.norm;
  if (trigger.kind !== 'onLasting') return;
  const end = trace.events.at(-1)?.occurredAt ?? 0;
  for (const span of spansAfter(trace, trigger.interval, trace.events.length)) {
    const at = shifted(span.from, trigger.length, sceneOfEvent(trace, span.index));
    if (at === undefined || !byRole(trace, trigger.role, span.event)) continue;
    if ((span.to !== undefined && span.to <= at) || (trace.ended && end <= at)) continue;
    const seen = trace.events.filter((event) => event.occurredAt <= at).length;
    run(
      trace,
      anchorAt(span.index, span.event, {
        at,
        past: seen,
        next: seen,
        known: seen,
        skip: -1,
        timed: true,
        event: undefined,
        trigger: { fields: span.event.fields },
      }),
      out,
    );
  }
}

// ---------- one duty

/** The dates of the norm, by the clock on the wall. */
function inEffect({ plan, world }: Trace, at: number): boolean {
  const { from, to } = plan.norm.effective ?? { from: '' };
  const offset = world.env.calendar.zone.findLast((change) => change.from <= at)?.offsetMs ?? world.env.calendar.zone[0]?.offsetMs ?? 0;
  const day = new Date(at + offset).toISOString().slice(0, 10);
  return from <= day && day <= (to ?? '9999');
}

function run(trace: Trace, anchor: Anchor, out: Told[]): void {
  const { norm } = trace.plan;
  if (!inEffect(trace, anchor.at)) return;
  const named = anchor.trigger.fields['agent'];
  const inCharge = chargeAfter(trace, anchor.known) ?? (typeof named === 'string' ? named : undefined);
  const birth: Step = { k: anchor.known, now: anchor.at, over: anchor.timed, ended: false };
  if (norm.guard !== undefined) {
    const guard = ask(norm.guard, trace, anchor, { ...birth, ended: true }, false).value;
    if (guard === 'F') return;
    if (guard !== 'T') {
      out.push(doubtful(trace, anchor.key, anchor.at, anchor.at, anchor.known, inCharge));
      return;
    }
  }
  for (const step of stepsOf(trace, anchor, birth)) {
    const value = verdictAt(trace, anchor, step);
    if (value === undefined) continue;
    out.push(told(trace, anchor, value, step, inCharge));
    return;
  }
}

function ask(formula: ResolvedFormula, trace: Trace, anchor: Anchor, step: Step, duty: boolean): { value: Knowledge; cut: boolean } {
  const found = { cut: false };
  const value = know(formula, trace, anchor, step, { binds: anchor.binds, labels: [], positive: true, duty, found });
  return { value, cut: found.cut };
}

function verdictAt(trace: Trace, anchor: Anchor, step: Step): Verdict['value'] | undefined {
  const { norm } = trace.plan;
  const body = ask(norm.body, trace, anchor, step, true);
  if (body.value === 'T') return 'kept';
  if (norm.unless !== undefined && ask(norm.unless, trace, anchor, step, false).value === 'T') return 'moot';
  if (body.value === '?') return undefined;
  if (body.value === 'U') return 'unknown';
  if (step.ended && body.cut && norm.atEnd !== 'broken') return 'moot';
  if (norm.unless !== undefined && ask(norm.unless, trace, anchor, { ...step, ended: true }, false).value === 'U') return 'unknown';
  return undelivered(trace, anchor, step) ? 'unknown' : 'broken';
}

/** Everything that could change what is known: events, and deadlines between and after them. */
function stepsOf(trace: Trace, anchor: Anchor, birth: Step): Step[] {
  const steps = [birth];
  const times = [...deadlines(trace, anchor)].filter((at) => at >= anchor.at).sort((one, other) => one - other);
  let due = 0;
  for (let k = anchor.known; k < trace.events.length; k++) {
    const at = trace.events[k]?.occurredAt ?? 0;
    for (; (times[due] ?? at) < at; due++) steps.push({ k, now: times[due] ?? at, over: true, ended: false });
    steps.push({ k: k + 1, now: at, over: false, ended: false });
  }
  const k = trace.events.length;
  if (trace.ended) steps.push({ k, now: trace.events.at(-1)?.occurredAt ?? 0, over: true, ended: true });
  else for (; due < times.length; due++) steps.push({ k, now: times[due] ?? 0, over: true, ended: false });
  return steps;
}

/** Every instant that could be a deadline of the duty; too many do no harm. */
function deadlines(trace: Trace, anchor: Anchor): ReadonlySet<number> {
  const { norm } = trace.plan;
  const times = new Set<number>();
  const bases = [anchor.at, startAfter(trace, anchor.known)];
  const all = [anchor.at, ...trace.events.map((event) => event.occurredAt)];
  const scene = sceneAtAnchor(trace, anchor, anchor.binds);
  const add = (base: number, length: ResolvedExpression | undefined) => {
    const at = length === undefined ? undefined : shifted(base, length, scene);
    if (at !== undefined) times.add(at);
  };
  for (const leaf of nodesIn([norm.body, norm.unless], 'happens', 'every', 'sequence')) {
    for (const length of lengthsOf(leaf.window)) for (const base of bases) add(base, length);
    if (leaf.window.kind === 'by') times.add(wholeNumber(leaf.window.instant, scene) ?? anchor.at);
    if (leaf.kind === 'every') for (const base of all) add(base, leaf.period);
  }
  return times;
}

function lengthsOf(window: ResolvedWindow): readonly (ResolvedExpression | undefined)[] {
  switch (window.kind) {
    case 'after':
      return [window.to];
    case 'around':
    case 'firstPart':
      return [window.length];
    case 'until':
      return [window.latest];
    default:
      return [];
  }
}

// ---------- who

function told(trace: Trace, anchor: Anchor, value: Verdict['value'], step: Step, inCharge: string | undefined): Told {
  const due = chargeAfter(trace, step.k) ?? inCharge;
  const field = (name: string) => {
    const found = anchor.trigger.fields[name];
    return typeof found === 'string' ? found : undefined;
  };
  const named = { owner: field('owner'), department: field('department'), receiver: receiver(trace, anchor, step) };
  const who = answerable(trace, step.now, inCharge, due, named);
  return {
    norm: trace.plan.norm.id,
    key: anchor.key,
    anchor: anchor.at,
    value,
    at: step.now,
    who,
    inChargeThen: inCharge,
    inChargeDue: due,
  };
}

type Named = Partial<Record<'owner' | 'department' | 'receiver', string | undefined>>;

function answerable(trace: Trace, at: number, inCharge: string | undefined, due: string | undefined, named: Named): string | undefined {
  switch (trace.plan.norm.responsible) {
    case 'then':
      return inCharge;
    case 'due':
      return due;
    case 'leader':
      return trace.world.env.leaders?.find((shift) => shift.from <= at && at < shift.to)?.agent;
    case 'system':
      return undefined;
    default:
      return named[trace.plan.norm.responsible];
  }
}

/** Whoever took the conversation over first, at or after the trigger. */
function receiver(trace: Trace, anchor: Anchor, step: Step): string | undefined {
  const from = anchor.timed ? anchor.next : anchor.past;
  const taken = trace.events
    .slice(from, step.k)
    .find(
      (event) =>
        ['transfer.accepted', 'transfer.completed', 'chat.transferred'].includes(event.type) && typeof event.fields['agent'] === 'string',
    );
  return taken === undefined ? undefined : String(taken.fields['agent']);
}

function doubtful(trace: Trace, key: string, anchor: number, at: number, k: number, inCharge: string | undefined): Told {
  const due = chargeAfter(trace, k) ?? inCharge;
  const who = answerable(trace, at, inCharge, due, {});
  return { norm: trace.plan.norm.id, key, anchor, value: 'unknown', at, who, inChargeThen: inCharge, inChargeDue: due };
}

// ---------- offers that never ring

function undelivered(trace: Trace, anchor: Anchor, step: Step): boolean {
  const leg = anchor.event?.type === 'call.agent-offered' ? anchor.event.fields['leg'] : undefined;
  if (typeof leg !== 'string') return false;
  return !trace.events.slice(anchor.next, step.k).some((event) => event.type === 'call.ringing' && event.fields['leg'] === leg);
}

function offers(trace: Trace, out: Told[]): void {
  if (!ringStarts(trace.plan, trace)) return;
  const ends = ['call.ringing', 'call.answered', 'call.no-answer', 'call.ring-stopped', 'call.declined'];
  trace.events.forEach((event, i) => {
    const leg = event.fields['leg'];
    if (event.type !== 'call.agent-offered' || typeof leg !== 'string' || !wouldTrigger(trace, event, i)) return;
    if (!inEffect(trace, event.occurredAt)) return;
    const fate = trace.events.slice(i + 1).find((later) => ends.includes(later.type) && later.fields['leg'] === leg);
    const at = fate?.occurredAt ?? (trace.ended ? trace.events.at(-1)?.occurredAt : undefined);
    if (at === undefined || fate?.type === 'call.ringing' || fate?.type === 'call.answered') return;
    out.push({
      norm: trace.plan.norm.id,
      key: event.id,
      anchor: event.occurredAt,
      value: 'unknown',
      at,
      who: undefined,
      inChargeThen: undefined,
      inChargeDue: undefined,
    });
  });
}

function ringStarts(plan: NormPlan, trace: Trace): boolean {
  const { trigger } = plan.norm;
  if (trigger.kind === 'onScope') return false;
  if (trigger.kind === 'onEvent') return eventsOf(trigger.pattern).some((one) => one.type === 'call.ringing');
  const interval = trace.world.intervals.get(trigger.interval);
  return interval?.opens.includes('call.ringing') === true;
}

function wouldTrigger(trace: Trace, offer: TraceEvent, i: number): boolean {
  const { trigger } = trace.plan.norm;
  if (trigger.kind !== 'onEvent') return true;
  const pattern: ResolvedPattern = trigger.pattern;
  const ringing = { ...offer, type: 'call.ringing', by: 'system', fields: { ...offer.fields, target: 'agent' } };
  return matchEvent(pattern, ringing, sceneOfEvent(trace, i)).v !== 'F';
}
