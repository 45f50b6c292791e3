import { normalised } from './normalise.ts';
import { type SlotGrammar, slotGrammars } from './slots.ts';

/** A variant of a family or a literal of a norm, cut into what the matcher walks along. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'slot'; readonly slot: SlotGrammar }
  | { readonly kind: 'gap'; readonly longest: number }
  | { readonly kind: 'optional'; readonly pieces: readonly Piece[] };

export interface Template {
  readonly pieces: readonly Piece[];
  /** index of the longest piece of plain words: the automaton looks for it, the rest is verified around it */
  readonly anchor: number;
  /** characters that may stand before the anchor */
  readonly before: { readonly least: number; readonly most: number };
  /** characters that the variant itself prescribes: of two matches of one length the more definite one wins */
  readonly definite: number;
}

export type TemplateResult =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly code: 'unknown-slot' | 'no-words' | 'unclosed'; readonly found: string };

/** `*` in a variant: any run of at most so many characters. In a literal of norm text it has no limit. */
const variantGap = 12;

/**
 * Variant syntax: words; `{slot}`; `[words that may be missing]`; `*` for a run of at most 12 characters. Refuses unknown
 * slots, brackets that do not close, and variants without a single word (they would match everything).
 */
export function parseVariant(variant: string): TemplateResult {
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
      if (words !== '') pieces.push({ kind: 'optional', pieces: [{ kind: 'words', text: words }] });
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
  return { ok: true, template: { pieces, anchor, before, definite } };
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
      return { least: 0, most: piece.pieces.reduce((sum, inner) => sum + lengths(inner).most, 0) };
  }
}
