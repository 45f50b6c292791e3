import type { PhraseFamily } from '../phrases.ts';
import type { Tongue } from '../problem.ts';
import type { WordKind } from '../syntax/keywords.ts';
import { type Lexicon, surfaceOf } from '../syntax/lexicon.ts';
import type { Quantity, ResolvedExpression, Text } from '../tree.ts';

/** What sentences are made with: the words of the language and the titles of the phrase families. */
export interface Phrasebook {
  readonly lexicon: Lexicon;
  readonly families: readonly Pick<PhraseFamily, 'id' | 'zh' | 'en'>[];
  /** English words for the labels of the norm's parts (`messages.en.yaml`) */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** One tongue of a phrasebook. Chinese words stand without blanks, but numbers keep theirs. */
export interface Speaker extends Phrasebook {
  readonly tongue: Tongue;
}

export function say(s: Speaker, zh: string, en: string): string {
  return s.tongue === 'zh' ? zh : en;
}

/** Chinese text with a blank between Chinese and Latin letters or digits; quoted words stay as they are. */
export function spaced(s: Speaker, text: string): string {
  if (s.tongue === 'en') return text;
  return text
    .split(/([“「][^”」]*[”」])/u)
    .map((piece, index) => {
      if (index % 2 === 1) return piece;
      return piece.replace(/(\p{Script=Han})(?=[A-Za-z0-9])/gu, '$1 ').replace(/([A-Za-z0-9%])(?=\p{Script=Han})/gu, '$1 ');
    })
    .join('');
}

export function wordOf(s: Speaker, kind: WordKind, id: string): string {
  return surfaceOf(s.lexicon, kind, id, s.tongue);
}

/** A field word, or an own name as it is. */
export function nameOf(s: Speaker, field: string): string {
  return s.lexicon.words.has(`field:${field}`) ? wordOf(s, 'field', field) : field;
}

export function labelOf(s: Speaker, label: string): string {
  return s.tongue === 'en' ? (s.labels?.[label] ?? label) : label;
}

export function listed(s: Speaker, items: readonly string[]): string {
  return items.join(say(s, '、', ', '));
}

function number(thousandths: number): string {
  return String(thousandths / 1000);
}

export function sayQuantity(s: Speaker, q: Quantity): string {
  if (q.unit === undefined) return number(q.thousandths);
  return q.unit === 'pct' ? `${number(q.thousandths)} %` : `${number(q.thousandths)} ${wordOf(s, 'unit', q.unit)}`;
}

function withRole(s: Speaker, role: string | undefined, words: string): string {
  return role === undefined ? words : `${wordOf(s, 'role', role)}${say(s, '', ' ')}${words}`;
}

/** A value as people say it. Patterns inside measures are left to `sayPattern`, given by the caller to keep the files apart. */
export function sayExpression(s: Speaker, e: ResolvedExpression, measure: (e: ResolvedExpression) => string): string {
  const inner = (part: ResolvedExpression): string => sayExpression(s, part, measure);
  switch (e.kind) {
    case 'quantity':
      return sayQuantity(s, e);
    case 'str':
      return `“${e.value}”`;
    case 'bool':
      return wordOf(s, 'keyword', e.value ? 'yes' : 'nope');
    case 'tod':
      return `${String(Math.floor(e.value / 3_600_000)).padStart(2, '0')}:${String((e.value / 60_000) % 60).padStart(2, '0')}`;
    case 'listOf':
      return listed(s, e.items.map(inner));
    case 'symbol':
      return nameOf(s, e.name);
    case 'field':
      return nameOf(s, e.field);
    case 'variable':
      return say(s, `所记${nameOf(s, e.name)}`, `the ${nameOf(s, e.name)} noted`);
    case 'trigField':
      return say(s, `当时的${nameOf(s, e.field)}`, `its ${nameOf(s, e.field)}`);
    case 'attribute':
      return say(s, `本次${nameOf(s, e.field)}`, `the ${nameOf(s, e.field)} of this interaction`);
    case 'clock':
      return wordOf(s, 'function', 'clock');
    case 'arith': {
      const sum = folded(e);
      if (sum !== undefined) return sayQuantity(s, sum);
      return `${sayOperand(e.left, inner)} ${e.op} ${sayOperand(e.right, inner)}`;
    }
    case 'duration':
    case 'longest':
      return say(
        s,
        `${withRole(s, e.role, wordOf(s, 'interval', e.interval))}${wordOf(s, 'function', e.kind)}`,
        `${wordOf(s, 'function', e.kind)} of ${withRole(s, e.role, wordOf(s, 'interval', e.interval))}`,
      );
    case 'share':
      return say(
        s,
        `${withRole(s, e.role, wordOf(s, 'interval', e.interval))}占${wordOf(s, 'interval', e.of)}的比例`,
        `share of ${withRole(s, e.role, wordOf(s, 'interval', e.interval))} in ${wordOf(s, 'interval', e.of)}`,
      );
    default:
      return measure(e);
  }
}

/** 60 s + 20 s is told as 80 s. */
function folded({ op, left, right, span }: Extract<ResolvedExpression, { kind: 'arith' }>): Quantity | undefined {
  if (left.kind !== 'quantity' || right.kind !== 'quantity' || left.unit !== right.unit || (op !== '+' && op !== '-')) return undefined;
  const thousandths = op === '+' ? left.thousandths + right.thousandths : left.thousandths - right.thousandths;
  return { kind: 'quantity', thousandths, unit: left.unit, span };
}

function sayOperand(e: ResolvedExpression, inner: (e: ResolvedExpression) => string): string {
  return e.kind === 'arith' ? `(${inner(e)})` : inner(e);
}

/** A text matcher as people say it: families by their titles. */
export function sayText(s: Speaker, t: Text): string {
  const group = (items: readonly Text[]): string =>
    listed(
      s,
      items.map((item) => sayText(s, item)),
    );
  switch (t.kind) {
    case 'family': {
      const family = s.families.find(({ id }) => id === t.name);
      return say(s, `「${family?.zh ?? t.name}」`, `‘${family?.en ?? t.name}’`);
    }
    case 'literal':
    case 'sounds':
      return `“${t.value}”`;
    case 'regex':
      return say(s, `合于“${t.value}”的话`, `something like “${t.value}”`);
    case 'similar':
      return say(s, `近似“${t.value}”的话`, `something similar to “${t.value}”`);
    case 'repeated':
      return say(s, '与自己刚说过的相同的话', 'what was said just before');
    case 'spoken':
      return say(s, `所记${nameOf(s, t.name)}`, `the ${nameOf(s, t.name)} noted`);
    case 'near':
      return say(
        s,
        `${sayText(s, t.left)}${t.negated ? '（不近' : '（近'}${sayText(s, t.right)} ${t.distance} 字）`,
        `${sayText(s, t.left)} ${t.negated ? 'not ' : ''}near ${sayText(s, t.right)} (${t.distance} characters)`,
      );
    case 'someOf':
      if (t.need === 'none') return say(s, `不含${group(t.items)}的话`, `none of ${group(t.items)}`);
      if (t.need === 'all') return t.items.map((item) => sayText(s, item)).join(say(s, '并', ' with '));
      if (t.need === 'any') return say(s, `${group(t.items)}之一`, `one of ${group(t.items)}`);
      return say(s, `${group(t.items)}中至少 ${t.need} 项`, `at least ${t.need} of ${group(t.items)}`);
  }
}
