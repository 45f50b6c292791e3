import { reachOfWindow } from '../horizon/reach.ts';
import type { Every, Formula, Happens, ResolvedFormula, ResolvedWindow, Sequence } from '../tree.ts';
import { withoutConstants } from './constants.ts';
import { checkIntervalRole, type DefaultWindow, type Place } from './context.ts';
import { resolveCompare, resolveExpression, resolveLength, resolvePattern, resolveWindow } from './terms.ts';
import { agree, typeNames, typeOf } from './types.ts';

/** Names replaced, windows filled in (`otherwise`, where the author left them out), and what may stand here checked. */
export function resolveFormula(f: Formula, place: Place, otherwise: DefaultWindow | undefined): ResolvedFormula {
  switch (f.kind) {
    case 'and':
    case 'or':
      return withoutConstants(Object.freeze({ ...f, items: Object.freeze(f.items.map((item) => resolveFormula(item, place, otherwise))) }));
    case 'not':
      return Object.freeze({ ...f, item: resolveFormula(f.item, place, otherwise) });
    case 'implies':
      return Object.freeze({ ...f, left: resolveFormula(f.left, place, otherwise), right: resolveFormula(f.right, place, otherwise) });
    case 'parts': {
      if (typeof f.need === 'number' && f.need > f.items.length) {
        place.findings.report('N044', f.span, { args: { need: f.need, have: f.items.length } });
      }
      const items = f.items.map(({ label, item }) => Object.freeze({ label, item: resolveFormula(item, place, otherwise) }));
      return withoutConstants(Object.freeze({ ...f, items: Object.freeze(items) }));
    }
    case 'forEach': {
      const list = resolveExpression(f.list, place);
      const type = typeOf(list, place);
      if (!agree(type, 'list')) {
        const what = { zh: '逐项', en: 'gone through item by item' };
        place.findings.report('N040', f.list.span, { args: { left: typeNames[type], right: typeNames.list, what } });
      }
      const inside: Place = { ...place, variables: new Map([...place.variables, [f.name, 'text'] as const]) };
      return Object.freeze({ ...f, list, item: resolveFormula(f.item, inside, otherwise) });
    }
    case 'compare': {
      const left = resolveExpression(f.left, place);
      return resolveCompare(f, left, typeOf(left, place), place);
    }
    case 'currently':
      checkIntervalRole(f.role, f.interval, f.span, place.findings);
      return f;
    case 'calendar':
    case 'breach':
      return f;
    case 'happens':
    case 'every':
    case 'sequence':
      return resolveLeaf(f, place, otherwise);
  }
}

function resolveLeaf(f: Happens | Every | Sequence, outer: Place, otherwise: DefaultWindow | undefined): ResolvedFormula {
  const place: Place = { ...outer, binding: false };
  const window = windowOf(f, place, otherwise);
  switch (f.kind) {
    case 'happens': {
      const n = f.count && resolveExpression(f.count.n, place);
      if (n !== undefined && !agree(typeOf(n, place), 'number')) {
        const what = { zh: '作次数', en: 'counted' };
        place.findings.report('N040', n.span, { args: { left: typeNames[typeOf(n, place)], right: typeNames.number, what } });
      }
      const count = f.count && n && Object.freeze({ op: f.count.op, n });
      return Object.freeze({ ...f, pattern: resolvePattern(f.pattern, place), count, window });
    }
    case 'every':
      if (window.kind === 'before') place.findings.report('N036', f.span);
      return Object.freeze({ ...f, period: resolveLength(f.period, place), pattern: resolvePattern(f.pattern, place), window });
    case 'sequence':
      return Object.freeze({ ...f, items: Object.freeze(f.items.map((item) => resolvePattern(item, place))), window });
  }
}

function windowOf(f: Happens | Every | Sequence, place: Place, otherwise: DefaultWindow | undefined): ResolvedWindow {
  const { findings } = place;
  if (f.window === undefined && otherwise === undefined) {
    findings.report('N033', f.span);
    return Object.freeze({ kind: 'toEnd', span: f.span });
  }
  const window = f.window === undefined ? Object.freeze({ kind: otherwise ?? 'toEnd', span: f.span }) : resolveWindow(f.window, place);
  if (place.pastOnly !== undefined && window.kind !== 'before') findings.report('N034', f.span, { args: { what: place.pastOnly } });
  if (place.scope === 'case' && !place.excuse && reachOfWindow(window).future === 'end') findings.report('N050', f.span);
  return window;
}
