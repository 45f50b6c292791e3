import type { NormalText } from './normalise.ts';
import { freeSlotEnd, type SlotGrammar } from './slots.ts';
import type { Piece, Template } from './template.ts';

export interface TemplateMatch {
  /** `[from, to)` of the normalised text */
  readonly from: number;
  readonly to: number;
  readonly slots: Readonly<Record<string, string | number>>;
  /** slots where something stood that cannot be bound (a limit beyond its maximum) */
  readonly unclear: readonly string[];
  /** see Template */
  readonly definite: number;
}

interface Taken {
  readonly id: string;
  readonly value: string | number | undefined;
}

/**
 * The leftmost match of a template whose anchor words stand at `anchorAt`, or undefined. Free slots take as little as
 * possible; cost is bounded by the lengths of the slots before the anchor, not by the text.
 */
export function matchAround(template: Template, text: NormalText, anchorAt: number): TemplateMatch | undefined {
  const first = template.pieces[0];
  const earliest = Math.max(0, anchorAt - template.before.most);
  for (let from = earliest; from <= anchorAt - template.before.least; from++) {
    if (first?.kind === 'words' && !text.text.startsWith(first.text, from)) continue;
    const taken: Taken[] = [];
    const to = walk(template.pieces, 0, text, from, taken);
    if (to !== undefined && to > from) return { from, to, definite: template.definite, ...valuesOf(taken) };
  }
  return undefined;
}

function valuesOf(taken: readonly Taken[]): Pick<TemplateMatch, 'slots' | 'unclear'> {
  const slots: Record<string, string | number> = {};
  const unclear: string[] = [];
  for (const { id, value } of taken) {
    if (value === undefined) unclear.push(id);
    else slots[id] = value;
  }
  return { slots, unclear };
}

/** End of the match of `pieces` from `index` on at `at`, or undefined; what slots took stands in `taken`. */
function walk(pieces: readonly Piece[], index: number, text: NormalText, at: number, taken: Taken[]): number | undefined {
  const piece = pieces[index];
  if (piece === undefined) return at;
  switch (piece.kind) {
    case 'words':
      return text.text.startsWith(piece.text, at) ? walk(pieces, index + 1, text, at + piece.text.length, taken) : undefined;
    case 'gap':
      return walkLoose(pieces, index, text, at, taken, 0, piece.longest)?.to;
    case 'optional': {
      const inside = walk(piece.pieces, 0, text, at, taken);
      const withIt = inside === undefined ? undefined : walk(pieces, index + 1, text, inside, taken);
      return withIt ?? walk(pieces, index + 1, text, at, taken);
    }
    case 'slot':
      return walkSlot(pieces, index, text, at, taken);
  }
}

/** Takes as little as possible between `least` and `most` characters, then the rest of the template. */
function walkLoose(
  pieces: readonly Piece[],
  index: number,
  text: NormalText,
  at: number,
  taken: Taken[],
  least: number,
  most: number,
): { readonly resume: number; readonly to: number } | undefined {
  const next = pieces[index + 1];
  const last = Math.min(text.text.length, at + most);
  for (let end = at + least; end <= last; end++) {
    if (next?.kind === 'words') {
      end = text.text.indexOf(next.text, end);
      if (end < 0 || end > last) return undefined;
    }
    const depth = taken.length;
    const to = walk(pieces, index + 1, text, end, taken);
    if (to !== undefined) return { resume: end, to };
    taken.length = depth;
  }
  return undefined;
}

function walkSlot(pieces: readonly Piece[], index: number, text: NormalText, at: number, taken: Taken[]): number | undefined {
  const piece = pieces[index];
  if (piece?.kind !== 'slot') return undefined;
  const { slot } = piece;
  const position = taken.length;
  if (slot.kind === 'typed') {
    const found = slot.take(text, at);
    if (found === undefined) return undefined;
    taken.push({ id: slot.id, value: found.value });
    const to = walk(pieces, index + 1, text, found.end, taken);
    if (to === undefined) taken.length = position;
    return to;
  }
  taken.push({ id: slot.id, value: undefined });
  const loose =
    index === pieces.length - 1 ? trailing(slot, text, at) : walkLoose(pieces, index, text, at, taken, slot.shortest, slot.longest);
  if (loose === undefined) taken.length = position;
  else taken[position] = { id: slot.id, value: text.text.slice(at, loose.resume) };
  return loose?.to;
}

function trailing(slot: Extract<SlotGrammar, { kind: 'free' }>, text: NormalText, at: number) {
  const to = freeSlotEnd(slot, text, at);
  return to === undefined ? undefined : { resume: to, to };
}
