import { attributes } from '../attributes.ts';
import { didYouMean } from '../messages.ts';
import { nearest } from '../nearest.ts';
import { slotTypes } from '../phrases.ts';
import type { Bilingual } from '../problem.ts';
import type {
  Compare,
  EventPattern,
  Expression,
  ParamRef,
  Pattern,
  PatternRef,
  ResolvedCompare,
  ResolvedEventPattern,
  ResolvedExpression,
  ResolvedPattern,
  ResolvedWindow,
  Span,
  ValueType,
  Window,
} from '../tree.ts';
import { checkIntervalRole, isList, type Place } from './context.ts';
import { checkNoted, checkText, slotsOf } from './texts.ts';
import { addable, agree, fieldTypes, typeNames, typeOf } from './types.ts';

/*
 * Names replaced and types checked in expressions, patterns and windows, which contain one another.
 */

const unitRemedy: Partial<Readonly<Record<ValueType, Bilingual>>> = {
  duration: { zh: '写上单位：60 秒', en: 'write the unit: 60 s' },
  rings: { zh: '写 3 声', en: 'write 3 rings' },
  ratio: { zh: '写 30 %', en: 'write 30 %' },
  rate: { zh: '写 150 字每分', en: 'write 150 characters/min' },
  db: { zh: '写 -26 分贝', en: 'write -26 dB' },
};

// ---------- expressions

export function resolveExpression(e: Expression, place: Place): ResolvedExpression {
  switch (e.kind) {
    case 'param':
      return resolveParam(e, place);
    case 'variable':
      checkNoted(e.name, e.span, place);
      return e;
    case 'trigField':
      if (!place.triggerFields.has(e.field)) {
        const args = { name: place.findings.fieldLabel(e.field), fields: place.findings.fieldLabels(place.triggerFields.keys()) };
        place.findings.report('N025', e.span, { args });
      }
      return e;
    case 'attribute':
      if (!attributes.includes(e.field)) {
        const args = { name: place.findings.fieldLabel(e.field), fields: place.findings.fieldLabels(attributes) };
        place.findings.report('N026', e.span, { args });
      }
      return e;
    case 'listOf':
      return Object.freeze({ ...e, items: Object.freeze(e.items.map((item) => resolveExpression(item, place))) });
    case 'arith': {
      const left = resolveExpression(e.left, place);
      const right = resolveExpression(e.right, place);
      if (e.op === '+' || e.op === '-') checkAddable(e.op, left, right, e.span, place);
      return Object.freeze({ ...e, left, right });
    }
    case 'count':
    case 'since':
      return Object.freeze({ ...e, pattern: resolvePattern(e.pattern, place), window: measuredWindow(e.window, place) });
    case 'duration':
    case 'longest':
    case 'share':
      checkIntervalRole(e.role, e.interval, e.span, place.findings);
      return e;
    case 'rate':
    case 'loudness':
    case 'responseGap':
    case 'mood':
      return Object.freeze({ ...e, window: measuredWindow(e.window, place) });
    default:
      return e;
  }
}

/** Measures look back over a length of time. */
function measuredWindow(window: Window | undefined, place: Place): ResolvedWindow | undefined {
  if (window?.kind === 'before' && window.utterances !== undefined) place.findings.report('N037', window.span);
  return window && resolveWindow(window, place);
}

function checkAddable(op: '+' | '-', left: ResolvedExpression, right: ResolvedExpression, span: Span, place: Place): void {
  const a = typeOf(left, place);
  const b = typeOf(right, place);
  if (!addable(op, a, b)) mismatch(a, b, { zh: '相加减', en: 'added' }, span, place);
}

function mismatch(left: ValueType, right: ValueType, what: Bilingual, span: Span, place: Place): void {
  place.findings.report('N040', span, { args: { left: typeNames[left], right: typeNames[right], what }, suggestion: unitRemedy[left] });
}

