import type { PhraseFamily, PhraseGuard } from '../phrases.ts';
import { guardedBy } from './guards.ts';
import type { TemplateMatch } from './match-template.ts';
import { type NormalText, originalSpan } from './normalise.ts';

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
  /** it begins in what the same side said right before */
  readonly joined?: true | undefined;
  /** 1 = exact; less = some characters only sound alike, as the share of the variant's own characters that were written so */
  readonly score: number;
}

/**
 * The hits of one family: longest first, then the more definite, then leftmost; of overlapping ones the first in that order. What
 * only sounds alike comes after everything that is written so. Matches inside an exclusion are none. A family of whole utterances has no
 * hits unless they leave nothing over.
 */
export function hitsOf(family: PhraseFamily, matches: readonly TemplateMatch[], fences: Fences, text: NormalText): readonly Hit[] {
  const hits = chosen(family, matches, fences, text);
  if (family.whole === true && hits.reduce((sum, { place }) => sum + place[1] - place[0], 0) < text.length) return [];
  return hits;
}

function chosen(family: PhraseFamily, matches: readonly TemplateMatch[], fences: Fences, text: NormalText): readonly Hit[] {
  const only = matches[0];
  if (only === undefined) return [];
  if (matches.length === 1) return fenced(fences, only, text) ? [] : [hitOf(family, only, text)];
  const hits: Hit[] = [];
  for (const match of [...matches].sort(better)) {
    if (fenced(fences, match, text)) continue;
    if (hits.some((hit) => match.from < hit.place[1] && hit.place[0] < match.to)) continue;
    hits.push(hitOf(family, match, text));
  }
  return hits;
}

/** What keeps matches from being hits. `across`: it does so over clause marks, too. */
export interface Fences {
  readonly matches: readonly TemplateMatch[];
  readonly across: boolean;
}

function fenced({ matches, across }: Fences, match: TemplateMatch, text: NormalText): boolean {
  return matches.some((fence) => encloses(fence, match) && (across || !markBetween(fence, match, text)));
}

function encloses(fence: TemplateMatch, match: TemplateMatch): boolean {
  return fence.from <= match.from && match.to <= fence.to;
}

/** A fence reaches over no clause mark: “你好，在吗” is not fenced by 你好在. Marks inside the match itself do not matter. */
function markBetween(fence: TemplateMatch, match: TemplateMatch, { clause }: NormalText): boolean {
  for (let i = fence.from + 1; i <= match.from; i++) if (clause[i] === 1) return true;
  for (let i = match.to; i < fence.to; i++) if (clause[i] === 1) return true;
  return false;
}

function better(one: TemplateMatch, other: TemplateMatch): number {
  const exactness = Number(one.differing > 0) - Number(other.differing > 0);
  return exactness || other.to - other.from - (one.to - one.from) || other.definite - one.definite || one.from - other.from;
}

function hitOf(family: PhraseFamily, match: TemplateMatch, text: NormalText): Hit {
  const { from, to, slots, unclear, differing, definite } = match;
  return {
    family: family.id,
    slots,
    unclear,
    span: originalSpan(text, from, to),
    place: [from, to],
    guarded: family.guard.length === 0 ? undefined : guardedBy(family.guard, text, from, to),
    joined: undefined,
    score: differing === 0 ? 1 : (definite - differing) / definite,
  };
}
