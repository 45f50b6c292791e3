import { fillIn } from './adoption/fill-in.ts';
import { check } from './check/check.ts';
import type { BasePack, Expanded } from './check/context.ts';
import { type Document, readFamilies, spanIn } from './check/families.ts';
import { nodesIn } from './match/nodes.ts';
import { problemAt } from './messages.ts';
import type { PhraseFamily } from './phrases.ts';
import type { Problem } from './problem.ts';
import { sameTree } from './syntax/equal.ts';
import type { Lexicon } from './syntax/lexicon.ts';
import { parse } from './syntax/parse.ts';
import type { Adopted, Norm, Pack, ResolvedNorm, Span } from './tree.ts';

/** One file of a pack folder. YAML is parsed by the shell and comes as `data`. */
export interface PackFile {
  /** relative to the folder of the pack, with `/` */
  readonly path: string;
  readonly text: string;
  readonly data?: unknown;
  readonly locate?: Document['locate'];
}

export interface PackDependencies {
  /** built from the vocabulary by `buildLexicon` */
  readonly lexicon: Lexicon;
  /** ids of the clause catalogue; absent = clauses are not looked up */
  readonly clauses?: ReadonlySet<string> | undefined;
  /** other packs by name, or why they cannot be used; asked for those that `basesOf` names */
  readonly bases?: ReadonlyMap<string, LoadedPack | 'faulty' | 'cyclic'> | undefined;
  /** names of packs that could be meant, for suggestions */
  readonly packsBeside?: readonly string[] | undefined;
  /** hash of the contents of all files, given by the caller; part of the pack's identity */
  readonly hash: string;
}

