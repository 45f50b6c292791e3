import { readFileSync, statSync } from 'node:fs';
import { decodingTable, SAMPLES_PER_MS } from './g711.ts';
import { holdMusic } from './hold-music.ts';
import { Sound } from './sound.ts';
import { tone } from './tone.ts';
import { readWav } from './wav.ts';

/** 10 minutes of 16-bit mono. */
const MAX_FILE_BYTES = 10_000_000;
/** Bad files that an answer names. */
const MAX_NAMED = 20;
/** YDN 065: ring-back in China is 450 Hz, one second on, four off. */
const RING_BACK_HZ = 450;
const RING_BACK_AMPLITUDE = 4000;

const BUILT_IN: Readonly<Record<string, () => Int16Array>> = {
  'hold-music': holdMusic,
  ringback() {
    const samples = new Int16Array(5000 * SAMPLES_PER_MS);
    samples.set(tone([RING_BACK_HZ], 1000 * SAMPLES_PER_MS, RING_BACK_AMPLITUDE));
    return samples;
  },
  silence: () => new Int16Array(1000 * SAMPLES_PER_MS),
};

/**
 * The sounds that can be played, by name: `hold-music`, `ringback` and `silence` are built in, the controller adds files
 * (and may replace the built-in ones). Files are read when they are named, so that playing never waits for a disk.
 */
export class SoundLibrary {
  private readonly sounds = new Map<string, Sound>();

  /** Undefined for a name that is neither built in nor configured. */
  find(name: string): Sound | undefined {
    const found = this.sounds.get(name);
    if (found !== undefined) return found;
    const make = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
    if (make === undefined) return undefined;
    const made = new Sound(make());
    this.sounds.set(name, made);
    return made;
  }

  /**
   * Takes every file of `files` (name → path) that can be read; undefined = all of them, else what is wrong with the others, one
   * after the other, at most `MAX_NAMED` of them. A name whose file is bad keeps the sound that it had.
   */
  load(files: Readonly<Record<string, string>>): string | undefined {
    const bad: string[] = [];
    for (const [name, file] of Object.entries(files)) {
      const sound = readSound(file);
      if (typeof sound === 'string') bad.push(`sound ${name}: ${sound}`);
      else this.sounds.set(name, sound);
    }
    if (bad.length === 0) return undefined;
    const more = bad.length > MAX_NAMED ? `; and ${bad.length - MAX_NAMED} more` : '';
    return `${bad.slice(0, MAX_NAMED).join('; ')}${more}`;
  }
}

function readSound(file: string): Sound | string {
  try {
    const size = statSync(file).size;
    if (size > MAX_FILE_BYTES) return `${file} has ${size} bytes, at most ${MAX_FILE_BYTES} are read`;
    const wav = readWav(readFileSync(file), decodingTable('PCMA'));
    return 'problem' in wav ? `${file}: ${wav.problem}` : new Sound(mono(wav.channels));
  } catch (error) {
    return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function mono(channels: readonly Int16Array[]): Int16Array {
  const [left, right] = channels;
  if (left === undefined || right === undefined) return left ?? new Int16Array();
  return left.map((sample, i) => (sample + (right[i] as number)) >> 1);
}
