import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedSettings } from '@threerings/core/settings/defaults';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Program } from '@threerings/norms/program';
import { readOwnDays } from '../imports/tables/house-read-model.ts';
import { type HotlineCalendar, readCalendar, withOwnDays } from '../norm-packs/calendar-file.ts';
import { type Clause, readCatalogue } from '../norm-packs/catalogue.ts';
import { programOf } from '../norm-packs/live-pack.ts';
import { NormBook } from '../norm-packs/norm-book.ts';
import { type PackRules, packRules } from '../norm-packs/pack-rules.ts';
import { liveVersion } from '../norm-packs/pack-versions-read-model.ts';
import { type PackRead, readPack, readPackTexts } from '../norm-packs/read-pack.ts';
import type { Database } from '../store/database.ts';
import { StartRefused } from '../store/start-refused.ts';

/** The folder of packs, at the root of the repository: `src/composition` and `dist/composition` lie equally deep. */
export const packsFolder = fileURLToPath(new URL('../../../../packs/', import.meta.url));

/** The pack that judges the calls of this hotline. */
const packOfHotline = '12333';

interface InForce {
  readonly book: NormBook;
  readonly rules: PackRules;
  readonly program: Program;
}

/**
 * The norms that this hotline runs, and what pages and call controls ask about them. They change while it runs, when a version goes
 * live: calls that began before are judged to their end by the version under which they began.
 */
export class NormsInForce {
  readonly calendar: HotlineCalendar;
  readonly clauses: ReadonlyMap<string, Clause>;
  /** by version: verdicts are explained by the text that they were given under */
  readonly #books = new Map<string, NormBook>();
  #now: InForce;

  constructor(pack: LoadedPack, calendar: HotlineCalendar, clauses: ReadonlyMap<string, Clause>) {
    this.calendar = calendar;
    this.clauses = clauses;
    this.#now = this.#inForce(pack);
  }

  get book(): NormBook {
    return this.#now.book;
  }

  get rules(): PackRules {
    return this.#now.rules;
  }

  get program(): Program {
    return this.#now.program;
  }

  /** From now on this pack judges what begins. */
  put(pack: LoadedPack): void {
    this.#now = this.#inForce(pack);
  }

  #inForce(pack: LoadedPack): InForce {
    const book = new NormBook(pack);
    this.#books.set(`${pack.name}@${pack.version}`, book);
    return { book, rules: packRules(pack, shippedSettings), program: programOf([pack], this.calendar.table) };
  }

  /** The words of a version that was in force since the start, else of the one that is. */
  bookOf({ pack, packVersion }: { readonly pack: string; readonly packVersion: number }): NormBook {
    return this.#books.get(`${pack}@${packVersion}`) ?? this.book;
  }
}

/**
 * Reads the pack of this hotline: the version that was made live here, else the one that ships. A pack that does not check keeps
 * the server from starting: nothing is judged by half a pack.
 */
export async function readNorms(db?: Database): Promise<NormsInForce> {
  const clauses = await readCatalogue(path.join(packsFolder, 'catalogue'));
  const read = await readPackInForce(db, new Set(clauses.keys()));
  if (!read.ok)
    throw new StartRefused(
      'pack.invalid',
      `the norm pack ${packOfHotline} does not check (${read.problems.length} problems): ${read.problems[0]}`,
    );
  const shipped = await readCalendar(path.join(packsFolder, 'calendar/cn.json'));
  const calendar = db === undefined ? shipped : withOwnDays(shipped, await readOwnDays(db));
  return new NormsInForce(read.pack, calendar, clauses);
}

/** The version in force as the database has it now. */
export async function readPackInForce(db: Database | undefined, clauses: ReadonlySet<string>): Promise<PackRead> {
  const live = db && (await liveVersion(db, packOfHotline));
  return live ? readPackTexts(live.files, packsFolder, clauses) : readPack(path.join(packsFolder, packOfHotline), clauses);
}