/** English words of one norm: its title, its messages in the order of the actions that have one, its labels. */
export interface NormInEnglish {
  readonly title?: string | undefined;
  readonly messages: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Who the pack is: verdicts name `name` and `version`; `hash` tells whether the files are those that were judged with. */
export interface PackIdentity {
  readonly name: string;
  readonly version: number;
  readonly hash: string;
}

export interface LoadedPack extends PackIdentity, Pick<BasePack, 'names' | 'expanded'> {
  readonly title?: string | undefined;
  readonly tree: Pack;
  /** the packs that it is based on; `hash` of this pack does not cover them */
  readonly bases: readonly LoadedPack[];
  readonly norms: readonly ResolvedNorm[];
  /** its own, and those of its base packs that its norms name */
  readonly families: readonly PhraseFamily[];
  /** those of `families` that stand in a base pack */
  readonly borrowed: ReadonlySet<string>;
  readonly english: ReadonlyMap<string, NormInEnglish>;
  /** the same with `{parameter}` as written: an adopting pack has figures of its own */
  readonly englishAsWritten: ReadonlyMap<string, NormInEnglish>;
  /** the pack's own told timelines, as text */
  readonly cases: readonly { readonly path: string; readonly text: string }[];
  /** `labelled/*.timeline`: conversations with what a person found in them, as text */
  readonly labelled: readonly { readonly path: string; readonly text: string }[];
  /** `gate.yaml`: what the labelled conversations must show before the pack may judge; its reader judges it */
  readonly gate?: PackFile | undefined;
  /** `calendar.yaml` as data, if the pack has one; the calendar's reader judges it */
  readonly calendar?: unknown;
  readonly warnings: readonly Problem[];
}

export type PackResult = { readonly ok: true; readonly pack: LoadedPack } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads, checks and resolves the files of one pack: `*.norm` (joined in the order of their names), `*.phrases.yaml`,
 * `messages.en.yaml`, `calendar.yaml`, `gate.yaml`, `cases/*.timeline`, `labelled/*.timeline`. Refuses the pack as a whole if anything in it is wrong.
 */
export function loadPack(files: readonly PackFile[], deps: PackDependencies): PackResult {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const problems: Problem[] = sorted
    .filter(({ path }) => !belongs(path))
    .map(({ path }) => problemAt('N082', startOf(path), { found: path }));
  const { tree, problems: treeProblems } = treeOf(sorted, deps.lexicon);
  problems.push(...treeProblems);
  const { families: own, problems: familyProblems } = allFamilies(sorted.filter(({ path }) => path.endsWith('.phrases.yaml')));
  problems.push(...familyProblems);
  const { name, version } = tree;
  if (name === undefined || version === undefined) problems.push(problemAt('N083', tree.span));
  const { norms, problems: found, offers } = check(tree, { ...deps, families: own });
  const trees = [norms, tree.norms, tree.defines, tree.applies, tree.adoptions];
  const used = usedFamilies(trees, nodesIn(trees, 'mood').length > 0 ? [...offers.names.families.values()] : []);
  // A pack without norms is a library: its families are for the packs that are based on it.
  const library = tree.norms.length === 0 && tree.adoptions.length === 0;
  problems.push(...found, ...(library ? [] : unusedFamilies(used, own, sorted)));
  const { asWritten: englishAsWritten, filled: english, problems: englishProblems } = readEnglish(sorted, offers.expanded, deps);
  problems.push(...englishProblems);
  if (name === undefined || version === undefined || problems.some(({ severity }) => severity === 'error')) {
    return { ok: false, problems };
  }
  const borrowed = [...offers.names.families.values()].filter(({ id }) => used.has(id) && !own.some((family) => family.id === id));
  const timelinesIn = (folder: string) =>
    sorted.filter(({ path }) => path.startsWith(folder) && path.endsWith('.timeline')).map(({ path, text }) => ({ path, text }));
  const calendar = sorted.find(({ path }) => path === 'calendar.yaml')?.data;
  const bases = tree.bases.flatMap((base) => loaded(deps.bases?.get(base.name)));
  const pack: LoadedPack = {
    ...{
      name,
      version,
      hash: deps.hash,
      title: tree.title,
      tree,
      bases,
      norms,
      english,
      englishAsWritten,
      cases: timelinesIn('cases/'),
      labelled: timelinesIn('labelled/'),
      gate: sorted.find(({ path }) => path === 'gate.yaml'),
      calendar,
      warnings: problems,
    },
    families: [...own, ...borrowed],
    borrowed: new Set(borrowed.map(({ id }) => id)),
    ...offers,
  };
  return { ok: true, pack };
}

/** The packs that these files say they are based on. */
export function basesOf(files: readonly PackFile[], lexicon: Lexicon): readonly string[] {
  return baseVersionsOf(files, lexicon).map(({ name }) => name);
}

/** The same with the version that each was read in; a name that is told twice counts once. */
export function baseVersionsOf(
  files: readonly PackFile[],
  lexicon: Lexicon,
): readonly { readonly name: string; readonly version: number }[] {
  return [...new Map(treeOf(files, lexicon).tree.bases.map(({ name, version }) => [name, { name, version }])).values()];
}

/** The name that a `.norm` file gives the pack, which comes before all but comments; undefined when it is not the file that says so. */
export function packNameIn(text: string, lexicon: Lexicon): string | undefined {
  const begins = /^(?:\s|#[^\n]*\n)*/.exec(text.slice(0, 10_000))?.[0].length ?? 0;
  return parse(text.slice(begins, begins + longestHead), '', lexicon).pack.name;
}

/** The word for a pack and its name stand within so many characters. */
const longestHead = 300;

function loaded(base: LoadedPack | 'faulty' | 'cyclic' | undefined): readonly LoadedPack[] {
  return typeof base === 'object' ? [base] : [];
}

/** Who loads a pack first asks which packs it is based on: that is half of the work, and it is done once. */
const parsedFiles = new WeakMap<PackFile, { readonly lexicon: Lexicon; readonly parsed: ReturnType<typeof parse> }>();

function parsedFile(file: PackFile, lexicon: Lexicon): ReturnType<typeof parse> {
  const before = parsedFiles.get(file);
  if (before?.lexicon === lexicon) return before.parsed;
  const parsed = parse(file.text, file.path, lexicon);
  parsedFiles.set(file, { lexicon, parsed });
  return parsed;
}

function treeOf(files: readonly PackFile[], lexicon: Lexicon): { readonly tree: Pack; readonly problems: readonly Problem[] } {
  const parsed = files.filter(({ path }) => isNormFile(path)).map((file) => parsedFile(file, lexicon));
  const { tree, repeated } = joined(parsed.map(({ pack }) => pack));
  return { tree, problems: [...parsed.flatMap((one) => one.problems), ...repeated] };
}

function isNormFile(path: string): boolean {
  return path.endsWith('.norm') && !path.includes('/');
}

function belongs(path: string): boolean {
  if (isNormFile(path) || /^[^/]+\.phrases\.yaml$/.test(path) || /^(cases|labelled)\/[^/]+\.timeline$/.test(path)) return true;
  return ['messages.en.yaml', 'calendar.yaml', 'gate.yaml'].includes(path) || /^[^/]+\.md$/.test(path);
}

function startOf(file: string): Span {
  return Object.freeze({ file, line: 1, column: 1, start: 0, end: 0 });
}

/** One tree of several files; what may stand once is taken from the first file that has it. */
function joined(packs: readonly Pack[]): { readonly tree: Pack; readonly repeated: readonly Problem[] } {
  const first = packs[0];
  const named = packs.filter(({ name }) => name !== undefined);
  const applying = packs.filter(({ applies }) => applies !== undefined);
  const repeated = [...named.slice(1).map(({ span }) => span), ...applying.slice(1).map(({ applies, span }) => applies?.span ?? span)];
  const tree: Pack = {
    kind: 'pack',
    span: named[0]?.span ?? first?.span ?? startOf(''),
    name: named[0]?.name,
    title: named[0]?.title,
    version: named[0]?.version,
    applies: applying[0]?.applies,
    bases: packs.flatMap(({ bases }) => bases),
    sources: packs.flatMap(({ sources }) => sources),
    params: packs.flatMap(({ params }) => params),
    lists: packs.flatMap(({ lists }) => lists),
    defines: packs.flatMap(({ defines }) => defines),
    norms: packs.flatMap(({ norms }) => norms),
    adoptions: packs.flatMap(({ adoptions }) => adoptions),
  };
  return { tree: Object.freeze(tree), repeated: repeated.map((span) => problemAt('N011', span, { found: '规范包 / 适用' })) };
}

function documentOf({ path, data, locate }: PackFile): Document {
  return { path, data, locate };
}

function allFamilies(files: readonly PackFile[]): { readonly families: readonly PhraseFamily[]; readonly problems: readonly Problem[] } {
  const families = new Map<string, PhraseFamily>();
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readFamilies(documentOf(file));
    problems.push(...read.problems);
    for (const family of read.families) {
      if (families.has(family.id)) {
        const what = { zh: '话术族', en: 'phrase family' };
        problems.push(problemAt('N020', spanIn(documentOf(file), [family.id]), { args: { what, name: family.id } }));
      }
      families.set(family.id, family);
    }
  }
  return { families: [...families.values()], problems };
}

/** Every name that could be a phrase family in these trees (an adoption names one as a value), and those of `moody` that have a mood. */
function usedFamilies(trees: readonly unknown[], moody: readonly PhraseFamily[]): ReadonlySet<string> {
  const used = new Set(moody.flatMap(({ id, mood }) => (mood === undefined ? [] : [id])));
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      const named = 'kind' in value && (value.kind === 'family' || value.kind === 'param');
      if (named && 'name' in value && typeof value.name === 'string') used.add(value.name);
      if ('phrase' in value && typeof value.phrase === 'string') used.add(value.phrase);
      for (const [key, child] of Object.entries(value)) if (key !== 'span') visit(child);
    }
  };
  visit(trees);
  return used;
}

