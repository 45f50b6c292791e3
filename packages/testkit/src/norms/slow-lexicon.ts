import { guardedBy } from '@threerings/norms/lexical/guards';
import type { NormalText } from '@threerings/norms/lexical/normalise';
import { freeSlotEnd } from '@threerings/norms/lexical/slots';
import { type Piece, parseLiteral, parseVariant, type Template } from '@threerings/norms/lexical/template';
import { simplified } from '@threerings/norms/lexical/traditional';
import type { PhraseFamily } from '@threerings/norms/phrases';

/**
 * The meaning of the lexical stage, said slowly: every template is tried at every place of the text. Shares with the product how a
 * variant is cut into pieces, what a slot takes and which words guard; not how text is folded, found or chosen.
 */
export interface SlowHit {
  readonly slots: Readonly<Record<string, string | number>>;
  readonly unclear: readonly string[];
  readonly span: readonly [number, number];
  readonly place: readonly [number, number];
  readonly guarded: string | undefined;
}

interface Character {
  readonly unit: string;
  readonly from: number;
  readonly to: number;
  readonly clause: boolean;
}

const digits = new Map([...'零0〇0一1幺1二2两2三3四4五5六6七7八8九9'.matchAll(/(.)(\d)/gu)].map((m) => [m[1] ?? '', m[2] ?? '']));

function characters(original: string): Character[] {
  const found: Character[] = [];
  let at = 0;
  let clause = false;
  for (const character of original.slice(0, 4000)) {
    for (const piece of character.normalize('NFKC').toLowerCase()) {
      const kept = digits.get(simplified(piece)) ?? simplified(piece);
      if (!/[\p{L}\p{N}]/u.test(kept)) {
        clause ||= /[，。！？；：、,.!?;:…\n]/u.test(character);
        continue;
      }
      for (const unit of kept.split('')) {
        found.push({ unit, from: at, to: at + character.length, clause });
        clause = false;
      }
    }
    at += character.length;
  }
  return found;
}

/** Fillers go, again and again, until none is left; a clause mark before one is before whatever follows. 就是说 in 也就是说 is none. */
function withoutFillers(all: readonly Character[]): readonly Character[] {
  let rest = [...all];
  for (;;) {
    const text = rest.map(({ unit }) => unit).join('');
    const inPhrase = ({ 0: found, index }: RegExpExecArray) =>
      found === '就是说' && text[index - 1] === '也' && rest[index]?.clause === false;
    const filler = [...text.matchAll(/就是说|那个|嗯|呃/gu)].find((found) => !inPhrase(found));
    if (filler === undefined) return rest.length === 0 ? all : rest;
    const clause = rest.slice(filler.index, filler.index + filler[0].length).some((one) => one.clause);
    const after = rest.slice(filler.index + filler[0].length).map((one, i) => (i === 0 && clause ? { ...one, clause } : one));
    rest = [...rest.slice(0, filler.index), ...after];
  }
}

export function slowlyNormalised(original: string): NormalText {
  const kept = withoutFillers(characters(original));
  return {
    original,
    text: kept.map(({ unit }) => unit).join(''),
    length: kept.length,
    from: kept.map(({ from }) => from),
    to: kept.map(({ to }) => to),
    clause: kept.map(({ clause }) => Number(clause)),
  };
}

interface SlowMatch {
  readonly from: number;
  readonly to: number;
  readonly definite: number;
  readonly slots: Record<string, string | number>;
  readonly unclear: readonly string[];
}

type Taken = readonly (readonly [string, string | number | undefined])[];

