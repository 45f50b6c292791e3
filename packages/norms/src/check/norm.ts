import { fillIn } from '../adoption/fill-in.ts';
import { reachOf } from '../horizon/reach.ts';
import { sourcesOf, triggerSourcesOf } from '../horizon/sources.ts';
import { didYouMean } from '../messages.ts';
import { nearest } from '../nearest.ts';
import type {
  Action,
  Duty,
  Expression,
  Formula,
  Horizon,
  Norm,
  Pack,
  ResolvedAction,
  ResolvedExpression,
  ResolvedFormula,
  ResolvedNorm,
  ResolvedTrigger,
  Span,
  Trigger,
  ValueType,
} from '../tree.ts';
import { checkIntervalRole, type DefaultWindow, type Findings, type Place } from './context.ts';
import { resolveFormula } from './formulas.ts';
import { fieldsOfPattern, resolveExpression, resolveLength, resolvePattern } from './terms.ts';
import { checkFamily } from './texts.ts';
import { agree, fieldTypes, typeNames, typeOf } from './types.ts';

/**
 * Checks one norm and resolves it; undefined when it has no trigger or no duty to resolve. `around` is the pack that it belongs
 * to; other than `findings` only for a norm of another pack.
 */
export function checkNorm(norm: Norm, pack: Pack, findings: Findings, around = findings): ResolvedNorm | undefined {
  checkCites(norm, pack, findings);
  if (norm.duties.length === 0) findings.report('N063', norm.span);
  if (norm.trigger === undefined) findings.report('N064', norm.span);
  if (norm.trigger === undefined || norm.duties.length === 0) return undefined;
  const { trigger, place } = resolveTrigger(norm.trigger, norm, findings);
  const guard = resolveGuard(norm, pack, place, around);
  const body = resolveBody(norm.duties, place, trigger);
  const unless = norm.unless && resolveFormula(norm.unless, { ...place, excuse: true }, 'toEnd');
  const horizon = reachOf(body);
  const actions = norm.actions.map((action) => resolveAction(action, place));
  checkActions(norm, trigger, horizon, findings);
  checkHorizon(norm, horizon, place);
  const { duties, ...head } = norm;
  const title = filled(norm.title, norm.span, place);
  const resolved = { ...head, title, trigger, guard, body, unless, actions: Object.freeze(actions) };
  const { vocabulary } = findings.env.lexicon;
  return Object.freeze({
    ...resolved,
    sources: sourcesOf(resolved, vocabulary),
    triggerSources: triggerSourcesOf(resolved, vocabulary),
    horizon: Object.freeze(horizon),
    variables: Object.freeze(Object.fromEntries(place.variables)),
  });
}

function checkCites(norm: Norm, pack: Pack, findings: Findings): void {
  if (norm.cites.length === 0) findings.report('N060', norm.span);
  const { clauses } = findings.env;
  for (const cite of norm.cites) {
    const source = cite.slice(0, cite.lastIndexOf('-'));
    if (!pack.sources.some(({ id }) => id === source)) {
      findings.report('N061', norm.span, { args: { name: source }, found: cite });
    } else if (clauses !== undefined && !clauses.has(cite)) {
      const neighbours = [...clauses].filter((id) => id.startsWith(`${source}-`));
      findings.report('N062', norm.span, { args: { name: cite }, found: cite, suggestion: didYouMean(nearest(cite, neighbours)) });
    }
  }
}

// ---------- trigger

function resolveTrigger(trigger: Trigger, norm: Norm, findings: Findings): { readonly trigger: ResolvedTrigger; readonly place: Place } {
  const place: Place = {
    findings,
    scope: norm.scope,
    variables: new Map(),
    triggerFields: new Map(),
    binding: true,
    inInterval: trigger.kind === 'onInterval',
    ringing: startsRinging(trigger, findings),
    excuse: false,
    replacing: [],
  };
  const settled: Place = { ...place, binding: false };
  switch (trigger.kind) {
    case 'onEvent': {
      const pattern = resolvePattern(trigger.pattern, place);
      return { trigger: Object.freeze({ ...trigger, pattern }), place: { ...settled, triggerFields: fieldsOfPattern(pattern, place) } };
    }
    case 'onLasting': {
      checkIntervalRole(trigger.role, trigger.interval, trigger.span, findings);
      const length = resolveLength(trigger.length, settled);
      return {
        trigger: Object.freeze({ ...trigger, length }),
        place: { ...settled, triggerFields: fieldsOfOpening(trigger.interval, findings) },
      };
    }
    case 'onInterval':
      checkIntervalRole(trigger.role, trigger.interval, trigger.span, findings);
      return { trigger, place: { ...settled, triggerFields: fieldsOfOpening(trigger.interval, findings) } };
    case 'onScope':
      return { trigger, place: settled };
  }
}

/** Rings are time from the instant a telephone rings. */
function startsRinging(trigger: Trigger, findings: Findings): boolean {
  if (trigger.kind === 'onInterval' || trigger.kind === 'onLasting') return trigger.interval === 'ringing';
  if (trigger.kind === 'onScope') return false;
  const opens = findings.intervals.get('ringing')?.opens ?? [];
  const name = trigger.pattern.kind === 'patternRef' ? trigger.pattern.name : undefined;
  const pattern = name === undefined ? trigger.pattern : findings.names.defines.get(name)?.pattern;
  return pattern?.kind === 'event' && opens.includes(pattern.type);
}

