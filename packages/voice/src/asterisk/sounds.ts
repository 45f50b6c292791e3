import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLES_PER_MS } from '../media/g711.ts';
import { SoundLibrary } from '../media/sounds.ts';

/** A sound as Asterisk finds it. */
export interface FiledSound {
  /** `sound:/folder/name`, without the ending */
  readonly media: string;
  readonly lengthMs: number;
}

export interface SoundFolder {
  /** where this server writes */
  readonly write: string;
  /** the same folder as Asterisk sees it */
  readonly read: string;
}

/**
 * The sounds that can be played, as files that Asterisk reads: raw 8 kHz 16-bit (`.sln`), whatever they came as, and named by
 * what they contain, so that a prompt which is recorded anew never changes under one that plays.
 */
export class FiledSounds {
  private readonly folder: SoundFolder;
  private readonly library = new SoundLibrary();
  private readonly filed = new Map<Int16Array, FiledSound>();

  constructor(folder: SoundFolder) {
    this.folder = folder;
  }

  /** Names → files; what is wrong with some of them, or undefined. */
  load(files: Readonly<Record<string, string>>): string | undefined {
    return this.library.load(files);
  }

  /** Undefined for a name that is neither built in nor configured. Throws where the folder cannot be written. */
  find(name: string): FiledSound | undefined {
    const samples = this.library.find(name)?.samples;
    if (samples === undefined) return undefined;
    let filed = this.filed.get(samples);
    if (filed === undefined) {
      filed = { media: `sound:${path.posix.join(this.folder.read, this.write(samples))}`, lengthMs: samples.length / SAMPLES_PER_MS };
      this.filed.set(samples, filed);
    }
    return filed;
  }

  private write(samples: Int16Array): string {
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 32);
    const file = path.join(this.folder.write, `${name}.sln`);
    if (existsSync(file)) return name;
    mkdirSync(this.folder.write, { recursive: true });
    writeFileSync(`${file}.part`, bytes, { mode: 0o644 });
    renameSync(`${file}.part`, file);
    return name;
  }
}
