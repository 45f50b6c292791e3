import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { packFileOf } from '@threerings/core/norm-text/pack-file';
import type { LoadedPack, PackFile } from '@threerings/norms/pack';

/** What a pack was made of, beside its bases. */
export interface MadeOf {
  /** hash of its files */
  readonly files: string;
  /** ids of the clause catalogue in one text; empty = clauses were not looked up */
  readonly clauses: string;
}

export interface PackReadBefore extends MadeOf {
  /** names of the packs that it could have been based on */
  readonly beside: readonly string[];
  readonly pack: LoadedPack;
}

/** Packs that this process has read, by folder. A process reads few packs, and some of them at each command or keystroke. */
const remembered = new Map<string, PackReadBefore>();
const mostRemembered = 16;

const packsFolder = fileURLToPath(new URL('../../../../packs/', import.meta.url));
let readyTaken = false;

/** The pack of a folder (an absolute path) as it was read before, if it was made of the same; whether its bases are the same is for the caller to see. */
export function packReadBefore(place: string, { files, clauses }: MadeOf): PackReadBefore | undefined {
  takeReady();
  const before = remembered.get(place);
  return before?.files === files && before.clauses === clauses ? before : undefined;
}

/** The latest of a folder stays; of too many folders the one that was read first goes. */
export function rememberPack(place: string, read: PackReadBefore): void {
  remembered.delete(place);
  remembered.set(place, read);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= mostRemembered) break;
    remembered.delete(oldest);
  }
}

/** What this process has read of the product's own packs, as bytes for the file of ready packs. Packs that share a base share it there too. */
export function readyPacks(): Buffer {
  const own = [...remembered].filter(([place]) => path.dirname(place) === path.resolve(packsFolder));
  const bare = copier((gate) => ({ path: gate.path, text: gate.text }));
  return serialize(own.map(([place, read]) => [path.basename(place), { ...read, pack: bare(read.pack) }]));
}

/** Written when the product is built, so that no start reads its packs word by word: that takes a second. */
export const readyFile = fileURLToPath(new URL('./ready-packs.bin', import.meta.url));

/** A file that is not there, or that another Node cannot read, is as good as none. */
function takeReady(): void {
  if (readyTaken) return;
  readyTaken = true;
  let ready: readonly (readonly [string, PackReadBefore])[];
  try {
    ready = deserialize(readFileSync(readyFile));
  } catch {
    return;
  }
  const whole = copier((gate) => {
    const file = packFileOf(gate.path, gate.text);
    return 'faults' in file ? gate : file;
  });
  for (const [name, read] of ready) rememberPack(path.join(packsFolder, name), { ...read, pack: whole(read.pack) });
}

/** Copies packs with another form of `gate.yaml`, which holds a function; what two of them are based on stays one. */
function copier(gateAs: (gate: PackFile) => PackFile): (pack: LoadedPack) => LoadedPack {
  const copies = new Map<LoadedPack, LoadedPack>();
  const copy = (pack: LoadedPack): LoadedPack => {
    const before = copies.get(pack);
    if (before !== undefined) return before;
    const made: LoadedPack = { ...pack, bases: pack.bases.map(copy), gate: pack.gate && gateAs(pack.gate) };
    copies.set(pack, made);
    return made;
  };
  return copy;
}
