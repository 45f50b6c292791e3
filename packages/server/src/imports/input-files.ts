import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { faulty, type Imported } from './fault.ts';
import { largestText } from './text-file.ts';

/** Most files of one folder. */
const mostFiles = 100_000;

/**
 * The files that a command was given: a file stands for itself, a folder for the files in it (and below) whose names end
 * in one of `endings`, in the order of their names.
 */
export async function inputFiles(given: string, endings: readonly string[]): Promise<Imported<readonly string[]>> {
  const found = await stat(given).catch((error: unknown) => codeOf(error));
  const refuse = (expected: string, what: string) => faulty({ file: given, line: 1, column: 1, expected, found: what });
  if (typeof found === 'string') return refuse('a file or a folder', found);
  if (!found.isDirectory()) return { ok: true, value: [given] };
  const names = await readdir(given, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.toLowerCase().endsWith(ending)))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) return refuse(`a folder with files ending in ${endings.join(', ')}`, 'none');
  if (files.length > mostFiles) return refuse(`at most ${mostFiles} files`, String(files.length));
  return { ok: true, value: files };
}

/** The bytes of a file of at most 64 MB. */
export async function readBytes(file: string): Promise<Imported<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > largestText) return faulty({ file, line: 1, column: 1, expected: 'at most 64 MB', found: `${size} bytes` });
    return { ok: true, value: await readFile(file) };
  } catch (error) {
    return faulty({ file, line: 1, column: 1, expected: 'a file that can be read', found: codeOf(error) });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
