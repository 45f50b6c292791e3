import type { PhraseFamily, PhraseGuard } from '../phrases.ts';
import { type Automaton, buildAutomaton, search } from './automaton.ts';
import { guardedBy } from './guards.ts';
import { matchAround, type TemplateMatch } from './match-template.ts';
import { type NormalText, normalise, normalised, originalSpan } from './normalise.ts';
import { parseLiteral, parseVariant, type Template } from './template.ts';

/** One occurrence of a family in a text. */
export interface Hit {
  readonly family: string;
  readonly slots: Readonly<Record<string, string | number>>;
  /** slots where something stood that cannot be bound */
  readonly unclear: readonly string[];
  /** `[from, to)` in the text as recorded */
  readonly span: readonly [number, number];
  /** `[from, to)` in the normalised text */
  readonly place: readonly [number, number];
  /** the hit is dropped: it is negated or quoted */
  readonly guarded?: PhraseGuard | undefined;
  /** 1 = exact */
  readonly score: number;
}

/** What the lexical stage found in one text. */
export interface Reading {
  readonly text: NormalText;
  /**
   * Families that occur, each with its hits: longest first, then leftmost; of overlapping hits the first in that order.
   * Guarded hits are among them.
   */
  readonly families: ReadonlyMap<string, readonly Hit[]>;
  /** quoted texts of norms that occur, by their value as written: first place in the normalised text */
  readonly literals: ReadonlyMap<string, readonly [number, number]>;
}

/** A variant or a literal that cannot be compiled; it never matches. */
export interface LexicalProblem {
  /** family id, or the literal */
  readonly of: string;
  readonly variant: string;
  readonly code: 'unknown-slot' | 'no-words' | 'unclosed';
  readonly found: string;
}

type Role =
  | { readonly kind: 'variant' | 'exclusion'; readonly family: PhraseFamily }
  | { readonly kind: 'literal'; readonly value: string };

interface Entry {
  readonly role: Role;
  readonly template: Template;
}

/** All families of all packs and all quoted texts of their norms, compiled into one automaton. */
export interface Lexicon {
  readonly automaton: Automaton;
  /** entries whose anchor is the word of that index */
  readonly entries: readonly (readonly Entry[])[];
  readonly families: ReadonlyMap<string, PhraseFamily>;
  readonly problems: readonly LexicalProblem[];
}

/** Why a variant cannot be compiled, or undefined when it can. */
export function variantProblem(variant: string): Pick<LexicalProblem, 'code' | 'found'> | undefined {
  const result = parseVariant(variant);
  return result.ok ? undefined : { code: result.code, found: result.found };
}

export function compileLexicon(families: readonly PhraseFamily[], literals: readonly string[]): Lexicon {
  const byAnchor = new Map<string, Entry[]>();
  const problems: LexicalProblem[] = [];
  const add = (role: Role, source: string) => {
    const result = role.kind === 'variant' ? parseVariant(source) : parseLiteral(source);
    const of = role.kind === 'literal' ? role.value : role.family.id;
    if (!result.ok) {
      problems.push({ of, variant: source, code: result.code, found: result.found });
      return;
    }
    const anchor = result.template.pieces[result.template.anchor];
    if (anchor?.kind !== 'words') return;
    const list = byAnchor.get(anchor.text) ?? [];
    list.push({ role, template: result.template });
    byAnchor.set(anchor.text, list);
  };
  for (const family of families) {
    for (const variant of family.variants) add({ kind: 'variant', family }, variant);
    for (const exclusion of family.not) add({ kind: 'exclusion', family }, exclusion);
  }
  for (const value of new Set(literals)) add({ kind: 'literal', value }, value);
  const words = [...byAnchor.keys()];
  return {
    automaton: buildAutomaton(words),
    entries: words.map((word) => byAnchor.get(word) ?? []),
    families: new Map(families.map((family) => [family.id, family])),
    problems,
  };
}

interface Found {
  readonly matches: Map<string, TemplateMatch[]>;
  readonly exclusions: Map<string, TemplateMatch[]>;
  readonly literals: Map<string, readonly [number, number]>;
}

/** Reads one text. Cost: one pass over the text and work for each anchor found, independent of the number of families. */
export function read(lexicon: Lexicon, original: string): Reading {
  const text = normalise(original);
  const found: Found = { matches: new Map(), exclusions: new Map(), literals: new Map() };
  search(lexicon.automaton, text.text, (word, at) => {
    for (const entry of lexicon.entries[word] ?? []) {
      const match = matchAround(entry.template, text, at);
      if (match !== undefined) keep(found, entry.role, match);
    }
  });
  const families = new Map<string, readonly Hit[]>();
  for (const [id, matches] of found.matches) {
    const family = lexicon.families.get(id);
    if (family === undefined) continue;
    const hits = hitsOf(family, matches, found.exclusions.get(id) ?? [], text);
    if (hits.length > 0) families.set(id, hits);
  }
  return { text, families, literals: found.literals };
}

function keep(found: Found, role: Role, match: TemplateMatch): void {
  if (role.kind === 'literal') {
    const known = found.literals.get(role.value);
    if (known === undefined || match.from < known[0]) found.literals.set(role.value, [match.from, match.to]);
    return;
  }
  const target = role.kind === 'variant' ? found.matches : found.exclusions;
  const list = target.get(role.family.id);
  if (list === undefined) target.set(role.family.id, [match]);
  else list.push(match);
}

function hitsOf(family: PhraseFamily, matches: readonly TemplateMatch[], exclusions: readonly TemplateMatch[], text: NormalText): Hit[] {
  const ordered = matches
    .filter((match) => !exclusions.some((other) => other.from <= match.from && match.to <= other.to))
    .sort((one, other) => other.to - other.from - (one.to - one.from) || other.definite - one.definite || one.from - other.from);
  const hits: Hit[] = [];
  for (const match of ordered) {
    if (hits.some((hit) => match.from < hit.place[1] && hit.place[0] < match.to)) continue;
    hits.push({
      family: family.id,
      slots: match.slots,
      unclear: match.unclear,
      span: originalSpan(text, match.from, match.to),
      place: [match.from, match.to],
      guarded: guardedBy(family.guard, text, match.from, match.to),
      score: 1,
    });
  }
  return hits;
}

/** Does the noted value occur in the text? Digits are compared as digits: 幺三八 is 138. Empty values never occur. */
export function occurs(reading: Reading, value: string): boolean {
  const wanted = normalised(value);
  return wanted !== '' && reading.text.text.includes(wanted);
}
