import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from '../store/database.ts';
import { recordedPrompts, soundOf } from './prompt-rows.ts';

/** Sounds of the demo, beside this package: `src/prompts` and `dist/prompts` lie equally deep. */
const demoSounds = fileURLToPath(new URL('../../sounds/demo/', import.meta.url));
/** Tones that stand in on every line until somebody records the prompt; no speech. */
const tones = fileURLToPath(new URL('../../sounds/tones/', import.meta.url));

export interface SoundPlaces {
  readonly form: 'demo' | 'serve';
  /** the data folder */
  readonly data: string;
}

const ownFolder = (data: string) => path.join(data, 'sounds');
const delivered = ({ form }: SoundPlaces) => (form === 'demo' ? [tones, demoSounds] : [tones]);

/** Names of the sounds in these folders. */
function wavsIn(folders: readonly string[]): [name: string, file: string][] {
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => file.endsWith('.wav'))
    .map((file) => [path.basename(file, '.wav'), file]);
}

/** Prompts that lie in files: placed into the data folder by hand, or delivered with the product. */
export function filedSounds(places: SoundPlaces): {
  readonly placed: ReadonlyMap<string, string>;
  readonly delivered: ReadonlyMap<string, string>;
} {
  return { placed: new Map(wavsIn([ownFolder(places.data)])), delivered: new Map(wavsIn(delivered(places))) };
}

/**
 * The file of every sound that can be played: what people recorded here, else what they placed into `sounds` of the data folder, else
 * what came with the product – speech only in the demo, tones elsewhere.
 */
export async function soundFiles(places: SoundPlaces, db: Database): Promise<Readonly<Record<string, string>>> {
  const { data } = places;
  mkdirSync(ownFolder(data), { recursive: true });
  const made = path.join(data, 'voice', 'prompts');
  mkdirSync(made, { recursive: true });
  const recorded: [string, string][] = [];
  for (const prompt of await recordedPrompts(db)) {
    const found = await soundOf(db, prompt);
    if (found === undefined) continue;
    const file = path.join(made, `${prompt}.${found.version}.wav`);
    if (!existsSync(file)) writeFileSync(file, found.sound);
    recorded.push([prompt, file]);
  }
  const filed = filedSounds(places);
  return Object.fromEntries([...filed.delivered, ...filed.placed, ...recorded]);
}