function fieldsOfOpening(interval: string, findings: Findings): ReadonlyMap<string, ValueType> {
  const opens = findings.intervals.get(interval)?.opens ?? [];
  const fields = opens.flatMap((type) => findings.events.get(type)?.fields ?? []);
  return new Map(fields.map(({ name, type }) => [name, fieldTypes[type]]));
}

// ---------- guard and body

/** The pack's 适用 knows nothing of the trigger of any norm. */
function resolveGuard(norm: Norm, pack: Pack, place: Place, around: Findings): ResolvedFormula | undefined {
  const lookBack = (formula: Formula, clause: string, at: Place): ResolvedFormula =>
    resolveFormula(formula, { ...at, pastOnly: at.findings.keyword(clause) }, 'before');
  const guard = norm.guard && lookBack(norm.guard, 'if', place);
  const anywhere: Place = { ...place, findings: around, variables: new Map(), triggerFields: new Map() };
  const applies = pack.applies && lookBack(pack.applies, 'applies', anywhere);
  if (guard === undefined || applies === undefined) return guard ?? applies;
  return Object.freeze({ kind: 'and', items: Object.freeze([applies, guard]), span: guard.span });
}

function resolveBody(duties: readonly Duty[], place: Place, trigger: ResolvedTrigger): ResolvedFormula {
  const future: DefaultWindow | undefined = trigger.kind === 'onInterval' ? 'thatTime' : trigger.kind === 'onScope' ? 'whole' : undefined;
  const bodies = duties.map((duty): ResolvedFormula => {
    const formula = resolveFormula(duty.formula, place, duty.mode === 'mustHave' ? 'before' : future);
    return duty.mode === 'mustNot' ? Object.freeze({ kind: 'not', item: formula, span: duty.span }) : formula;
  });
  const [first] = bodies;
  if (first !== undefined && bodies.length === 1) return first;
  return Object.freeze({ kind: 'and', items: Object.freeze(bodies), span: first?.span ?? trigger.span });
}

// ---------- actions and horizon

function resolveAction(action: Action, place: Place): ResolvedAction {
  if (action.kind === 'score') return action;
  const message = filled(action.message, action.span, place);
  if (action.kind === 'propose') {
    const { due, ...rest } = action;
    return Object.freeze({ ...rest, message, ...(due === undefined ? {} : resolveDue(due, place)) });
  }
  if (action.kind !== 'coach') return Object.freeze({ ...action, message });
  if (action.phrase !== undefined) checkFamily(action.phrase, action.span, place.findings);
  return Object.freeze({ ...action, message, lead: action.lead && resolveLength(action.lead, place) });
}

function resolveDue(due: Expression, place: Place): { readonly due: ResolvedExpression; readonly dueIsInstant: boolean } {
  const resolved = resolveExpression(due, place);
  const type = typeOf(resolved, place);
  if (type === 'number' || !(agree(type, 'duration') || agree(type, 'instant'))) {
    place.findings.report('N047', due.span, { args: { type: typeNames[type] } });
  }
  return { due: resolved, dueIsInstant: type === 'instant' };
}

/** A text with the figures that it names: “铃响{max_rings}内接起”. */
function filled(text: string | undefined, span: Span, place: Place): string | undefined {
  return text === undefined
    ? undefined
    : fillIn(text, 'zh', place.findings.names, place.findings.env.lexicon, (name) => {
        const known = [...place.findings.names.params.keys(), ...place.findings.names.lists.keys()];
        const what = { zh: '参数或清单', en: 'parameter or list' };
        place.findings.report('N022', span, { args: { name, what }, found: name, suggestion: didYouMean(nearest(name, known)) });
      });
}

function checkActions(norm: Norm, trigger: ResolvedTrigger, horizon: Horizon, findings: Findings): void {
  const refusable = (trigger.kind === 'onEvent' && horizon.future === 0) || norm.duties.every(({ mode }) => mode === 'mustNot');
  for (const action of norm.actions) {
    if ((action.kind === 'stop' || action.kind === 'askReason') && !refusable) {
      findings.report('N065', action.span, { args: { what: findings.keyword(action.kind) } });
    }
    if (action.on === 'warning' && horizon.future === 0) findings.report('N066', action.span);
    if (action.kind === 'propose' && action.what === 'ledger' && norm.nature === 'hint') {
      findings.report('N072', action.span, { severity: 'warning' });
    }
  }
}

const day = 86_400_000;
/** How long the shell lets a scope last, ms (language.md §9.4). */
const longestScope = { call: day / 6, chat: day, shift: day, handling: 7 * day, case: Number.POSITIVE_INFINITY } as const;

/** A length taken from speech is bounded by its slot, not written by the author: no warning for those. */
function checkHorizon(norm: Norm, horizon: Horizon, { findings, variables }: Place): void {
  if (horizon.future === 'ledger' && norm.scope !== 'case') findings.report('N051', norm.span);
  if (variables.size === 0 && typeof horizon.future === 'number' && horizon.future > longestScope[norm.scope]) {
    const scope = findings.env.lexicon.words.get(`scope:${norm.scope}`) ?? { zh: norm.scope, en: norm.scope };
    findings.report('N071', norm.span, { args: { scope: { zh: scope.zh, en: scope.en } }, severity: 'warning' });
  }
}
