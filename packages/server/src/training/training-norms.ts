import path from 'node:path';
import type { KnownNames } from '@threerings/core/training/check-script';
import type { TrainingScript } from '@threerings/core/training/script';
import type { CalendarTable } from '@threerings/norms/match/calendar';
import { nodesIn } from '@threerings/norms/match/nodes';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Program } from '@threerings/norms/program';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { programOf } from '../norm-packs/live-pack.ts';
import { NormBook } from '../norm-packs/norm-book.ts';
import { type KnownPacks, readPack } from '../norm-packs/read-pack.ts';

/** The norms that judge a training, pack by pack, and what is heard in what somebody says who practises. */
export interface TrainingNorms {
  readonly books: readonly NormBook[];
  readonly programs: readonly Program[];
  hears(text: string): ReadonlySet<string>;
}

/** Scripts hear the phrase families of these packs whatever judges them. */
const earsPacks = ['common', 'phrases'];
const packName = /^[a-z0-9][a-z0-9-]{0,63}$/;

/**
 * Puts the norms of trainings together: those in force, as for a call, and of the script's pack those that it practises. Left out is what
 * typed words cannot tell: how fast and how loud somebody speaks, and how quickly one answers.
 */
export class TrainingPacks {
  readonly #packs = new Map<string, LoadedPack | undefined>();
  /** a base of several packs is read once: reading takes the hotline's own thread */
  readonly #bases: KnownPacks = new Map();
  readonly #made = new Map<string, { readonly inForce: LoadedPack; readonly norms: TrainingNorms }>();
  #common: Shared | undefined;
  readonly #folder: string;
  readonly #clauses: ReadonlySet<string>;
  readonly #calendar: CalendarTable;

  constructor(folder: string, clauses: ReadonlySet<string>, calendar: CalendarTable) {
    this.#folder = folder;
    this.#clauses = clauses;
    this.#calendar = calendar;
  }

  /** Reads the shipped packs that scripts name, each once. One that cannot be read is not known. */
  async read(names: Iterable<string>): Promise<void> {
    for (const name of [...earsPacks, ...names]) {
      if (this.#packs.has(name) || !packName.test(name)) continue;
      const read = await readPack(path.join(this.#folder, name), this.#clauses, 'zh', this.#bases).catch(() => undefined);
      this.#packs.set(name, read?.ok === true ? read.pack : undefined);
    }
  }

  /** What a script may name; undefined: there is no such pack. */
  known(inForce: NormBook, pack: string | undefined): KnownNames | undefined {
    const beside = pack === undefined ? undefined : this.#packs.get(pack);
    if (pack !== undefined && beside === undefined) return undefined;
    const packs = [inForce.pack, ...(beside === undefined ? [] : [beside]), ...this.#ears()];
    return {
      families: new Set(packs.flatMap(({ families }) => families.map(({ id }) => id))),
      norms: new Set([inForce.pack, ...(beside === undefined ? [] : [beside])].flatMap(({ norms }) => norms.map(({ id }) => id))),
      clauses: this.#clauses,
    };
  }

  of(inForce: NormBook, { pack, practises }: Pick<TrainingScript, 'pack' | 'practises'>): TrainingNorms {
    const key = JSON.stringify([pack, practises]);
    const made = this.#made.get(key);
    if (made?.inForce === inForce.pack) return made.norms;
    const norms = this.#put(inForce, pack === undefined ? undefined : this.#packs.get(pack), practises);
    this.#made.set(key, { inForce: inForce.pack, norms });
    return norms;
  }

  #put(inForce: NormBook, other: LoadedPack | undefined, practises: readonly string[]): TrainingNorms {
    const { book, program, ears } = this.#shared(inForce);
    const present = new Set(inForce.pack.norms.map(({ id }) => id));
    const beside = other?.norms.filter((norm) => practises.includes(norm.id) && !present.has(norm.id) && canBeTyped(norm)) ?? [];
    const pack = other === undefined || beside.length === 0 ? undefined : { ...other, norms: beside };
    const programs = pack === undefined ? [program] : [program, programOf([pack], this.#calendar)];
    const books = pack === undefined ? [book] : [book, new NormBook(pack)];
    return { books, programs, hears: (text) => familiesIn([...programs, ...ears], text) };
  }

  #ears(): readonly LoadedPack[] {
    return earsPacks.flatMap((name) => this.#packs.get(name) ?? []);
  }

  /** What all trainings under these norms share. */
  #shared({ pack }: NormBook): Shared {
    if (this.#common?.inForce === pack) return this.#common;
    const typed = { ...pack, norms: pack.norms.filter(canBeTyped) };
    this.#common = {
      inForce: pack,
      book: new NormBook(typed),
      program: programOf([typed], this.#calendar),
      ears: this.#ears().map((ears) => programOf([{ ...ears, norms: [] }], this.#calendar)),
    };
    return this.#common;
  }
}

interface Shared {
  readonly inForce: LoadedPack;
  readonly book: NormBook;
  readonly program: Program;
  readonly ears: readonly Program[];
}

function canBeTyped({ trigger, guard, body, unless }: ResolvedNorm): boolean {
  return nodesIn([trigger, guard, body, unless], 'rate', 'loudness', 'responseGap').length === 0;
}

/** Phrase families in what is said; what is denied, quoted or asked does not count. */
function familiesIn(programs: readonly Program[], text: string): ReadonlySet<string> {
  const heard = new Set<string>();
  for (const { world } of programs) {
    for (const [family, hits] of world.readText(text).families) {
      if (hits.some(({ guarded }) => guarded === undefined)) heard.add(family);
    }
  }
  return heard;
}
