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
import { findVersion, judgingVersions, storedBases } from '../norm-packs/pack-versions-read-model.ts';
import { type KnownPacks, type PackRead, readPack, readPackTexts } from '../norm-packs/read-pack.ts';
import type { Database } from '../store/database.ts';
import { StartRefused } from '../store/start-refused.ts';

/** The folder of packs, at the root of the repository: `src/composition` and `dist/composition` lie equally deep. */
export const packsFolder = fileURLToPath(new URL('../../../../packs/', import.meta.url));

/** The pack that judges the calls of this hotline. */
export const packOfHotline = '12333';

/** A version that should judge and cannot be read by this release; another one judges in its place. */
export interface UnreadableVersion {
  readonly pack: string;
  readonly version: number;
  /** the first of what is wrong */
  readonly problem: string;
  readonly problems: number;
}

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
  /** the program of the earlier version that was asked for last */
  #earlier: { readonly pack: LoadedPack; readonly program: Program } | undefined;
  #unreadable: UnreadableVersion | undefined;

  constructor(pack: LoadedPack, calendar: HotlineCalendar, clauses: ReadonlyMap<string, Clause>, unreadable?: UnreadableVersion) {
    this.calendar = calendar;
    this.clauses = clauses;
    this.#now = this.#inForce(pack);
    this.#unreadable = unreadable;
  }

  /** set while the version in force stands in for one that this release cannot read */
  get unreadable(): UnreadableVersion | undefined {
    return this.#unreadable;
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
  put({ pack, unreadable }: { readonly pack: LoadedPack; readonly unreadable?: UnreadableVersion | undefined }): void {
    this.#now = this.#inForce(pack);
    this.#unreadable = unreadable;
  }

  /** A version that judged before this process: its verdicts are explained by its own text. */
  remember(pack: LoadedPack): void {
    const key = keyOf(pack.name, pack.version);
    if (!this.#books.has(key)) this.#books.set(key, new NormBook(pack));
  }

  #inForce(pack: LoadedPack): InForce {
    const book = new NormBook(pack);
    this.#books.set(keyOf(pack.name, pack.version), book);
    return { book, rules: packRules(pack, shippedSettings), program: programOf([pack], this.calendar.table) };
  }

  /** What judges as this version did; undefined where it is neither in force nor remembered. Without one: what is in force. */
  programUnder(of: { readonly pack: string; readonly packVersion: number } | undefined): Program | undefined {
    const pack = of === undefined ? this.book.pack : this.#books.get(keyOf(of.pack, of.packVersion))?.pack;
    if (pack === undefined || pack === this.book.pack) return pack && this.program;
    if (this.#earlier?.pack !== pack) this.#earlier = { pack, program: programOf([pack], this.calendar.table) };
    return this.#earlier.program;
  }

  /** The words of a version that is in force or was, else of the one that is. */
  bookOf({ pack, packVersion }: { readonly pack: string; readonly packVersion: number }): NormBook {
    return this.#books.get(keyOf(pack, packVersion)) ?? this.book;
  }
}

const keyOf = (pack: string, version: number) => `${pack}@${version}`;

export type PackInForce =
  | { readonly ok: true; readonly pack: LoadedPack; readonly unreadable?: UnreadableVersion | undefined }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the pack of this hotline: the version that was made live here, else the one that ships. A live version that this release cannot read
 * – it was written for an earlier one – keeps no caller from being answered: the last readable version stands in for it, and
 * `unreadable` says so. Only where none can be read does the server refuse to start: nothing is judged by half a pack.
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
  return new NormsInForce(read.pack, calendar, clauses, read.unreadable);
}

/** The version in force as the database has it now: the live one, else the newest readable one that judged before it, else the shipped one. */
export async function readPackInForce(db: Database | undefined, clauses: ReadonlySet<string>): Promise<PackInForce> {
  let unreadable: UnreadableVersion | undefined;
  const known: KnownPacks = new Map();
  for (const { state, version } of db === undefined ? [] : await judgingVersions(db, packOfHotline)) {
    if (state !== 'live' && unreadable === undefined) break;
    const read = await readStoredPack(db as Database, version, clauses, known);
    if (read.ok) return { ok: true, pack: read.pack, unreadable };
    unreadable ??= { pack: packOfHotline, version, problem: read.problems[0] ?? '', problems: read.problems.length };
  }
  const shipped = await readPack(path.join(packsFolder, packOfHotline), clauses, 'zh', known);
  return shipped.ok ? { ok: true, pack: shipped.pack, unreadable } : shipped;
}

/** Most versions whose words are read again after a start. */
const mostRemembered = 30;

/** Reads the versions that judged before, newest first, so that their verdicts keep their words. What cannot be read is left out. */
export async function rememberVersions(norms: NormsInForce, db: Database): Promise<void> {
  const clauses = new Set(norms.clauses.keys());
  const known: KnownPacks = new Map();
  for (const { version } of (await judgingVersions(db, packOfHotline)).slice(0, mostRemembered)) {
    const read = await readStoredPack(db, version, clauses, known);
    if (read.ok) norms.remember(read.pack);
  }
  const shipped = await readPack(path.join(packsFolder, packOfHotline), clauses, 'zh', known);
  if (shipped.ok) norms.remember(shipped.pack);
}

/** Whatever is wrong with a stored version comes as a problem, its form included. */
async function readStoredPack(db: Database, version: number, clauses: ReadonlySet<string>, known: KnownPacks): Promise<PackRead> {
  try {
    const stored = await findVersion(db, packOfHotline, version);
    if (stored === undefined) return { ok: false, problems: [`${packOfHotline} version ${version} is gone`] };
    return await readPackTexts(stored.files, packsFolder, clauses, 'zh', storedBases(db), known);
  } catch (error) {
    return { ok: false, problems: [`${packOfHotline} version ${version}: ${String(error).slice(0, 300)}`] };
  }
}
