import path from 'node:path';
import type { Inspected } from './inspect.ts';

export interface Source {
  /** path from the repository's root, with `/` */
  readonly file: string;
  readonly seen: Inspected;
}

export type Rule = (source: Source) => string[];

/** Rule 1: what each package may import of ours (docs/ARCHITECTURE.md). Tests may also use testkit, and norms' tests core's vocabulary. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  norms: [],
  voice: [],
  core: ['norms'],
  web: ['core', 'norms'],
  server: ['core', 'norms', 'voice'],
  testkit: ['core', 'norms', 'voice', 'server'],
};

/** Rule 3: one home for each library whose replacement must stay cheap. */
const homes: readonly { readonly library: RegExp; readonly home: RegExp; readonly says: string }[] = [
  {
    library: /^(pg|kysely)$/,
    home: /^packages\/(server\/src\/(store\/.*|.*read-model)\.ts$|testkit\/)/,
    says: 'store/ and read-model files',
  },
  { library: /^node-datachannel/, home: /^packages\/voice\/src\/(webrtc|process)\//, says: 'voice/webrtc and voice/process' },
  { library: /^(read-excel-file|csv-parse|mammoth|fflate)/, home: /^packages\/(server\/src\/imports\/|testkit\/)/, says: 'server/imports' },
  { library: /^nodemailer/, home: /^packages\/server\/src\/sending\//, says: 'server/sending' },
  { library: /^write-excel-file/, home: /^packages\/server\/src\/reports\//, says: 'server/reports' },
  { library: /^(playwright-core|vitest)/, home: /^packages\/testkit\//, says: 'testkit' },
];

const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const packageOf = (file: string) => /^packages\/([^/]+)\//.exec(file)?.[1];
const at = (source: Source, line: number) => `${source.file}:${line}`;

const packageBorders: Rule = (source) => {
  const owner = packageOf(source.file);
  if (!owner) return [];
  return source.seen.imports.flatMap(({ to, line }) => {
    const ours = /^@threerings\/([^/]+)/.exec(to)?.[1];
    if (!ours) return [];
    if (ours === owner) return [`${at(source, line)} imports its own package by name (${to}): use a relative path`];
    const allowed = mayImport[owner]?.includes(ours) || (isTest(source.file) && (ours === 'testkit' || ours === 'core'));
    return allowed ? [] : [`${at(source, line)} ${owner} may not import ${ours}`];
  });
};

const noClimbing: Rule = (source) =>
  source.seen.imports
    .filter(({ to }) => to.includes('../../..'))
    .map(({ to, line }) => `${at(source, line)} climbs three folders (${to}): import by package name`);

const noBarrels: Rule = (source) =>
  packageOf(source.file)
    ? source.seen.imports.filter((i) => i.reExport).map((i) => `${at(source, i.line)} re-exports ${i.to}: import it where it is`)
    : [];

const libraryHomes: Rule = (source) =>
  isTest(source.file) || !packageOf(source.file)
    ? []
    : source.seen.imports.flatMap(({ to, line }) =>
        homes
          .filter(({ library, home }) => library.test(to) && !home.test(source.file))
          .map(({ says }) => `${at(source, line)} imports ${to}: only ${says} may`),
      );

/**
 * Rule 2: inside core, features meet through events and projections, never through another feature's lifecycle. `hotline`
 * is where they are put together.
 */
const noForeignLifecycle: Rule = (source) => {
  const feature = /^packages\/core\/src\/([^/]+)\//.exec(source.file)?.[1];
  if (!feature || feature === 'hotline' || isTest(source.file)) return [];
  return source.seen.imports.flatMap(({ to, line }) => {
    const target = path.posix.join(path.posix.dirname(source.file), to);
    const other = /^packages\/core\/src\/([^/]+)\/lifecycle\b/.exec(target)?.[1];
    return to.startsWith('.') && other && other !== feature
      ? [`${at(source, line)} ${feature} imports the lifecycle of ${other}: meet through events`]
      : [];
  });
};

/** Rule 4: channels are constructed by the composition root; everybody else sees the port. */
const onlyMainConstructs: Rule = (source) => {
  const inServer = source.file.startsWith('packages/server/src/');
  const root = /^packages\/server\/src\/(main|services|composition)[\w-]*\.ts$|^packages\/server\/src\/composition\//.test(source.file);
  if (!inServer || root || isTest(source.file)) return [];
  return source.seen.imports.flatMap(({ to, line, typesOnly }) => {
    const target = to.startsWith('.') ? path.posix.join(path.posix.dirname(source.file), to) : to;
    const adapter = /^packages\/server\/src\/channels\/([^/]+)\//.exec(target)?.[1];
    const own = adapter && source.file.startsWith(`packages/server/src/channels/${adapter}/`);
    return adapter && !own && !typesOnly ? [`${at(source, line)} imports the adapter ${adapter}: only the composition root may`] : [];
  });
};

const environmentOnlyInConfig: Rule = (source) =>
  /^packages\/(server|core|norms|voice|web)\/src\//.test(source.file) && !isTest(source.file) && !/\/config\.ts$/.test(source.file)
    ? source.seen.readsEnvironment.map((line) => `${at(source, line)} reads process.env: only config.ts may`)
    : [];

const purity: Rule = (source) =>
  /^packages\/(norms|core)\/src\//.test(source.file) && !isTest(source.file)
    ? source.seen.impure.map(({ what, line }) => `${at(source, line)} uses ${what}: norms and core are pure, take it as an argument`)
    : [];

export const rules: Readonly<Record<string, Rule>> = {
  packageBorders,
  noClimbing,
  noBarrels,
  libraryHomes,
  noForeignLifecycle,
  onlyMainConstructs,
  environmentOnlyInConfig,
  purity,
};

/** Rule 5: cycles of value imports between files of one package, each named once by its smallest file. */
export function cycles(sources: readonly Source[]): string[] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const targets = (source: Source) =>
    source.seen.imports
      .filter((i) => i.to.startsWith('.') && !i.typesOnly)
      .map((i) => path.posix.join(path.posix.dirname(source.file), i.to))
      .filter((file) => byFile.has(file));
  const found = new Set<string>();
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(file);
    if (seenAt !== -1) {
      const loop = trail.slice(seenAt);
      const first = loop.indexOf([...loop].sort()[0] ?? file);
      found.add([...loop.slice(first), ...loop.slice(0, first)].join(' → '));
      return;
    }
    if (done.has(file)) return;
    const source = byFile.get(file);
    for (const next of source ? targets(source) : []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const { file } of sources) visit(file, []);
  return [...found].map((loop) => `import cycle: ${loop}`);
}
