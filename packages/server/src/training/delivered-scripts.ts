import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the scripts that are delivered, at the root of the repository: `src/training` and `dist/training` lie equally deep. */
export const trainingFolder = fileURLToPath(new URL('../../../../training/', import.meta.url));

/** Scripts of a folder, file by file in the order of their names; none where there is no folder. */
export async function scriptTexts(folder: string): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const names = await readdir(folder).catch(() => []);
  const scripts = names.filter((name) => name.endsWith('.yaml')).sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
  return Promise.all(
    scripts.map(async (name) => ({ file: path.join(folder, name), text: await readFile(path.join(folder, name), 'utf8') })),
  );
}

/** The pack that a text names, without reading the rest of it; the reader says later what is wrong. */
export function packNamedIn(text: string): string | undefined {
  return /^pack:[ \t]*["']?([a-z0-9][a-z0-9-]{0,63})/m.exec(text)?.[1];
}