function unusedFamilies(used: ReadonlySet<string>, families: readonly PhraseFamily[], files: readonly PackFile[]): readonly Problem[] {
  const holder = (id: string): PackFile | undefined =>
    files.find(({ path, data }) => path.endsWith('.phrases.yaml') && typeof data === 'object' && data !== null && id in data);
  return families.flatMap(({ id }) => {
    const file = holder(id);
    if (used.has(id) || file === undefined) return [];
    return [problemAt('N070', spanIn(documentOf(file), [id]), { args: { name: id }, severity: 'warning' })];
  });
}

// ---------- English

interface EnglishRead {
  readonly asWritten: ReadonlyMap<string, NormInEnglish>;
  readonly filled: ReadonlyMap<string, NormInEnglish>;
  readonly problems: readonly Problem[];
}

function readEnglish(files: readonly PackFile[], expanded: ReadonlyMap<string, Expanded>, deps: PackDependencies): EnglishRead {
  const file = files.find(({ path }) => path === 'messages.en.yaml');
  const document: Document = file === undefined ? { path: 'messages.en.yaml', data: {} } : documentOf(file);
  const table: unknown = document.data;
  if (typeof table !== 'object' || table === null) {
    return { asWritten: new Map(), filled: new Map(), problems: [wrongShape(document, [], 'messages.en.yaml')] };
  }
  const own = new Map<string, NormInEnglish>();
  const problems: Problem[] = [];
  for (const [id, value] of Object.entries(table)) {
    const one = expanded.get(id);
    const read = normInEnglish(value);
    if (one === undefined) problems.push(problemAt('N084', spanIn(document, [id]), { args: { name: id }, found: id }));
    else if (read === undefined || read.messages.length > messagesOf(one.norm).length) problems.push(wrongShape(document, [id], id));
    else own.set(id, read);
  }
  const asWritten = new Map<string, NormInEnglish>();
  const filled = new Map<string, NormInEnglish>();
  for (const [id, { norm, names }] of expanded) {
    const words = norm.adopted === undefined ? own.get(id) : inheritedEnglish(norm, norm.adopted, own.get(id), deps);
    if (words === undefined) continue;
    asWritten.set(id, words);
    const fill = (text: string): string => fillIn(text, 'en', names, deps.lexicon, () => {});
    filled.set(id, Object.freeze({ ...words, title: words.title && fill(words.title), messages: Object.freeze(words.messages.map(fill)) }));
  }
  return { asWritten, filled, problems };
}