function resolveParam(e: ParamRef, place: Place): ResolvedExpression {
  const { findings } = place;
  const declared = findings.names.params.get(e.name) ?? findings.names.lists.get(e.name);
  const nothing: ResolvedExpression = Object.freeze({ kind: 'quantity', thousandths: 1000, unit: 's', span: e.span });
  if (declared === undefined) {
    const known = [...findings.names.params.keys(), ...findings.names.lists.keys()];
    const what = { zh: '参数或清单', en: 'parameter or list' };
    findings.report('N022', e.span, { args: { name: e.name, what }, found: e.name, suggestion: didYouMean(nearest(e.name, known)) });
    return nothing;
  }
  if (place.replacing.includes(declared)) {
    findings.report('N030', e.span, { args: { name: e.name } });
    return nothing;
  }
  const inside: Place = { ...place, replacing: [...place.replacing, declared] };
  if (isList(declared)) {
    return Object.freeze({
      kind: 'listOf',
      items: Object.freeze(declared.items.map((item) => resolveExpression(item, inside))),
      span: e.span,
    });
  }
  if (declared.value !== undefined) return resolveExpression(declared.value, inside);
  findings.report('N023', e.span, { args: { name: e.name } });
  return nothing;
}

// ---------- comparisons

/** A comparison whose left side has been resolved and has type `left`. */
export function resolveCompare(c: Compare, left: ResolvedExpression, type: ValueType, place: Place): ResolvedCompare {
  const right = c.right && resolveExpression(c.right, place);
  const upper = c.upper && resolveExpression(c.upper, place);
  if (c.text !== undefined) {
    checkText(c.text, place);
    if (!agree(type, 'text')) mismatch(type, 'text', compared, c.span, place);
  }
  for (const side of [right, upper]) {
    if (side !== undefined && !comparable(c.op, type, typeOf(side, place))) mismatch(type, typeOf(side, place), compared, c.span, place);
  }
  return Object.freeze({ ...c, left, right, upper });
}

const compared: Bilingual = { zh: '相比', en: 'compared' };

function comparable(op: Compare['op'], left: ValueType, right: ValueType): boolean {
  if (op === 'in' || op === 'notin') return right === 'list' || right === 'any' || left === 'list';
  if (op === 'contains') return left === 'list' || left === 'any';
  return agree(left, right);
}

// ---------- patterns

export function resolvePattern(p: Pattern, place: Place): ResolvedPattern {
  if (p.kind === 'event') return resolveEvent(p, place);
  if (p.kind === 'patternRef') return resolveReference(p, place);
  const items = p.items.flatMap((item) => {
    const resolved = resolvePattern(item, place);
    return resolved.kind === 'anyOf' ? resolved.items : [resolved];
  });
  return Object.freeze({ ...p, items: Object.freeze(items) });
}

function resolveReference(p: PatternRef, place: Place): ResolvedPattern {
  const { findings } = place;
  const declared = findings.names.defines.get(p.name);
  if (declared !== undefined && !place.replacing.includes(declared)) {
    return resolvePattern(declared.pattern, { ...place, replacing: [...place.replacing, declared] });
  }
  if (declared === undefined) {
    const words = ['event', 'role'] as const;
    const known = [...findings.names.defines.keys(), ...words.flatMap((kind) => findings.env.lexicon.surfaces.get(kind) ?? [])];
    const what = { zh: '定义', en: 'definition' };
    findings.report('N022', p.span, { args: { name: p.name, what }, found: p.name, suggestion: didYouMean(nearest(p.name, known)) });
  } else findings.report('N030', p.span, { args: { name: p.name } });
  return Object.freeze({ kind: 'event', type: '', with: [], where: [], binds: [], span: p.span });
}

function resolveEvent(p: EventPattern, place: Place): ResolvedEventPattern {
  const { findings } = place;
  if (p.text !== undefined) checkText(p.text, place);
  const spec = findings.events.get(p.type);
  if (p.role !== undefined && spec?.actor === '-') findings.report('N031', p.span, { args: { event: { zh: spec.zh, en: spec.en } } });
  for (const id of p.with) fieldType(p, id, p.span, place);
  const where = p.where.map((c) => resolveCondition(p, c, place));
  for (const { field, as } of p.binds) {
    if (place.binding) place.variables.set(as, fieldType(p, field, p.span, place));
    else findings.report('N032', p.span);
  }
  return Object.freeze({ ...p, where: Object.freeze(where) });
}

