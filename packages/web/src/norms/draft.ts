import type { PackText } from '@threerings/core/wire/norm-packs';

/** Texts that were typed and not saved yet. They survive a reload: nobody types a norm twice. */
export interface Unsaved {
  readonly revision: number;
  readonly files: Readonly<Record<string, string>>;
}

const keyOf = (pack: string, version: number) => `threerings.norm-draft.${pack}@${version}`;

export function readUnsaved(storage: Storage, pack: string, version: number): Unsaved | undefined {
  try {
    const found: unknown = JSON.parse(storage.getItem(keyOf(pack, version)) ?? 'null');
    if (typeof found !== 'object' || found === null || !('revision' in found) || !('files' in found)) return undefined;
    const { revision, files } = found;
    if (typeof revision !== 'number' || typeof files !== 'object' || files === null) return undefined;
    const texts = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return texts.length === 0 ? undefined : { revision, files: Object.fromEntries(texts) };
  } catch {
    return undefined;
  }
}

export function writeUnsaved(storage: Storage, pack: string, version: number, unsaved: Unsaved): void {
  try {
    if (Object.keys(unsaved.files).length === 0) storage.removeItem(keyOf(pack, version));
    else storage.setItem(keyOf(pack, version), JSON.stringify(unsaved));
  } catch {
    // A private window may refuse; then the text lasts as long as the page.
  }
}

/** The page adds files of labelled conversations, and no others. */
const isAdded = (saved: readonly PackText[], path: string) => path.startsWith('labelled/') && !saved.some((file) => file.path === path);

/** The saved files with what was changed and added since. */
export function withUnsaved(saved: readonly PackText[], files: Unsaved['files']): PackText[] {
  const added = Object.entries(files).filter(([path]) => isAdded(saved, path));
  return [
    ...saved.map((file) => ({ path: file.path, text: files[file.path] ?? file.text })),
    ...added.map(([path, text]) => ({ path, text })),
  ];
}

/** What differs from the saved files or was added to them; a text that was changed back does not. */
export function changesOf(saved: readonly PackText[], files: Unsaved['files']): Unsaved['files'] {
  return Object.fromEntries(
    Object.entries(files).filter(([path, text]) => isAdded(saved, path) || saved.some((file) => file.path === path && file.text !== text)),
  );
}

/** The word that a remedy such as “是不是「最长」？” proposes to write; undefined where it only explains. */
export function wordOfRemedy(suggestion: string | undefined): string | undefined {
  return /[「“]([^」”]{1,60})[」”]/u.exec(suggestion ?? '')?.[1];
}
