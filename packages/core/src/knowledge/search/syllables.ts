import { syllableTable } from '@threerings/norms/lexical/syllable-table';

/** Toneless syllables by number, and which characters are read so. */
export interface SyllableTable {
  readonly names: readonly string[];
  readonly idOf: ReadonlyMap<string, number>;
  /** numbers of the syllables of a UTF-16 unit, the commonest first; absent where none is known */
  readonly readings: ReadonlyMap<number, readonly number[]>;
  /** by number: the syllables that ears and keyboards mix it up with, itself included (zh/z, n/l, -ng/-n …) */
  readonly alike: readonly (readonly number[])[];
  /** by number: UTF-16 units that can be read so */
  readonly units: readonly (readonly number[])[];
}

const mixedUp: readonly (readonly [RegExp, string])[] = [
  [/^(?<flat>[zcs])h/, '$<flat>'],
  [/^n(?=[aeiouv])/, 'l'],
  [/^hu(?=[ao]|i$|n$)/, 'f'],
  [/(?<=[aei])ng$/, 'n'],
];

let shipped: SyllableTable | undefined;

/** The table that the norm engine ships, read once. */
export function syllables(): SyllableTable {
  shipped ??= readTable(syllableTable);
  return shipped;
}

function readTable(table: string): SyllableTable {
  const rows = table.split(';').map((row) => row.split(/[ |]/));
  const names = rows.map(([name = '']) => name);
  const readings = new Map<number, number[]>();
  for (const place of [1, 2]) {
    for (const [id, row] of rows.entries()) {
      for (const character of row[place] ?? '') {
        const code = character.charCodeAt(0);
        readings.set(code, [...(readings.get(code) ?? []), id]);
      }
    }
  }
  const folded = names.map((name) => mixedUp.reduce((sound, [from, to]) => sound.replace(from, to), name));
  const alike = folded.map((sound) => folded.flatMap((other, id) => (other === sound ? [id] : [])));
  const units: number[][] = names.map(() => []);
  for (const [code, ids] of readings) for (const id of ids) units[id]?.push(code);
  return { names, idOf: new Map(names.map((name, id) => [name, id])), readings, alike, units };
}

/** One part of typed Latin letters, as syllables that it may stand for. */
export interface TypedSyllable {
  readonly letters: string;
  readonly full: boolean;
  /** numbers of syllables */
  readonly may: readonly number[];
}

/** A letter that stands for a whole syllable costs more than a syllable that is written out. */
const costOf = { full: 1, begun: 1.6, initial: 2.5 } as const;
const longestRun = 40;
const initials = /^(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw]|a|e|o)$/;

/**
 * Reads letters as pinyin: written out (shebao), initials (sb), mixed (shebk), the last syllable perhaps begun (shebaok, sheb).
 * Undefined where they cannot be read so. The cheapest reading wins: the fewest parts, written out rather than abbreviated.
 */
export function readPinyin(run: string): readonly TypedSyllable[] | undefined {
  const letters = run.replaceAll('ü', 'v');
  if (letters.length > longestRun || /[^a-z]/.test(letters)) return undefined;
  const best: ({ readonly cost: number; readonly from: number; readonly part: TypedSyllable } | undefined)[] = [];
  const { idOf } = syllables();
  for (let to = 1; to <= letters.length; to++) {
    for (let from = Math.max(0, to - 6); from < to; from++) {
      const before = from === 0 ? 0 : best[from]?.cost;
      if (before === undefined) continue;
      const piece = letters.slice(from, to);
      const id = idOf.get(piece);
      const read =
        id === undefined ? begunAs(piece, to === letters.length) : { cost: costOf.full, part: { letters: piece, full: true, may: [id] } };
      if (read !== undefined && before + read.cost < (best[to]?.cost ?? Number.POSITIVE_INFINITY))
        best[to] = { cost: before + read.cost, from, part: read.part };
    }
  }
  const parts: TypedSyllable[] = [];
  for (let at = letters.length; at > 0; ) {
    const step = best[at];
    if (step === undefined) return undefined;
    parts.unshift(step.part);
    at = step.from;
  }
  return parts;
}

function begunAs(piece: string, last: boolean): { readonly cost: number; readonly part: TypedSyllable } | undefined {
  const initial = initials.test(piece);
  if (!initial && !last) return undefined;
  const may = syllables().names.flatMap((name, id) => (name.startsWith(piece) ? [id] : []));
  if (may.length === 0) return undefined;
  return { cost: initial ? costOf.initial : costOf.begun, part: { letters: piece, full: false, may } };
}