function resolveCondition(p: EventPattern, c: Compare, place: Place): ResolvedCompare {
  const left = resolveExpression(c.left, place);
  if (left.kind !== 'field') return resolveCompare(c, left, typeOf(left, place), place);
  const resolved = resolveCompare(c, left, fieldType(p, left.field, c.span, place), place);
  const options = place.findings.events.get(p.type)?.fields.find((field) => field.name === left.field)?.options;
  for (const value of options === undefined || resolved.right === undefined ? [] : literalsOf(resolved.right)) {
    if (options?.includes(value)) continue;
    const args = { field: place.findings.fieldLabel(left.field), value, fields: options?.join(', ') ?? '' };
    place.findings.report('N046', c.span, { args, suggestion: didYouMean(nearest(value, options ?? [])) });
  }
  return resolved;
}

function literalsOf(e: ResolvedExpression): readonly string[] {
  if (e.kind === 'str') return [e.value];
  return e.kind === 'listOf' ? e.items.flatMap((item) => literalsOf(item)) : [];
}

/** The type of a field or slot of an event; says so when there is none (N027). */
function fieldType(p: EventPattern, id: string, span: Span, place: Place): ValueType {
  const spec = place.findings.events.get(p.type);
  if (spec === undefined) return 'any';
  const field = spec.fields.find(({ name }) => name === id);
  if (field !== undefined) return fieldTypes[field.type];
  const slots = p.text === undefined ? new Set<string>() : slotsOf(p.text, place.findings);
  if (slots.has(id)) return slotTypes[id] ?? 'text';
  const { findings } = place;
  const fields = findings.fieldLabels([...slots, ...spec.fields.map(({ name }) => name)]);
  findings.report('N027', span, { args: { event: { zh: spec.zh, en: spec.en }, name: findings.fieldLabel(id), fields } });
  return 'any';
}

/** Names and types of what `当时` can reach in a trigger pattern: fields, and slots of its texts. */
export function fieldsOfPattern(p: ResolvedPattern, place: Place): ReadonlyMap<string, ValueType> {
  const found = new Map<string, ValueType>();
  for (const event of p.kind === 'anyOf' ? p.items : [p]) {
    for (const id of event.text === undefined ? [] : slotsOf(event.text, place.findings)) found.set(id, slotTypes[id] ?? 'text');
    for (const { name, type } of place.findings.events.get(event.type)?.fields ?? []) found.set(name, fieldTypes[type]);
  }
  return found;
}

// ---------- windows

export function resolveWindow(w: Window, place: Place): ResolvedWindow {
  const length = (e: Expression): ResolvedExpression => resolveLength(e, place);
  switch (w.kind) {
    case 'after': {
      const from = w.from && length(w.from);
      const to = length(w.to);
      if (from?.kind === 'quantity' && to.kind === 'quantity' && from.unit === to.unit && from.thousandths > to.thousandths) {
        place.findings.report('N043', w.span);
      }
      return Object.freeze({ ...w, from, to });
    }
    case 'by': {
      const instant = resolveExpression(w.instant, place);
      const type = typeOf(instant, place);
      if (!agree(type, 'instant')) place.findings.report('N045', w.span, { args: { type: typeNames[type] } });
      return Object.freeze({ ...w, instant });
    }
    case 'before':
      return Object.freeze({ ...w, length: w.length && length(w.length) });
    case 'around':
    case 'firstPart':
    case 'lastPart':
      return Object.freeze({ ...w, length: length(w.length) });
    case 'until':
      return Object.freeze({
        ...w,
        pattern: resolvePattern(w.pattern, { ...place, binding: false }),
        latest: w.latest && length(w.latest),
      });
    case 'thatTime':
      if (!place.inInterval) place.findings.report('N035', w.span);
      return w;
    default:
      return w;
  }
}

/** A length of time: a duration above zero, or rings where they can be counted. */
export function resolveLength(e: Expression, place: Place): ResolvedExpression {
  const length = resolveExpression(e, place);
  const type = typeOf(length, place);
  if (type === 'rings') {
    const ringing = place.findings.events.get('call.ringing');
    if (!place.ringing)
      place.findings.report('N042', e.span, { args: { event: { zh: ringing?.zh ?? '振铃', en: ringing?.en ?? 'rings' } } });
  } else if (type === 'number' || !agree(type, 'duration')) place.findings.report('N041', e.span, { args: { type: typeNames[type] } });
  if (length.kind === 'quantity' && length.thousandths <= 0) place.findings.report('N043', e.span);
  return length;
}
