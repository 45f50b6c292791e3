import type {
  Happens,
  ResolvedCompare,
  ResolvedEventPattern,
  ResolvedExpression,
  ResolvedFormula,
  ResolvedPattern,
  ResolvedTrigger,
  ResolvedWindow,
} from '../tree.ts';
import { labelOf, listed, nameOf, type Speaker, say, sayExpression, sayText, wordOf } from './speaker.ts';

function sayRole(s: Speaker, role: string | undefined): string {
  return role === undefined ? '' : `${wordOf(s, 'role', role)}${say(s, '', ' ')}`;
}

/** Any value, measures over patterns included. */
export function sayValue(s: Speaker, e: ResolvedExpression): string {
  return sayExpression(s, e, (part) => sayMeasure(s, part));
}

function sayMeasure(s: Speaker, e: ResolvedExpression): string {
  switch (e.kind) {
    case 'count':
      return say(
        s,
        `${sayWindow(s, e.window)}${sayPattern(s, e.pattern)}的次数`,
        `the number of times ${joined(sayPattern(s, e.pattern), sayWindow(s, e.window))}`,
      );
    case 'since':
      return say(s, `距上次${sayPattern(s, e.pattern)}的时间`, `the time since ${sayPattern(s, e.pattern)}`);
    case 'rate':
    case 'loudness':
    case 'responseGap':
    case 'mood':
      return say(s, `${sayRole(s, e.role)}${wordOf(s, 'function', e.kind)}`, `${sayRole(s, e.role)}${wordOf(s, 'function', e.kind)}`);
    default:
      return '';
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

// ---------- patterns

export function sayPattern(s: Speaker, p: ResolvedPattern): string {
  return p.kind === 'anyOf' ? p.items.map((item) => sayEvent(s, item)).join(say(s, '或', ' or ')) : sayEvent(s, p);
}

function sayEvent(s: Speaker, p: ResolvedEventPattern): string {
  const text = p.text === undefined ? '' : `${say(s, '', ' ')}${sayText(s, p.text)}`;
  const details = [
    ...p.with.map((field) => say(s, `含${nameOf(s, field)}`, `with ${nameOf(s, field)}`)),
    ...p.where.map((condition) => sayComparison(s, condition)),
  ];
  const bracketed = details.length === 0 ? '' : say(s, `（${details.join('，')}）`, ` (${details.join(', ')})`);
  return `${sayRole(s, p.role)}${wordOf(s, 'event', p.type)}${text}${bracketed}`;
}

export function sayComparison(s: Speaker, c: ResolvedCompare): string {
  const left = sayValue(s, c.left);
  const operator = wordOf(s, 'comparison', c.op);
  if (c.text !== undefined) return joined(left, operator, sayText(s, c.text));
  if (c.right === undefined) return say(s, `${left}${operator}`, `${left} ${operator}`);
  const upper = c.upper === undefined ? '' : say(s, `至 ${sayValue(s, c.upper)}`, `and ${sayValue(s, c.upper)}`);
  return joined(say(s, `${left}${operator}`, `${left} ${operator}`), sayValue(s, c.right), upper);
}

// ---------- windows

/** In Chinese it stands before what happens, in English behind it. */
export function sayWindow(s: Speaker, w: ResolvedWindow | undefined): string {
  if (w === undefined) return '';
  switch (w.kind) {
    case 'after': {
      const to = sayValue(s, w.to);
      if (w.from === undefined) return say(s, `${to}内`, `within ${to}`);
      return say(s, `${sayValue(s, w.from)}至 ${to}内`, `between ${sayValue(s, w.from)} and ${to} later`);
    }
    case 'by':
      return say(s, `不迟于${sayValue(s, w.instant)}`, `by ${sayValue(s, w.instant)}`);
    case 'before':
      if (w.utterances !== undefined) {
        return say(s, `此前 ${w.utterances} ${wordOf(s, 'unit', 'utt')}内`, `in the ${w.utterances} ${wordOf(s, 'unit', 'utt')} before`);
      }
      if (w.length === undefined) return say(s, '此前', 'beforehand');
      return say(s, `此前 ${sayValue(s, w.length)}内`, `in the ${sayValue(s, w.length)} before`);
    case 'around':
      return say(s, `前后 ${sayValue(s, w.length)}内`, `within ${sayValue(s, w.length)} before or after`);
    case 'firstPart':
      return say(s, `开头 ${sayValue(s, w.length)}内`, `in the first ${sayValue(s, w.length)}`);
    case 'lastPart':
      return say(s, `最后 ${sayValue(s, w.length)}内`, `in the last ${sayValue(s, w.length)}`);
    case 'utterances':
      return say(s, `${w.count} ${wordOf(s, 'unit', w.unit)}内`, `within ${w.count} ${wordOf(s, 'unit', w.unit)}`);
    case 'until': {
      const latest = w.latest === undefined ? '' : say(s, `（最迟 ${sayValue(s, w.latest)}）`, ` (${sayValue(s, w.latest)} at the latest)`);
      return say(s, `到${sayPattern(s, w.pattern)}为止${latest}`, `until ${sayPattern(s, w.pattern)}${latest}`);
    }
    case 'toEnd':
    case 'whole':
    case 'thatTime':
      return wordOf(s, 'keyword', w.kind);
  }
}

/** What happens, with its window where the tongue puts it. */
function placed(s: Speaker, what: string, w: ResolvedWindow): string {
  const window = sayWindow(s, w);
  return say(s, `${window}${/[A-Za-z0-9]$/.test(window) ? ' ' : ''}${what}`, joined(what, window));
}

// ---------- formulas

export function sayFormula(s: Speaker, f: ResolvedFormula): string {
  switch (f.kind) {
    case 'and':
    case 'or': {
      const items = f.items.map((item) => (item.kind === 'or' || item.kind === 'implies' ? bracketed(s, item) : sayFormula(s, item)));
      return items.join(f.kind === 'and' ? say(s, '，且', ' and ') : say(s, '，或', ' or '));
    }
    case 'not':
      return say(s, `没有${sayFormula(s, f.item)}`, `not (${sayFormula(s, f.item)})`);
    case 'implies':
      return say(
        s,
        `如果${sayFormula(s, f.left)}，就${sayFormula(s, f.right)}`,
        `if ${sayFormula(s, f.left)}, then ${sayFormula(s, f.right)}`,
      );
    case 'parts': {
      const items = f.items.map(({ label, item }) => `${label === undefined ? '' : `“${labelOf(s, label)}” `}${sayFormula(s, item)}`);
      const need =
        f.need === 'all'
          ? say(s, '各项都有', 'all of')
          : f.need === 'any'
            ? say(s, '任有一项', 'any of')
            : say(s, `至少 ${f.need} 项`, `at least ${f.need} of`);
      return say(s, `${need}：${items.join('；')}`, `${need}: ${items.join('; ')}`);
    }
    case 'forEach':
      return say(
        s,
        `对${sayValue(s, f.list)}的每一项，${sayFormula(s, f.item)}`,
        `for each item of ${sayValue(s, f.list)}, ${sayFormula(s, f.item)}`,
      );
    case 'every':
      return placed(
        s,
        say(s, `每 ${sayValue(s, f.period)}${sayPattern(s, f.pattern)}`, `every ${sayValue(s, f.period)} ${sayPattern(s, f.pattern)}`),
        f.window,
      );
    case 'sequence':
      return placed(
        s,
        say(
          s,
          `依次${listed(
            s,
            f.items.map((p) => sayPattern(s, p)),
          )}`,
          `in this order: ${listed(
            s,
            f.items.map((p) => sayPattern(s, p)),
          )}`,
        ),
        f.window,
      );
    case 'compare':
      return sayComparison(s, f);
    case 'currently':
      return say(
        s,
        `正在${sayRole(s, f.role)}${wordOf(s, 'interval', f.interval)}`,
        `${sayRole(s, f.role)}${wordOf(s, 'interval', f.interval)} is going on`,
      );
    case 'calendar':
      return say(s, `正值${wordOf(s, 'calendar', f.name)}`, `it is ${wordOf(s, 'calendar', f.name)}`);
    case 'happens':
      return placed(s, `${sayPattern(s, f.pattern)}${sayCount(s, f)}`, f.window);
    case 'breach':
      return say(s, '这样做', 'do this');
  }
}

function bracketed(s: Speaker, f: ResolvedFormula): string {
  return say(s, `（${sayFormula(s, f)}）`, `(${sayFormula(s, f)})`);
}

function sayCount(s: Speaker, { count }: Happens<'resolved'>): string {
  if (count === undefined) return '';
  return ` ${wordOf(s, 'keyword', count.op)} ${sayValue(s, count.n)} ${wordOf(s, 'keyword', 'times')}`;
}

// ---------- triggers

export function sayTrigger(s: Speaker, t: ResolvedTrigger): string {
  switch (t.kind) {
    case 'onScope':
      return say(s, '全程', 'throughout');
    case 'onInterval':
      return say(
        s,
        `${sayRole(s, t.role)}${wordOf(s, 'interval', t.interval)}期间`,
        `during ${sayRole(s, t.role)}${wordOf(s, 'interval', t.interval)}`,
      );
    case 'onLasting': {
      const interval = `${sayRole(s, t.role)}${wordOf(s, 'interval', t.interval)}`;
      return say(s, `${interval}满 ${sayValue(s, t.length)}时`, `when ${interval} has lasted ${sayValue(s, t.length)}`);
    }
    case 'onEvent': {
      const pattern = sayPattern(s, t.pattern);
      if (t.which === 'first') return say(s, `首次${pattern}时`, `the first time ${pattern}`);
      return typeof t.which === 'number'
        ? say(s, `第 ${t.which} 次${pattern}时`, `at occurrence ${t.which} of ${pattern}`)
        : say(s, `${pattern}时`, `when ${pattern}`);
    }
  }
}