function messagesOf(norm: Norm): readonly string[] {
  return norm.actions.flatMap((action) => ('message' in action && action.message !== undefined ? [action.message] : []));
}

/** The English of an adopted norm: what it does not say itself comes from the base pack, where the Chinese is the same. */
function inheritedEnglish(
  norm: Norm,
  { pack, norm: adopted }: Adopted,
  own: NormInEnglish | undefined,
  deps: PackDependencies,
): NormInEnglish | undefined {
  const [base] = loaded(deps.bases?.get(pack));
  const origin = base?.expanded.get(adopted)?.norm;
  const inherited = base?.englishAsWritten.get(adopted);
  if (origin === undefined || inherited === undefined) return own;
  const messages = sameTree(messagesOf(origin), messagesOf(norm)) ? inherited.messages : [];
  return Object.freeze({
    title: own?.title ?? (origin.title === norm.title ? inherited.title : undefined),
    messages: own !== undefined && own.messages.length > 0 ? own.messages : messages,
    labels: Object.freeze({ ...inherited.labels, ...own?.labels }),
  });
}

function wrongShape(document: Document, at: readonly string[], name: string): Problem {
  const expected = {
    zh: '{title: 文字, messages: [文字 …], labels: {标签: 文字}}，每条话对应一个做法',
    en: '{title: text, messages: [text …], labels: {label: text}}, a message for each action that has one',
  };
  return problemAt('N085', spanIn(document, at), { args: { name, expected }, expected });
}

function normInEnglish(value: unknown): NormInEnglish | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const title: unknown = 'title' in value ? value.title : undefined;
  const messages: unknown = 'messages' in value ? value.messages : [];
  const labels: unknown = 'labels' in value ? value.labels : {};
  if (title !== undefined && typeof title !== 'string') return undefined;
  if (!Array.isArray(messages) || !messages.every((message): message is string => typeof message === 'string')) return undefined;
  if (typeof labels !== 'object' || labels === null) return undefined;
  const pairs = Object.entries(labels).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.freeze({ title, messages: Object.freeze(messages), labels: Object.freeze(Object.fromEntries(pairs)) });
}
