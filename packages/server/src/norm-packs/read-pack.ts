import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { packFileOf } from '@threerings/core/norm-text/pack-file';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { baseVersionsOf, type LoadedPack, loadPack, type PackFile, packNameIn } from '@threerings/norms/pack';
import { formatProblem, type Problem } from '@threerings/norms/problem';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { type ImportFault, shown } from '../imports/fault.ts';
import { readText } from '../imports/text-file.ts';
import { type MadeOf, type PackReadBefore, packReadBefore, rememberPack } from './packs-read-before.ts';

/** Largest pack that is read: norm packs are written by people. */
const mostFiles = 500;
const mostBytes = 10 * 1024 * 1024;
/** Most folders beside a pack that are looked into for the packs that it is based on. */
const mostPacks = 200;

export type PackRead =
  | {
      readonly ok: true;
      readonly pack: LoadedPack;
      readonly warnings: readonly string[];
      /** `file:line:column` of a value of a phrase family, by the keys that lead to it */
      readonly placeInFamily: (family: string, ...at: readonly (string | number)[]) => string;
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Packs that were read already, by folder: who reads many packs on one base reads the base once. One map for one catalogue and language. */
export type KnownPacks = Map<string, PackRead>;

/**
 * Base packs of the packs' folder that a server has read already: they came with the product and stay as they are while it runs. What
 * this hotline wrote itself is read anew, and so is everything when catalogue or language is another.
 */
export class ShippedBases {
  #read: { readonly under: string; readonly known: KnownPacks } = { under: '', known: new Map() };

  under(clauses: ReadonlySet<string>, language: 'zh' | 'en'): KnownPacks {
    const under = [language, ...clauses].join(' ');
    if (under !== this.#read.under) this.#read = { under, known: new Map() };
    const { known } = this.#read;
    for (const place of known.keys()) if (/@\d+$/.test(place)) known.delete(place);
    return known;
  }
}

type Language = 'zh' | 'en';
type Texts = readonly { readonly path: string; readonly text: string }[];

/** The texts of a version of a pack that was written in this hotline and has judged or may judge; undefined when there is none. */
export type StoredBases = (name: string, version: number) => Promise<Texts | undefined>;

const lexicon = buildLexicon(vocabulary);
const fileOnly = 'expected a folder with *.norm files, found none';

/**
 * Reads and checks the pack in a folder, and the packs that it is based on, which are looked for in the folders beside it, then in those of
 * `shipped`. What is wrong comes as lines `file:line:column: …` in the reader's language; nothing of a pack with an error is used. GB18030 is
 * accepted, other encodings are refused.
 */
export async function readPack(
  folder: string,
  clauses: ReadonlySet<string> | undefined,
  language: Language = 'zh',
  known: KnownPacks = new Map(),
  shipped?: string,
): Promise<PackRead> {
  return readAmong(folder, { clauses, language, known, shipped }, []);
}

interface Reading {
  readonly clauses: ReadonlySet<string> | undefined;
  readonly language: Language;
  readonly known: KnownPacks;
  readonly stored?: StoredBases | undefined;
  /** the folder of the packs that came with the product */
  readonly shipped?: string | undefined;
}

/**
 * The same for texts that are not files (yet): what an editor saves. Packs that they are based on are looked for in the version that they name
 * among those of this hotline (`stored`), then in the folders of `packsFolder`. Problems name files as they are given.
 */
export async function readPackTexts(
  texts: Texts,
  packsFolder: string,
  clauses: ReadonlySet<string> | undefined,
  language: Language = 'zh',
  stored?: StoredBases,
  known: KnownPacks = new Map(),
): Promise<PackRead> {
  const folder = path.join(packsFolder, '.given');
  return readTexts(texts, folder, { clauses, language, known, stored }, [path.resolve(folder)]);
}

async function readTexts(texts: Texts, folder: string, reading: Reading, asking: readonly string[]): Promise<PackRead> {
  const hash = createHash('sha256');
  for (const { path: name, text } of texts) hash.update(`\0${name}\0`).update(text);
  const { files, problems } = packFiles('', texts);
  if (problems.length > 0) return { ok: false, problems };
  const based = await readBases(folder, baseVersionsOf(files, lexicon), reading, asking);
  return check('', files, hash.digest('hex'), reading, based);
}

/** `asking`: the packs, by folder, that are being read because of one another. */
async function readAmong(folder: string, reading: Reading, asking: readonly string[]): Promise<PackRead> {
  const place = path.resolve(folder);
  const before = reading.known.get(place);
  if (before !== undefined) return before;
  const read = await readFolder(folder, reading, [...asking, place]);
  reading.known.set(place, read);
  return read;
}

async function readFolder(folder: string, reading: Reading, asking: readonly string[]): Promise<PackRead> {
  const names = await namesIn(folder);
  if (names === undefined) return { ok: false, problems: [`${folder}: ${fileOnly}`] };
  const { texts, problems: unread, hash } = await readTextFiles(folder, names);
  if (unread.length > 0) return { ok: false, problems: unread };
  const made: MadeOf = { files: hash, clauses: reading.clauses === undefined ? '' : [...reading.clauses].join(' ') };
  const before = packReadBefore(path.resolve(folder), made);
  if (before !== undefined && isBasedOn(before, await readBases(folder, before.pack.tree.bases, reading, asking)))
    return readWell(folder, before.pack, () => packFiles(folder, texts).files, reading.language);
  const { files, problems } = packFiles(folder, texts);
  if (problems.length > 0) return { ok: false, problems };
  const based = await readBases(folder, baseVersionsOf(files, lexicon), reading, asking);
  const read = check(folder, files, hash, reading, based);
  if (read.ok) rememberPack(path.resolve(folder), { ...made, beside: based.beside, pack: read.pack });
  return read;
}

function isBasedOn(before: PackReadBefore, { bases, beside }: Based): boolean {
  return before.pack.bases.every((base) => bases.get(base.name) === base) && before.beside.join() === beside.join();
}

/** `shown` stands before the names of files in problems. */
function check(shownFolder: string, files: readonly PackFile[], hash: string, { clauses, language }: Reading, based: Based): PackRead {
  const { bases, beside, baseProblems } = based;
  const result = loadPack(files, { lexicon, clauses, bases, packsBeside: beside, hash: hashWith(hash, bases) });
  return result.ok
    ? readWell(shownFolder, result.pack, () => files, language)
    : { ok: false, problems: [...inWords(shownFolder, result.problems, language), ...baseProblems] };
}

function readWell(shownFolder: string, pack: LoadedPack, files: () => readonly PackFile[], language: Language): PackRead {
  return { ok: true, pack, warnings: inWords(shownFolder, pack.warnings, language), placeInFamily: familyPlaces(shownFolder, files) };
}

function inWords(shownFolder: string, problems: readonly Problem[], language: Language): readonly string[] {
  return problems.map((problem) => formatProblem({ ...problem, file: path.join(shownFolder, problem.file) }, language));
}

type Bases = ReadonlyMap<string, LoadedPack | 'faulty' | 'cyclic'>;

/** The packs that a pack is based on, the names of all that it could have been based on, and what is wrong with those that cannot be used. */
interface Based {
  readonly bases: Bases;
  readonly beside: readonly string[];
  readonly baseProblems: readonly string[];
}

/** A pack is the same only if the packs that it is based on are. */
function hashWith(hash: string, bases: Bases): string {
  const hashes = [...bases.values()].flatMap((base) => (typeof base === 'object' ? [base.hash] : []));
  return hashes.length === 0
    ? hash
    : createHash('sha256')
        .update([hash, ...hashes].join(' '))
        .digest('hex');
}

/** The packs that a pack is based on lie beside its folder. */
async function readBases(
  folder: string,
  wanted: ReturnType<typeof baseVersionsOf>,
  reading: Reading,
  asking: readonly string[],
): Promise<Based> {
  const found = wanted.length === 0 ? new Map<string, string>() : await packsToBaseOn(folder, reading.shipped);
  const bases = new Map<string, LoadedPack | 'faulty' | 'cyclic'>();
  const baseProblems: string[] = [];
  for (const { name, version } of wanted) {
    const place = found.get(name);
    const read = (await readStored(name, version, folder, reading, asking)) ?? (await readBeside(place, reading, asking));
    if (read === undefined) continue;
    if (read !== 'cyclic' && !read.ok) baseProblems.push(...read.problems);
    bases.set(name, read === 'cyclic' ? 'cyclic' : read.ok ? read.pack : 'faulty');
  }
  return { bases, beside: [...found.keys()], baseProblems };
}

async function readBeside(
  place: string | undefined,
  reading: Reading,
  asking: readonly string[],
): Promise<PackRead | 'cyclic' | undefined> {
  if (place === undefined) return undefined;
  return asking.includes(path.resolve(place)) ? 'cyclic' : readAmong(place, reading, asking);
}

/** A version of this hotline's own. Its name stands for its place among the packs that are being read. */
async function readStored(name: string, version: number, folder: string, reading: Reading, asking: readonly string[]) {
  const texts = await reading.stored?.(name, version);
  if (texts === undefined) return undefined;
  const place = `${name}@${version}`;
  if (asking.includes(place)) return 'cyclic';
  const read = reading.known.get(place) ?? (await readTexts(texts, folder, reading, [...asking, place]));
  reading.known.set(place, read);
  return read;
}

/** By name: the packs beside a folder, then those that came with the product. */
async function packsToBaseOn(folder: string, shipped: string | undefined): Promise<ReadonlyMap<string, string>> {
  const parent = path.dirname(path.resolve(folder));
  const elsewhere = shipped === undefined || path.resolve(shipped) === parent ? [] : await packsIn(shipped);
  return new Map([...elsewhere, ...(await packsIn(parent))]);
}

/** Folders of packs in a folder, by the name that each pack gives itself. */
async function packsIn(parent: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(parent, { withFileTypes: true });
  const found = new Map<string, string>();
  for (const { name } of entries.filter((entry) => entry.isDirectory()).slice(0, mostPacks)) {
    const place = path.join(parent, name);
    const packName = await nameOfPack(place);
    if (packName !== undefined && !found.has(packName)) found.set(packName, place);
  }
  return found;
}

async function nameOfPack(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.norm')).slice(0, mostFiles);
  for (const name of names.sort()) {
    const file = path.join(folder, name);
    if ((await stat(file)).size > mostBytes) continue;
    const text = readText(file, await readFile(file));
    const packName = text.ok ? packNameIn(text.value, lexicon) : undefined;
    if (packName !== undefined) return packName;
  }
  return undefined;
}

function familyPlaces(folder: string, files: () => readonly PackFile[]) {
  const holds = (file: PackFile, family: string) =>
    file.path.endsWith('.phrases.yaml') && typeof file.data === 'object' && file.data !== null && family in file.data;
  return (family: string, ...at: readonly (string | number)[]): string => {
    const file = files().find((each) => holds(each, family));
    const place = file?.locate?.([family, ...at]);
    return `${path.join(folder, file?.path ?? '')}:${place?.line ?? 1}:${place?.column ?? 1}`;
  };
}

async function namesIn(folder: string): Promise<string[] | undefined> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return names.some((name) => name.endsWith('.norm')) ? names.map((name) => name.split(path.sep).join('/')).sort() : undefined;
}

async function readTextFiles(folder: string, names: readonly string[]) {
  const texts: { readonly path: string; readonly text: string }[] = [];
  const problems: string[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  if (names.length > mostFiles) problems.push(`${folder}: expected at most ${mostFiles} files, found ${names.length}`);
  for (const name of names.slice(0, mostFiles)) {
    const content = await readFile(path.join(folder, name));
    bytes += content.length;
    if (bytes > mostBytes) return { texts, problems: [`${folder}: expected at most 10 MB, found more`], hash: '' };
    hash.update(`\0${name}\0`).update(content);
    const text = readText(path.join(folder, name), content);
    if (!text.ok) problems.push(...text.faults.map(line));
    else texts.push({ path: name, text: text.value });
  }
  return { texts, problems, hash: hash.digest('hex') };
}

function packFiles(shownFolder: string, texts: Texts): { readonly files: readonly PackFile[]; readonly problems: readonly string[] } {
  const files: PackFile[] = [];
  const problems = texts.flatMap(({ path: name, text }) => addFile(files, name, text, path.join(shownFolder, name)));
  return { files, problems };
}

const line = (fault: ImportFault) => `${fault.file}:${fault.line}:${fault.column}: expected ${fault.expected}, found ${fault.found}`;

/** Adds one file. Returns what is wrong with it. */
function addFile(files: PackFile[], name: string, text: string, shownName: string): string[] {
  const file = packFileOf(name, text);
  if ('faults' in file)
    return file.faults.map((fault) =>
      line({ file: shownName, line: fault.line, column: fault.column, expected: 'YAML', found: shown(fault.found) }),
    );
  files.push(file);
  return [];
}
