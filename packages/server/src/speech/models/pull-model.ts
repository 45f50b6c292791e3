import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Duplex, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import { sherpaModelIn } from '../sherpa/model-files.ts';

/** Where the project publishes its models, each with its checksum in `checksum.txt` beside it. */
export const officialModels = 'https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models';

/** Models that suit telephone Mandarin, to begin with; any other name of that release is taken too. */
export const suggestedModels: readonly { readonly name: string; readonly about: string }[] = [
  { name: 'sherpa-onnx-streaming-zipformer-zh-14M-2023-02-23', about: 'small, for a machine with few cores' },
  { name: 'sherpa-onnx-streaming-zipformer-multi-zh-hans-2023-12-12', about: 'Mandarin, larger' },
  { name: 'sherpa-onnx-sense-voice-zh-en-ja-ko-yue-2024-07-17', about: 'Mandarin, Cantonese and more, with punctuation' },
  { name: 'sherpa-onnx-paraformer-zh-2023-09-14', about: 'Mandarin, with English words' },
];

export interface Pull {
  readonly name: string;
  /** folder of models; the model becomes a folder in it */
  readonly into: string;
  /** serves the same files under the same names */
  readonly mirror: string;
  /** hex; absent = as `checksum.txt` of the mirror says */
  readonly sha256: string | undefined;
  readonly progress: (line: string) => void;
}

export type Pulled = { readonly folder: string; readonly sha256: string; readonly bytes: number } | { readonly problem: string };

/** 3 GB: no model of that release is larger. */
const largest = 3_000_000_000;
const largestList = 1_000_000;
const stepBytes = 50_000_000;

/**
 * Gets a model: the archive is downloaded beside its place, held against its checksum, unpacked, looked at, and only then
 * moved to where the server looks. Nothing is left behind where one of these fails.
 */
export async function pullModel(pull: Pull): Promise<Pulled> {
  const { name, into, mirror } = pull;
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,150}$/.test(name))
    return { problem: `${name}: expected the name of a model, letters, digits, . _ and -` };
  const folder = path.join(into, name);
  if (existsSync(folder)) return { problem: `${folder} is there already: remove it to get it again` };
  const file = `${name}.tar.bz2`;
  const partial = path.join(into, `.partial-${name}`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    const expected = pull.sha256?.toLowerCase() ?? (await listedChecksum(mirror, file));
    if (expected === undefined)
      return { problem: `${mirror}/checksum.txt does not name ${file}: check the name, or give its checksum with --sha256` };
    const archive = path.join(partial, file);
    const { sha256, bytes } = await download(`${mirror}/${file}`, archive, pull.progress);
    if (sha256 !== expected)
      return { problem: `${mirror}/${file}: expected SHA-256 ${expected}, found ${sha256}: the file is not what it should be` };
    const unpacked = path.join(partial, name);
    await unpack(archive, unpacked);
    const model = sherpaModelIn(unpacked);
    if (typeof model === 'string') return { problem: model.replaceAll(unpacked, file) };
    renameSync(unpacked, folder);
    return { folder, sha256, bytes };
  } catch (error) {
    return { problem: `${mirror}/${file}: ${error instanceof Error ? reasonOf(error) : String(error)}` };
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** What `fetch` says of itself is “fetch failed”; the reason stands behind it. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Lines of `checksum.txt`: a file's name and its SHA-256. Undefined where it does not name the file. */
async function listedChecksum(mirror: string, file: string): Promise<string | undefined> {
  const response = await fetch(`${mirror}/checksum.txt`, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`checksum.txt answered ${response.status}; give the checksum with --sha256`);
  const text = await response.text();
  if (text.length > largestList) throw new Error('checksum.txt is too long');
  const line = text.split('\n').find((each) => each.split(/\s+/).includes(file));
  return line
    ?.split(/\s+/)
    .find((word) => /^[0-9a-f]{64}$/i.test(word))
    ?.toLowerCase();
}

async function download(url: string, file: string, progress: (line: string) => void) {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`the server answered ${response.status}`);
  const hash = createHash('sha256');
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      if (Math.floor((bytes + chunk.length) / stepBytes) > Math.floor(bytes / stepBytes)) progress(`${Math.round(bytes / 1e6)} MB`);
      bytes += chunk.length;
      done(bytes > largest ? new Error('larger than any model') : null, chunk);
    },
  });
  await pipeline(
    Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]),
    counted,
    createWriteStream(file, { mode: 0o600 }),
  );
  return { sha256: hash.digest('hex'), bytes };
}

/** Files and folders only, below `folder`; the archive's own top folder is left out. */
async function unpack(archive: string, folder: string): Promise<void> {
  const unbzip2 = createRequire(import.meta.url)('unbzip2-stream') as () => Duplex;
  mkdirSync(folder);
  const filter = (_: string, entry: object) => 'type' in entry && (entry.type === 'File' || entry.type === 'Directory');
  await pipeline(createReadStream(archive), unbzip2(), extract({ cwd: folder, strip: 1, filter, preserveOwner: false }));
}

/** The models in a folder, with what is wrong with those that cannot be used. */
export function installedModels(folder: string): readonly { readonly name: string; readonly problem?: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => {
      const model = sherpaModelIn(path.join(folder, name));
      return typeof model === 'string' ? { name, problem: model } : { name };
    });
}
