import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A part of the voice process that is no JavaScript. */
export interface NativePart {
  readonly name: string;
  readonly version: string;
  /** where its binary lies, absent for what is linked into another one */
  readonly file?: string;
}

/**
 * Versions of the native parts, for `about` and the list of components. Loads the library to ask it, which is safe; what
 * crashes is closing it down, and that is never done.
 */
export async function nativeParts(): Promise<readonly NativePart[]> {
  const { default: native } = await import('node-datachannel');
  const require = createRequire(import.meta.url);
  const manifest = manifestAbove(require.resolve('node-datachannel'));
  const file = Object.keys(require.cache).find((loaded) => loaded.endsWith('node_datachannel.node'));
  return [
    { name: 'node-datachannel', version: manifest.version, ...(file === undefined ? {} : { file }) },
    { name: 'libdatachannel', version: native.getLibraryVersion() },
    ...linkedVersions(file),
  ];
}

function manifestAbove(file: string): { readonly version: string } {
  for (let directory = path.dirname(file); directory !== path.dirname(directory); directory = path.dirname(directory)) {
    try {
      const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { name?: string; version?: string };
      if (manifest.name === 'node-datachannel' && manifest.version !== undefined) return { version: manifest.version };
    } catch {
      // Not every folder has one.
    }
  }
  return { version: 'unknown' };
}

/** The TLS library is linked in; its name and version stand in the binary as text. */
function linkedVersions(file: string | undefined): readonly NativePart[] {
  if (file === undefined) return [];
  const found = /OpenSSL (\d+\.\d+\.\d+[a-z]?) /.exec(readFileSync(file).toString('latin1'));
  return found?.[1] === undefined ? [] : [{ name: 'OpenSSL', version: found[1] }];
}
