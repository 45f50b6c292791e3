import type { PhraseFamily } from '../phrases.ts';
import { type Automaton, buildAutomaton, Occurrences, search } from './automaton.ts';
import { type Ear, matchAround, type TemplateMatch } from './match-template.ts';
import type { NormalText } from './normalise.ts';
import { differingAt, findAlike, readingsOf, type Sounds } from './sounds.ts';
import { parseVariant, type Template } from './template.ts';

/** A variant or a fence of a family that is also heard by its sound. */
interface Entry {
  readonly template: Template;
  /** index of the family */
  readonly of: number;
  readonly fence: boolean;
  readonly ear: Ear;
}

/** The families that allow it (`fuzzy.pinyin`), compiled once more: into an automaton over sounds. */
export interface Sounding {
  readonly sounds: Sounds;
  readonly automaton: Automaton;
  readonly anchored: readonly (readonly Entry[])[];
}

/** Words of one character sound like too much. */
const shortestAnchor = 2;
/** Readings of an anchor's characters are multiplied; beyond so many the rarer ones are left out. */
const mostSpellings = 16;

/** Undefined where no family allows it. `indexOf` numbers the families. */
export function compileSounding(
  families: readonly PhraseFamily[],
  indexOf: (id: string) => number,
  sounds: () => Sounds,
): Sounding | undefined {
  const fuzzy = families.filter(({ pinyin }) => pinyin > 0);
  if (fuzzy.length === 0) return undefined;
  const table = sounds();
  const byAnchor = new Map<string, Entry[]>();
  for (const family of fuzzy) {
    for (const [fence, sentences] of [[false, family.variants] as const, [true, family.not] as const]) {
      for (const template of sentences.flatMap(templatesOf)) {
        const anchor = template.pieces[template.anchor];
        if (anchor?.kind !== 'words' || anchor.text.length < shortestAnchor) continue;
        const entry = { template, of: indexOf(family.id), fence, ear: fuzzyEar(table, Math.min(family.pinyin, template.definite >> 1)) };
        for (const spelling of spellings(anchor.text, table)) byAnchor.set(spelling, [...(byAnchor.get(spelling) ?? []), entry]);
      }
    }
  }
  return { sounds: table, automaton: buildAutomaton([...byAnchor.keys()]), anchored: [...byAnchor.values()] };
}

function templatesOf(variant: string): readonly Template[] {
  const result = parseVariant(variant);
  return result.ok ? result.templates : [];
}

/** At most half of what a variant prescribes may differ. */
function fuzzyEar(sounds: Sounds, spare: number): Ear {
  return {
    differing: (words, text, at) => differingAt(text, words, sounds, at),
    find: (words, text, at) => findAlike(text, words, sounds, at),
    spare,
  };
}

function spellings(words: string, sounds: Sounds): string[] {
  let found = [''];
  for (let i = 0; i < words.length; i++) {
    const readings = readingsOf(sounds, words.charCodeAt(i)).map((sound) => String.fromCharCode(sound));
    const longer = found.flatMap((begun) => readings.map((sound) => begun + sound));
    found = longer.length > mostSpellings ? found.map((begun) => begun + (readings[0] ?? '')) : longer;
  }
  return [...new Set(found)];
}

let heard = new Uint16Array(256);
const occurrences = new Occurrences();

/** Calls `found` for each match in which something is written otherwise than it should be, but sounds alike. */
export function hear(
  { sounds, automaton, anchored }: Sounding,
  text: NormalText,
  units: Uint16Array,
  found: (family: number, fence: boolean, match: TemplateMatch) => void,
): void {
  const { length } = text;
  if (heard.length < length) heard = new Uint16Array(2 * length);
  for (let i = 0; i < length; i++) heard[i] = sounds.first[units[i] as number] as number;
  search(automaton, heard, length, occurrences);
  for (let i = 0; i < occurrences.length; i += 2) {
    for (const { template, of, fence, ear } of anchored[occurrences.pairs[i] as number] ?? []) {
      const match = matchAround(template, text, occurrences.pairs[i + 1] as number, ear);
      if (match !== undefined && match.differing > 0) found(of, fence, match);
    }
  }
}
