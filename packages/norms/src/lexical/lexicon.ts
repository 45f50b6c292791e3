import type { PhraseFamily } from '../phrases.ts';
import { type Automaton, buildAutomaton, Occurrences, search } from './automaton.ts';
import { FoldedText } from './fold.ts';
import { type Hit, hitsOf } from './hits.ts';
import { exactEar, matchAround, type TemplateMatch } from './match-template.ts';
import { type NormalText, normalise, normalised } from './normalise.ts';
import { type CompiledPattern, findPattern } from './pattern.ts';
import { compileSounding, hear, type Sounding } from './sounding.ts';
import { type Syllables, soundsOf } from './sounds.ts';
import { type Piece, parseLiteral, parseVariant, type Template, type VariantFault } from './template.ts';

/** What the lexical stage found in one text. */
export interface Reading {
  readonly text: NormalText;
  /** Families that occur, each with its hits in the order of `hitsOf`. Guarded hits are among them. */
  readonly families: ReadonlyMap<string, readonly Hit[]>;
  /** quoted texts of norms that occur, by their value as written: first place in the normalised text */
  readonly literals: ReadonlyMap<string, readonly [number, number]>;
  /** patterns of norms that match, by their source: first place in the normalised text */
  readonly patterns: ReadonlyMap<string, readonly [number, number]>;
}

/** A variant or a literal that cannot be compiled; it never matches. */
export interface LexicalProblem extends Pick<VariantFault, 'code' | 'found'> {
  /** family id, or the literal */
  readonly of: string;
  readonly variant: string;
}

/** A template and whom it belongs to: a sentence that many families have is matched once. */
interface Entry {
  readonly template: Template;
  /** indices of families of which it is a variant, or a fence */
  readonly variantOf: number[];
  readonly fenceOf: number[];
  /** quoted texts of norms */
  readonly literals: string[];
}

/** All families of all packs and all quoted texts of their norms, compiled into one automaton. */
export interface Lexicon {
  readonly automaton: Automaton;
  /** by word of the automaton: the entries whose anchor it is */
  readonly anchored: readonly (readonly Entry[])[];
  readonly ordered: readonly PhraseFamily[];
  readonly families: ReadonlyMap<string, PhraseFamily>;
  readonly problems: readonly LexicalProblem[];
  readonly fencesAcross: boolean;
  /** families that are also heard by their sound, where a recogniser wrote */
  readonly sounding: Sounding | undefined;
  /** patterns of norms, by their source */
  readonly patterns: ReadonlyMap<string, CompiledPattern>;
}

/** Why a variant cannot be compiled, or undefined when it can. */
export function variantProblem(variant: string): Pick<LexicalProblem, 'code' | 'found'> | undefined {
  const result = parseVariant(variant);
  return result.ok ? undefined : { code: result.code, found: result.found };
}

export interface LexiconOptions {
  /** how characters are read, in place of the table that ships */
  readonly syllables?: Syllables | undefined;
  /** as it was before decision 11: a fence reaches over clause marks */
  readonly fencesAcross?: boolean;
  /** patterns of norms, by their source */
  readonly patterns?: ReadonlyMap<string, CompiledPattern>;
}

export function compileLexicon(families: readonly PhraseFamily[], literals: readonly string[], options: LexiconOptions = {}): Lexicon {
  const compiler = new Compiler();
  // families of one id, in several packs, are heard as one
  const unique = new Map(families.map((family) => [family.id, family]));
  const indices = new Map([...unique.keys()].map((id, index) => [id, index]));
  for (const family of families) {
    const index = indices.get(family.id) ?? 0;
    for (const variant of family.variants) for (const entry of compiler.variant(family.id, variant)) entry.variantOf.push(index);
    for (const fence of family.not) for (const entry of compiler.variant(family.id, fence)) entry.fenceOf.push(index);
  }
  for (const value of new Set(literals)) compiler.literal(value)?.literals.push(value);
  const words = [...compiler.byAnchor.keys()];
  return {
    automaton: buildAutomaton(words),
    anchored: [...compiler.byAnchor.values()].map((entries) => [...entries.values()]),
    ordered: [...unique.values()],
    families: unique,
    problems: compiler.problems,
    fencesAcross: options.fencesAcross === true,
    sounding: compileSounding(
      families,
      (id) => indices.get(id) ?? 0,
      () => soundsOf(options.syllables),
    ),
    patterns: options.patterns ?? new Map(),
  };
}

class Compiler {
  readonly byAnchor = new Map<string, Map<string, Entry>>();
  readonly problems: LexicalProblem[] = [];