/** The first way to match, in the order of preference: loose pieces short first, optional words there first. */
function ways(pieces: readonly Piece[], text: NormalText, at: number): { readonly to: number; readonly taken: Taken } | undefined {
  const [piece, ...rest] = pieces;
  if (piece === undefined) return { to: at, taken: [] };
  const after = (end: number, taken: Taken = []) => {
    const later = ways(rest, text, end);
    return later && { to: later.to, taken: [...taken, ...later.taken] };
  };
  const looseEnd = (least: number, most: number, taken: (end: number) => Taken) => {
    for (let end = at + least; end <= Math.min(text.text.length, at + most); end++) {
      const found = after(end, taken(end));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (piece.kind) {
    case 'words':
      return text.text.startsWith(piece.text, at) ? after(at + piece.text.length) : undefined;
    case 'optional':
      return (text.text.startsWith(piece.text, at) ? after(at + piece.text.length) : undefined) ?? after(at);
    case 'gap':
      return looseEnd(0, piece.longest, () => []);
    case 'slot': {
      const { slot } = piece;
      if (slot.kind === 'typed') {
        const found = slot.take(text, at);
        if (found === undefined) return undefined;
        const { sooner } = found;
        return after(found.end, [[slot.id, found.value]]) ?? (sooner && after(sooner.end, [[slot.id, sooner.value]]));
      }
      const value = (end: number): Taken => [[slot.id, text.text.slice(at, end)]];
      if (rest.length > 0) return looseEnd(slot.shortest, slot.longest, value);
      const end = freeSlotEnd(slot, text, at);
      return end === undefined ? undefined : after(end, value(end));
    }
  }
}

/** For each place where the template's longest words stand, the leftmost match that reaches over it. */
function matchesOf({ pieces, anchor, before }: Template, text: NormalText): SlowMatch[] {
  const found: SlowMatch[] = [];
  const definite = pieces.reduce((sum, piece) => sum + (piece.kind === 'words' ? piece.text.length : 0), 0);
  const longest = pieces[anchor];
  if (longest?.kind !== 'words') return found;
  for (let at = text.text.indexOf(longest.text); at >= 0; at = text.text.indexOf(longest.text, at + 1)) {
    for (let from = Math.max(0, at - before.most); from <= at - before.least; from++) {
      const way = ways(pieces, text, from);
      if (way === undefined || way.to <= at) continue;
      const slots: Record<string, string | number> = {};
      for (const [id, value] of way.taken) if (value !== undefined) slots[id] = value;
      const unclear = way.taken.filter(([, value]) => value === undefined).map(([id]) => id);
      found.push({ from, to: way.to, definite, slots, unclear });
      break;
    }
  }
  return found;
}

const known = new Map<string, readonly Template[]>();

function templatesOf(variant: string): readonly Template[] {
  const result = known.get(variant) ?? parseVariant(variant);
  const templates = 'ok' in result ? (result.ok ? result.templates : []) : result;
  known.set(variant, templates);
  return templates;
}

/** What a text that was normalised slowly says of one family. */
export function slowHits(family: PhraseFamily, text: NormalText): SlowHit[] {
  const all = (variants: readonly string[]) => variants.flatMap(templatesOf).flatMap((template) => matchesOf(template, text));
  const fences = all(family.not);
  const marks = (from: number, to: number) => Array.from(text.clause).slice(from, Math.max(from, to)).includes(1);
  const fenced = (one: SlowMatch, fence: SlowMatch) =>
    fence.from <= one.from && one.to <= fence.to && !marks(fence.from + 1, one.from + 1) && !marks(one.to, fence.to);
  const open = all(family.variants).filter((one) => !fences.some((fence) => fenced(one, fence)));
  open.sort((one, other) => other.to - other.from - (one.to - one.from) || other.definite - one.definite || one.from - other.from);
  const chosen: SlowMatch[] = [];
  for (const one of open) if (!chosen.some((other) => one.from < other.to && other.from < one.to)) chosen.push(one);
  const covered = chosen.reduce((sum, { from, to }) => sum + to - from, 0);
  if (family.whole === true && covered < text.length) return [];
  return chosen.map(({ from, to, slots, unclear }) => ({
    slots,
    unclear,
    span: [text.from[from] ?? 0, text.to[to - 1] ?? 0],
    place: [from, to],
    guarded: guardedBy(family.guard, text, from, to),
  }));
}

/** First place of a quoted text of a norm. */
export function slowLiteral(value: string, text: NormalText): readonly [number, number] | undefined {
  const result = parseLiteral(value);
  const matches = result.ok ? matchesOf(result.template, text) : [];
  const first = matches.sort((one, other) => one.from - other.from)[0];
  return first && [first.from, first.to];
}
