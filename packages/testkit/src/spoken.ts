import { writeFileSync } from 'node:fs';
import { wavHeader } from '@threerings/voice/media/wav';

const rate = 8000;

/** A stretch in which a voice sounds, seconds. */
export interface Said {
  readonly from: number;
  readonly to: number;
}

/** Deterministic noise, −1 … 1. */
export function noise(): () => number {
  let seed = 9;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed / 0x3fffffff - 1;
  };
}

/**
 * Something like a voice, 8 kHz, full scale 1: harmonics of 140 Hz, four syllables a second, over soft noise. Nobody was
 * recorded for it.
 */
export function spoken(seconds: number, said: readonly Said[], level = 0.2, floor = 0.0008): Float64Array {
  const hiss = noise();
  const sound = new Float64Array(seconds * rate).map(() => floor * hiss());
  for (const { from, to } of said) {
    for (let i = Math.round(from * rate); i < to * rate; i++) {
      const t = i / rate;
      const syllable = 0.25 + 0.75 * Math.sin(Math.PI * 4 * (t - from)) ** 2;
      let x = 0;
      for (let k = 1; k <= 6; k++) x += Math.sin(2 * Math.PI * 140 * k * t) / k;
      sound[i] = (sound[i] ?? 0) + level * 0.4 * syllable * x;
    }
  }
  return sound;
}

/** 16-bit samples of sound with full scale 1. */
export function pcmOf(sound: Float64Array): Int16Array {
  return Int16Array.from(sound, (x) => Math.round(Math.max(-1, Math.min(1, x)) * 32_767));
}

/** Mono 8 kHz WAV of a synthetic voice. */
export function writeSpoken(file: string, seconds: number, said: readonly Said[]): string {
  const samples = pcmOf(spoken(seconds, said));
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  writeFileSync(file, Buffer.concat([wavHeader({ channels: 1, sampleRate: rate }, bytes.length), bytes]));
  return file;
}

/** Stereo 8 kHz WAV of a synthetic call: the caller left, the agent right. */
export function spokenCallWav(seconds: number, customer: readonly Said[], agent: readonly Said[]): Buffer {
  const sides = [customer, agent].map((said) => pcmOf(spoken(seconds, said)));
  const bytes = Buffer.alloc(seconds * rate * 4);
  for (let i = 0; i < seconds * rate; i++)
    for (const [side, samples] of sides.entries()) bytes.writeInt16LE(samples[i] ?? 0, i * 4 + side * 2);
  return Buffer.concat([wavHeader({ channels: 2, sampleRate: rate }, bytes.length), bytes]);
}