  variant(of: string, variant: string): readonly Entry[] {
    const result = parseVariant(variant);
    if (result.ok) return [...new Set(result.templates.map((template) => this.#entry(template)))];
    this.problems.push({ of, variant, code: result.code, found: result.found });
    return [];
  }

  literal(value: string): Entry | undefined {
    const result = parseLiteral(value);
    if (result.ok) return this.#entry(result.template);
    this.problems.push({ of: value, variant: value, code: result.code, found: result.found });
    return undefined;
  }

  #entry(template: Template): Entry {
    const anchor = template.pieces[template.anchor];
    const word = anchor?.kind === 'words' ? anchor.text : '';
    const entries = this.byAnchor.get(word) ?? new Map<string, Entry>();
    this.byAnchor.set(word, entries);
    const key = template.pieces.map(spelled).join('');
    const entry = entries.get(key) ?? { template, variantOf: [], fenceOf: [], literals: [] };
    entries.set(key, entry);
    return entry;
  }
}

/** A piece as text: equal for equal pieces only, because normalised words hold no punctuation. */
function spelled(piece: Piece): string {
  switch (piece.kind) {
    case 'words':
      return `,${piece.text}`;
    case 'optional':
      return `[${piece.text}]`;
    case 'gap':
      return `*${piece.longest}`;
    case 'slot':
      return `{${piece.slot.id}}`;
  }
}

/** The text that is being read. Nothing of it outlives the reading. */
class CurrentText implements NormalText {
  readonly folded = new FoldedText();
  original = '';
  #text: string | undefined;

  take(original: string): void {
    this.original = original;
    this.#text = undefined;
    this.folded.fold(original);
  }

  get text(): string {
    this.#text ??= this.folded.text();
    return this.#text;
  }

  get length(): number {
    return this.folded.length;
  }

  get from(): Uint16Array {
    return this.folded.from;
  }

  get to(): Uint16Array {
    return this.folded.to;
  }

  get clause(): Uint8Array {
    return this.folded.clause;
  }
}

const current = new CurrentText();
const occurrences = new Occurrences();
const noFamilies: ReadonlyMap<string, readonly Hit[]> = new Map();
const nothingAnchored: readonly Entry[] = [];
const noFences: readonly TemplateMatch[] = [];
const noLiterals: ReadonlyMap<string, readonly [number, number]> = new Map();

interface Matches {
  readonly variants: Map<number, TemplateMatch[]>;
  readonly fences: Map<number, TemplateMatch[]>;
  readonly literals: Map<string, readonly [number, number]>;
}

/**
 * Reads one text. Cost: one pass over the text and work for each anchor found, independent of the number of families. `recognised`: a
 * recogniser wrote it, so that families which allow it are heard by their sound as well (a second pass).
 */
export function read(lexicon: Lexicon, original: string, recognised = false): Reading {
  current.take(original);
  const { units, length } = current.folded;
  search(lexicon.automaton, units, length, occurrences);
  let matches: Matches | undefined;
  for (let i = 0; i < occurrences.length; i += 2) {
    const at = occurrences.pairs[i + 1] as number;
    for (const entry of lexicon.anchored[occurrences.pairs[i] as number] ?? nothingAnchored) {
      const match = matchAt(entry.template, at);
      if (match === undefined) continue;
      matches ??= noMatches();
      keep(matches, entry, match);
    }
  }
  if (recognised && lexicon.sounding !== undefined) {
    hear(lexicon.sounding, current, units, (family, fence, match) => {
      matches ??= noMatches();
      add(fence ? matches.fences : matches.variants, family, match);
    });
  }
  const patterns = patternsIn(lexicon);
  const text = normalise(original);
  if (matches === undefined) return { text, families: noFamilies, literals: noLiterals, patterns };
  return { text, families: familiesOf(lexicon, matches), literals: matches.literals, patterns };
}

function patternsIn(lexicon: Lexicon): Reading['patterns'] {
  let found: Map<string, readonly [number, number]> | undefined;
  for (const [source, pattern] of lexicon.patterns) {
    const place = findPattern(pattern, current.folded);
    if (place === undefined) continue;
    found ??= new Map();
    found.set(source, place);
  }
  return found ?? noLiterals;
}

const noMatches = (): Matches => ({ variants: new Map(), fences: new Map(), literals: new Map() });

function keep(matches: Matches, entry: Entry, match: TemplateMatch): void {
  for (const family of entry.variantOf) add(matches.variants, family, match);
  for (const family of entry.fenceOf) add(matches.fences, family, match);
  for (const value of entry.literals) {
    const known = matches.literals.get(value);
    if (known === undefined || match.from < known[0]) matches.literals.set(value, [match.from, match.to]);
  }
}

function add(matches: Map<number, TemplateMatch[]>, family: number, match: TemplateMatch): void {
  const list = matches.get(family);
  if (list === undefined) matches.set(family, [match]);
  else list.push(match);
}

const nothing: TemplateMatch['slots'] = Object.freeze({});
const nobody: readonly string[] = Object.freeze([]);

function matchAt(template: Template, at: number): TemplateMatch | undefined {
  const { pieces, beside, definite } = template;
  if (pieces.length === 1) return { from: at, to: at + definite, slots: nothing, unclear: nobody, definite, differing: 0 };
  const { units, length } = current.folded;
  if (beside.left !== undefined && (at === 0 || !beside.left.has(units[at - 1] as number))) return undefined;
  if (beside.right !== undefined) {
    const anchor = pieces[template.anchor];
    const end = at + (anchor?.kind === 'words' ? anchor.text.length : 0);
    if (end >= length || !beside.right.has(units[end] as number)) return undefined;
  }
  return matchAround(template, current, at, exactEar);
}

function familiesOf({ ordered, fencesAcross }: Lexicon, { variants, fences }: Matches): ReadonlyMap<string, readonly Hit[]> {
  if (variants.size === 0) return noFamilies;
  const families = new Map<string, readonly Hit[]>();
  for (const [index, found] of variants) {
    const family = ordered[index];
    if (family === undefined) continue;
    const hits = hitsOf(family, found, { matches: fences.get(index) ?? noFences, across: fencesAcross }, current);
    if (hits.length > 0) families.set(family.id, hits);
  }
  return families;
}

/** Does the noted value occur in the text? Digits are compared as digits: 幺三八 is 138. Empty values never occur. */
export function occurs(reading: Reading, value: string): boolean {
  const wanted = normalised(value);
  return wanted !== '' && reading.text.text.includes(wanted);
}
