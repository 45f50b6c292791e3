import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import type { PackText } from '@threerings/core/wire/norm-packs';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from '@threerings/norms/syntax/parse';

/** A pack that ships with the product, by what its header says. */
export interface ShippedVersion {
  readonly pack: string;
  readonly version: number;
  readonly title: string | undefined;
  readonly folder: string;
}

const lexicon = buildLexicon(vocabulary);
/** A header stands at the beginning; the rest of a long file is not read for it. */
const headerLength = 10_000;

/** What the header in a text says; undefined where none stands in it. */
export function headerIn(text: string): Omit<ShippedVersion, 'folder'> | undefined {
  const { name, version, title } = parse(text.slice(0, headerLength), '', lexicon).pack;
  return name === undefined || version === undefined ? undefined : { pack: name, version, title };
}

/** The same text as version `version`; unchanged where no header stands in it. */
export function withVersion(text: string, version: number): string {
  if (headerIn(text) === undefined) return text;
  return text.replace(
    /(规范包|norm\s+pack)([\s\S]*?)(版本|version)(\s*)\d+/,
    (_, ...parts: string[]) => `${parts.slice(0, 4).join('')}${version}`,
  );
}

/** The packs that lie in the folders of `packsFolder`. Only headers are read: checking them all would take the hotline’s time. */
export async function shippedVersions(packsFolder: string): Promise<ShippedVersion[]> {
  const entries = await readdir(packsFolder, { withFileTypes: true });
  const found: ShippedVersion[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    const folder = path.join(packsFolder, name);
    for (const file of (await readdir(folder)).filter((each) => each.endsWith('.norm')).sort()) {
      const told = headerIn(await readFile(path.join(folder, file), 'utf8'));
      if (told === undefined) continue;
      found.push({ ...told, folder });
      break;
    }
  }
  return found.sort((one, other) => one.pack.localeCompare(other.pack));
}

/** The files of a shipped pack that an editor shows. */
export async function shippedFiles({ folder }: ShippedVersion): Promise<PackText[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(norm|ya?ml|timeline)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Promise.all(
    files.map(async (file) => ({ path: path.relative(folder, file).split(path.sep).join('/'), text: await readFile(file, 'utf8') })),
  );
}
