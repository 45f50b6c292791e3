import { syllableTable } from './syllable-table.ts';

/** Toneless syllables by character, the commonest reading first, with blanks between (`v` for ü): 行 → `xing hang`. */
export type Syllables = Readonly<Record<string, string>>;

/** How characters sound, as numbers of a private range: equal numbers are what recognisers and speakers mix up. */
export interface Sounds {
  /** by UTF-16 unit: its commonest sound; a unit without one sounds like itself */
  readonly first: Uint16Array;
  /** units that can be read otherwise: all their sounds */
  readonly all: ReadonlyMap<number, readonly number[]>;
}

const confusable: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^n(?=[aeiouv])/, 'l'],
  [/^hui$/, 'fei'],
  [/^hun$/, 'fen'],
  [/^hu(?=[ao]|$)/, 'f'],
  [/^f$/, 'fu'],
  [/(?<=[aei])ng$/, 'n'],
];

/** Sounds that are mixed up are written alike: zh/z, ch/c, sh/s, n/l, hu/f, -ng/-n. */
function folded(syllable: string): string {
  return confusable.reduce((sound, [from, to]) => sound.replace(from, to), syllable);
}

const privateUse = 0xe000;

class Collector {
  readonly first: Uint16Array = Uint16Array.from({ length: 65_536 }, (_, unit) => unit);
  readonly all = new Map<number, readonly number[]>();
  readonly #codes = new Map<string, number>();

  add(character: string, syllable: string): void {
    const unit = character.charCodeAt(0);
    const sound = folded(syllable);
    const code = this.#codes.get(sound) ?? privateUse + this.#codes.size;
    this.#codes.set(sound, code);
    const known = this.all.get(unit) ?? [];
    if (known.length === 0) this.first[unit] = code;
    if (!known.includes(code)) this.all.set(unit, [...known, code]);
  }
}

let shipped: Sounds | undefined;

/** The sounds of given syllables, or of the table that ships. */
export function soundsOf(syllables?: Syllables): Sounds {
  if (syllables === undefined) {
    shipped ??= shippedSounds();
    return shipped;
  }
  const sounds = new Collector();
  for (const [character, readings] of Object.entries(syllables)) for (const one of readings.split(' ')) sounds.add(character, one);
  return sounds;
}

function shippedSounds(): Sounds {
  const sounds = new Collector();
  const rows = syllableTable.split(';').map((row) => row.split(/[ |]/));
  for (const place of [1, 2]) for (const row of rows) for (const character of row[place] ?? '') sounds.add(character, row[0] ?? '');
  return sounds;
}

/** All sounds of a unit; a unit without one sounds like itself. */
export function readingsOf({ all }: Sounds, unit: number): readonly number[] {
  return all.get(unit) ?? [unit];
}

export function alike(sounds: Sounds, one: number, other: number): boolean {
  if (one === other) return true;
  const others = readingsOf(sounds, other);
  return readingsOf(sounds, one).some((sound) => others.includes(sound));
}

/** First place of a normalised text, from `from` on, where something sounds like the wanted words; -1 where nothing does. */
export function findAlike(text: string, wanted: string, sounds: Sounds, from = 0): number {
  for (let at = from; at + wanted.length <= text.length; at++) if (differingAt(text, wanted, sounds, at) !== undefined) return at;
  return -1;
}

/** How many of the wanted characters are written otherwise at `at`, if all of them sound alike there. */
export function differingAt(text: string, wanted: string, sounds: Sounds, at: number): number | undefined {
  if (at + wanted.length > text.length) return undefined;
  let differing = 0;
  for (let i = 0; i < wanted.length; i++) {
    const [heard, sought] = [text.charCodeAt(at + i), wanted.charCodeAt(i)];
    if (heard === sought) continue;
    if (!alike(sounds, heard, sought)) return undefined;
    differing++;
  }
  return differing;
}

/** Does a normalised text contain something that sounds like the wanted one? */
export function soundsLike(text: string, wanted: string, sounds: Sounds): boolean {
  return wanted !== '' && findAlike(text, wanted, sounds) >= 0;
}
