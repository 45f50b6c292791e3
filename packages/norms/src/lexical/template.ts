import { normalised } from './normalise.ts';
import { type SlotGrammar, slotGrammars } from './slots.ts';

/** A variant of a family or a literal of a norm, cut into what the matcher walks along. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: SlotGrammar }
  | { readonly kind: 'gap'; readonly longest: number }
  /** words that may be missing */
  | { readonly kind: 'optional'; readonly text: string };

export interface Template {
  readonly pieces: readonly Piece[];
  /** index of the longest piece of plain words: the automaton looks for it, the rest is verified around it */
  readonly anchor: number;
  /** characters that may stand before the anchor */
  readonly before: { readonly least: number; readonly most: number };
  /** units that can stand right before and right after the anchor, where a slot with a grammar of its own does */
  readonly beside: { readonly left?: ReadonlySet<number> | undefined; readonly right?: ReadonlySet<number> | undefined };
  /** characters that the variant itself prescribes: of two matches of one length the more definite one wins */
  readonly definite: number;
}

export interface VariantFault {
  readonly ok: false;
  readonly code: 'unknown-slot' | 'no-words' | 'unclosed' | 'too-many';
  readonly found: string;
}

export type TemplateResult = { readonly ok: true; readonly template: Template } | VariantFault;
export type VariantResult = { readonly ok: true; readonly templates: readonly Template[] } | VariantFault;

/** `*` in a variant: any run of at most so many characters. In a literal of norm text it has no limit. */
const variantGap = 12;

/** `(a|b)` in a variant stands for one variant with a and one with b, `[a|b]` for a third with neither; of all together there may be so many. */
const mostChoices = 256;

/**
 * Variant syntax: words; `{slot}`; `[words that may be missing]`; `(one|or another)`; `[one|another|or none]`; `*` for a run of at most 12 characters. Refuses
 * unknown slots, brackets that do not close or stand inside each other, more than 256 combinations, and variants without a single
 * word (they would match everything).
 */
export function parseVariant(variant: string): VariantResult {
  const choices = spelledOut(variant);
  if (!Array.isArray(choices)) return choices;
  const templates: Template[] = [];
  for (const choice of choices) {
    const result = parseChoice(choice);
    if (!result.ok) return result;
    templates.push(result.template);
  }
  return { ok: true, templates };
}

function spelledOut(variant: string): string[] | VariantFault {
  let choices = [''];
  for (const match of variant.matchAll(/\(([^()]*)\)|(\[[^[\]()]*\|[^[\]()]*\])|[^()[]+|[()[]/gu)) {
    const [whole, group, optional] = match;
    if (group === undefined && (whole === '(' || whole === ')')) return { ok: false, code: 'unclosed', found: variant.slice(match.index) };
    const endings = group?.split('|') ?? (optional === undefined ? [whole] : ['', ...optional.slice(1, -1).split('|')]);
    choices = choices.flatMap((begun) => endings.map((ending) => begun + ending));
    if (choices.length > mostChoices) return { ok: false, code: 'too-many', found: variant };
  }
  return choices;
}

function parseChoice(variant: string): TemplateResult {
  const pieces: Piece[] = [];
  const scan = /\{([^}]*)\}|\[([^\]]*)\]|\*|[^{[*]+|[{[]/gu;
  for (const match of variant.matchAll(scan)) {
    const [whole, slotName, optional] = match;
    if (slotName !== undefined) {
      const slot = slotGrammars.get(slotName);
      if (slot === undefined) return { ok: false, code: 'unknown-slot', found: slotName };
      pieces.push({ kind: 'slot', slot });
    } else if (optional !== undefined) {
      const words = normalised(optional);
      if (words !== '') pieces.push({ kind: 'optional', text: words });
    } else if (whole === '*') pieces.push({ kind: 'gap', longest: variantGap });
    else if (whole === '{' || whole === '[') return { ok: false, code: 'unclosed', found: variant.slice(match.index) };
    else pushWords(pieces, whole);
  }
  return anchored(pieces, variant);
}

/** A quoted text of a norm: words and `*` for any run of characters; one at the beginning or the end means nothing. */
export function parseLiteral(value: string): TemplateResult {
  const pieces: Piece[] = [];
  const runs = value.split('*');
  runs.forEach((words, index) => {
    if (index > 0 && pieces.length > 0 && runs.slice(index).some((later) => normalised(later) !== '')) {
      if (pieces.at(-1)?.kind !== 'gap') pieces.push({ kind: 'gap', longest: Number.POSITIVE_INFINITY });
    }
    pushWords(pieces, words);
  });
  return anchored(pieces, value);
}

function pushWords(pieces: Piece[], words: string): void {
  const text = normalised(words);
  if (text === '') return;
  const last = pieces.at(-1);
  if (last?.kind === 'words') pieces[pieces.length - 1] = { kind: 'words', text: last.text + text };
  else pieces.push({ kind: 'words', text });
}

function anchored(pieces: readonly Piece[], source: string): TemplateResult {
  let anchor = -1;
  let longest = 0;
  pieces.forEach((piece, index) => {
    if (piece.kind === 'words' && piece.text.length > longest) {
      anchor = index;
      longest = piece.text.length;
    }
  });
  if (anchor < 0) return { ok: false, code: 'no-words', found: source };
  const before = { least: 0, most: 0 };
  for (const piece of pieces.slice(0, anchor)) {
    const reach = lengths(piece);
    before.least += reach.least;
    before.most += reach.most;
  }
  const definite = pieces.reduce((sum, piece) => sum + (piece.kind === 'words' ? piece.text.length : 0), 0);
  const left = pieces[anchor - 1];
  const right = pieces[anchor + 1];
  const beside = {
    left: left?.kind === 'slot' && left.slot.kind === 'typed' ? unitsOf(left.slot.ends) : undefined,
    right: right?.kind === 'slot' && right.slot.kind === 'typed' ? unitsOf(right.slot.begins) : undefined,
  };
  return { ok: true, template: { pieces, anchor, before, beside, definite } };
}

function unitsOf(characters: string): ReadonlySet<number> {
  return new Set(Array.from(characters, (character) => character.charCodeAt(0)));
}

function lengths(piece: Piece): { readonly least: number; readonly most: number } {
  switch (piece.kind) {
    case 'words':
      return { least: piece.text.length, most: piece.text.length };
    case 'gap':
      return { least: 0, most: piece.longest };
    case 'slot':
      return piece.slot.kind === 'typed'
        ? { least: 1, most: piece.slot.longest }
        : { least: piece.slot.shortest, most: piece.slot.longest };
    case 'optional':
      return { least: 0, most: piece.text.length };
  }
}
