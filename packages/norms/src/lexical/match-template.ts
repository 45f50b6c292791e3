import { longestText } from './fold.ts';
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
  /** characters of the template's words that were written otherwise but sound alike; 0 = exact */
  readonly differing: number;
}

/** How the words of a template are looked for: as they are written, or as they sound. */
export interface Ear {
  /** number of characters at `at` that are written otherwise than in `words`; undefined where the words are not heard */
  differing(words: string, text: string, at: number): number | undefined;
  /** first place from `at` on where the words may stand, or -1 */
  find(words: string, text: string, at: number): number;
  /** how many characters may differ in one match */
  readonly spare: number;
}

/** A family may let so many characters of a match differ (`fuzzy.pinyin`). */
export const mostDiffering = 3;

export const exactEar: Ear = {
  differing: (words, text, at) => (text.startsWith(words, at) ? 0 : undefined),
  find: (words, text, at) => text.indexOf(words, at),
  spare: 0,
};

/** A template of so many pieces holds two loose ones at most among words: trying them all is cheaper than a list, unless one may be as long as the text. */
const mostUnlisted = 4;
const isUnlimited = (piece: Piece) => piece.kind === 'gap' && piece.longest > longestText;

interface Taken {
  readonly id: string;
  readonly value: string | number | undefined;
}

/** The search for one template in one text. */
interface Search {
  readonly pieces: readonly Piece[];
  readonly text: NormalText;
  readonly ear: Ear;
  /** what slots took; the first `depth` of them count */
  readonly taken: Taken[];
  depth: number;
  /** characters that differed so far */
  spent: number;
  /** where the rest of the template is known not to match, so that several gaps do not multiply the work */
  dead: Set<number> | undefined;
  readonly keepsDead: boolean;
}

/**
 * The leftmost match of a template whose anchor words stand at `anchorAt`, or undefined. Free slots take as little as
 * possible; cost is bounded by the lengths of the slots before the anchor and the number of pieces, not by the text.
 */
export function matchAround(template: Template, text: NormalText, anchorAt: number, ear: Ear): TemplateMatch | undefined {
  const first = template.pieces[0];
  const earliest = Math.max(0, anchorAt - template.before.most);
  const keepsDead = template.pieces.length > mostUnlisted || template.pieces.some(isUnlimited);
  const search: Search = { pieces: template.pieces, text, ear, taken: [], depth: 0, spent: 0, dead: undefined, keepsDead };
  for (let from = earliest; from <= anchorAt - template.before.least; from++) {
    if (first?.kind === 'words' && ear.differing(first.text, text.text, from) === undefined) continue;
    search.spent = 0;
    search.depth = 0;
    const to = walk(search, 0, from);
    if (to !== undefined && to > anchorAt) {
      return { from, to, definite: template.definite, differing: search.spent, ...valuesOf(search) };
    }
  }
  return undefined;
}

function valuesOf({ taken, depth }: Search): Pick<TemplateMatch, 'slots' | 'unclear'> {
  const slots: Record<string, string | number> = {};
  const unclear: string[] = [];
  for (const { id, value } of taken.slice(0, depth)) {
    if (value === undefined) unclear.push(id);
    else slots[id] = value;
  }
  return { slots, unclear };
}

/** End of the match of the pieces from `index` on at `at`, or undefined; `depth` and `spent` then are as they were before. */
function walk(search: Search, index: number, at: number): number | undefined {
  const piece = search.pieces[index];
  if (piece === undefined) return at;
  if (piece.kind === 'words') return walkWords(search, piece.text, index, at);
  const { depth, spent } = search;
  const key = (index * (longestText + 1) + at) * (mostDiffering + 1) + spent;
  if (search.dead?.has(key)) return undefined;
  const to = walkOther(search, piece, index, at);
  if (to !== undefined) return to;
  search.depth = depth;
  search.spent = spent;
  if (!search.keepsDead) return undefined;
  search.dead ??= new Set();
  search.dead.add(key);
  return undefined;
}

function walkWords(search: Search, words: string, index: number, at: number): number | undefined {
  const differing = search.ear.differing(words, search.text.text, at);
  if (differing === undefined || search.spent + differing > search.ear.spare) return undefined;
  search.spent += differing;
  const to = walk(search, index + 1, at + words.length);
  if (to === undefined) search.spent -= differing;
  return to;
}

function walkOther(search: Search, piece: Exclude<Piece, { kind: 'words' }>, index: number, at: number): number | undefined {
  switch (piece.kind) {
    case 'gap':
      return walkLoose(search, index, at, 0, piece.longest)?.to;
    case 'optional':
      return walkWords(search, piece.text, index, at) ?? walk(search, index + 1, at);
    case 'slot':
      return piece.slot.kind === 'typed' ? walkTyped(search, piece.slot, index, at) : walkFree(search, piece.slot, index, at);
  }
}

interface LooseEnd {
  /** where the loose piece ends and the rest of the template begins */
  readonly resume: number;
  readonly to: number;
}

/** Takes as little as possible between `least` and `most` characters, then the rest of the template. */
function walkLoose(search: Search, index: number, at: number, least: number, most: number): LooseEnd | undefined {
  const next = search.pieces[index + 1];
  const { text } = search.text;
  const last = Math.min(text.length, at + most);
  for (let end = at + least; end <= last; end++) {
    if (next?.kind === 'words') {
      end = search.ear.find(next.text, text, end);
      if (end < 0 || end > last) return undefined;
    }
    const to = walk(search, index + 1, end);
    if (to !== undefined) return { resume: end, to };
  }
  return undefined;
}

function walkTyped(search: Search, slot: Extract<SlotGrammar, { kind: 'typed' }>, index: number, at: number): number | undefined {
  const found = slot.take(search.text, at);
  if (found === undefined) return undefined;
  const position = search.depth++;
  search.taken[position] = { id: slot.id, value: found.value };
  const to = walk(search, index + 1, found.end);
  if (to !== undefined || found.sooner === undefined) return to;
  search.taken[position] = { id: slot.id, value: found.sooner.value };
  return walk(search, index + 1, found.sooner.end);
}

function walkFree(search: Search, slot: Extract<SlotGrammar, { kind: 'free' }>, index: number, at: number): number | undefined {
  const position = search.depth++;
  const last = index === search.pieces.length - 1;
  const loose = last ? trailing(slot, search.text, at) : walkLoose(search, index, at, slot.shortest, slot.longest);
  if (loose !== undefined) search.taken[position] = { id: slot.id, value: search.text.text.slice(at, loose.resume) };
  return loose?.to;
}

function trailing(slot: Extract<SlotGrammar, { kind: 'free' }>, text: NormalText, at: number): LooseEnd | undefined {
  const to = freeSlotEnd(slot, text, at);
  return to === undefined ? undefined : { resume: to, to };
}
