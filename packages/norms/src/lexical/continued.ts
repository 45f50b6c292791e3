import type { Hit } from './hits.ts';
import { type Lexicon, type Reading, read } from './lexicon.ts';

type Place = readonly [number, number];

/**
 * Reads what was said after `before`, which the same side said without a pause: a phrase that the recogniser cut in two is heard in
 * the second half, where it ends. Places count from the beginning of `original`, so such a hit begins below 0; its span is the part
 * that stands in `original`. What was heard in the first half already is heard again only where the whole binds a slot. Guards and
 * fences see both halves.
 */
export function readOn(lexicon: Lexicon, before: string, original: string, recognised: boolean): Reading {
  const own = read(lexicon, original, recognised);
  const whole = read(lexicon, before + original, recognised);
  if (own.families.size === 0 && whole.families.size === 0 && whole.literals.size === 0) return own;
  let first: Reading | undefined;
  const heardBefore = (id: string) => {
    first ??= read(lexicon, before, recognised);
    return first.families.get(id) ?? [];
  };
  const cut = cutOf(whole, before.length);
  const families = new Map<string, readonly Hit[]>();
  for (const id of new Set([...whole.families.keys(), ...own.families.keys()])) {
    const alone = own.families.get(id) ?? [];
    const hits =
      lexicon.families.get(id)?.whole === true
        ? alone
        : (whole.families.get(id) ?? []).flatMap((hit) => later(hit, alone, heardBefore, cut, before.length));
    if (hits.length > 0) families.set(id, hits);
  }
  const literals = new Map(own.literals);
  for (const [value, [from, to]] of whole.literals)
    if (from < cut && cut < to && !literals.has(value)) literals.set(value, [from - cut, to - cut]);
  return { text: own.text, families, literals, patterns: own.patterns };
}

/** Normalised characters of the first half. */
function cutOf({ text }: Reading, length: number): number {
  let cut = 0;
  while (cut < text.length && (text.from[cut] ?? length) < length) cut++;
  return cut;
}

/** What a hit in both halves is in the second one. `first`: the hits of a family in the first half alone, which few hits ask for. */
function later(hit: Hit, alone: readonly Hit[], first: (id: string) => readonly Hit[], cut: number, length: number): readonly Hit[] {
  const [from, to] = hit.place;
  if (to <= cut) return [];
  const place: Place = [from - cut, to - cut];
  const span: Place = [Math.max(0, hit.span[0] - length), hit.span[1] - length];
  if (from >= cut) return [placed(hit, place, span, undefined)];
  const heardBefore = first(hit.family).some((other) => other.guarded === undefined && from < other.place[1]);
  if (heardBefore && Object.keys(hit.slots).length === 0) return alone.filter((other) => other.place[0] < place[1]);
  return [placed(hit, place, span, true)];
}

function placed({ family, slots, unclear, guarded, score }: Hit, place: Place, span: Place, joined: true | undefined): Hit {
  return { family, slots, unclear, span, place, guarded, joined, score };
}
