import { type FileHandle, open } from 'node:fs/promises';
import type { Peaks } from '@threerings/core/wire/interactions';
import { wavInfo } from '../imports/wav-info.ts';

/** Peaks a second of a waveform; an hour gives 36,000 pairs. */
const perSecond = 10;
const headBytes = 4096;

/** Loudest sample, 0–1, of each tenth of a second and channel of a 16-bit WAV file; undefined when it is none. */
export async function peaksOf(file: string): Promise<Peaks | undefined> {
  const handle = await open(file, 'r');
  try {
    const sound = await soundIn(handle);
    if (sound === undefined) return undefined;
    const { channels, sampleRate, start, size } = sound;
    const windowBytes = Math.round(sampleRate / perSecond) * channels * 2;
    const left: number[] = [];
    const right: number[] = [];
    const buffer = Buffer.alloc(windowBytes * 100);
    for (let at = start; at < size; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at);
      if (bytesRead === 0) break;
      for (let from = 0; from + channels * 2 <= bytesRead; from += windowBytes) {
        const to = Math.min(from + windowBytes, bytesRead);
        left.push(loudest(buffer, from, to, 0, channels));
        right.push(loudest(buffer, from, to, channels - 1, channels));
      }
      at += bytesRead;
    }
    return { durationMs: sound.durationMs, perSecond, left, right };
  } finally {
    await handle.close();
  }
}

/** Length of the sound in a WAV file, ms, also of one that was still being written when its writer died; undefined when it is none. */
export async function lengthOfWav(file: string): Promise<number | undefined> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    return (await soundIn(handle))?.durationMs;
  } finally {
    await handle.close();
  }
}

interface Sound {
  readonly channels: number;
  readonly sampleRate: number;
  /** first byte of the samples */
  readonly start: number;
  readonly size: number;
  readonly durationMs: number;
}

async function soundIn(handle: FileHandle): Promise<Sound | undefined> {
  const { size } = await handle.stat();
  const head = Buffer.alloc(Math.min(headBytes, size));
  await handle.read(head, 0, head.length, 0);
  const info = wavInfo(head, size);
  const start = dataStart(head);
  if (info === undefined || start === undefined) return undefined;
  const { channels, sampleRate } = info;
  // A file that is still being written, or was when the process died, has an old length in its head.
  return { channels, sampleRate, start, size, durationMs: Math.round(((size - start) * 1000) / (sampleRate * channels * 2)) };
}

function dataStart(head: Buffer): number | undefined {
  for (let at = 12; at + 8 <= head.length; ) {
    if (head.toString('latin1', at, at + 4) === 'data') return at + 8;
    const length = head.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function loudest(buffer: Buffer, from: number, to: number, channel: number, channels: number): number {
  let most = 0;
  for (let at = from + channel * 2; at + 2 <= to; at += channels * 2) most = Math.max(most, Math.abs(buffer.readInt16LE(at)));
  return Math.round((most / 32_768) * 1000) / 1000;
}
