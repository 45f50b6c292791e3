import { open } from 'node:fs/promises';
import type { Peaks } from '@threerings/core/wire/interactions';
import { wavInfo } from '../imports/wav-info.ts';

/** Peaks a second of a waveform; an hour gives 36,000 pairs. */
const perSecond = 10;
const headBytes = 4096;

/** Loudest sample, 0–1, of each tenth of a second and channel of a 16-bit WAV file; undefined when it is none. */
export async function peaksOf(file: string): Promise<Peaks | undefined> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(Math.min(headBytes, size));
    await handle.read(head, 0, head.length, 0);
    const info = wavInfo(head, size);
    const start = dataStart(head);
    if (info === undefined || start === undefined) return undefined;
    const { channels, sampleRate } = info;
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
    // A file that is still being written, or was when the process died, has an old length in its head.
    return { durationMs: Math.round(((size - start) * 1000) / (sampleRate * channels * 2)), perSecond, left, right };
  } finally {
    await handle.close();
  }
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
