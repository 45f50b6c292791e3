/** What the head of a WAV file says. */
export interface WavInfo {
  readonly channels: number;
  readonly sampleRate: number;
  readonly durationMs: number;
}

/** WAVE format codes: PCM, A-law, µ-law, extensible. */
const formats = new Set([1, 6, 7, 0xfffe]);

/**
 * Reads the head of a WAV file (`head`: its first bytes, 4 kB is enough; `size`: length of the whole file). Undefined when
 * it is none, or its chunks do not fit.
 */
export function wavInfo(head: Buffer, size: number): WavInfo | undefined {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  let channels = 0;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= head.length; ) {
    const name = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 24 <= head.length) {
      if (!formats.has(head.readUInt16LE(at + 8))) return undefined;
      channels = head.readUInt16LE(at + 10);
      sampleRate = head.readUInt32LE(at + 12);
      bytesPerSecond = head.readUInt32LE(at + 16);
    }
    if (name === 'data') {
      if (bytesPerSecond === 0 || channels < 1 || channels > 2) return undefined;
      const bytes = Math.min(length, size - at - 8);
      return { channels, sampleRate, durationMs: Math.round((bytes * 1000) / bytesPerSecond) };
    }
    at += 8 + length + (length % 2);
  }
  return undefined;
}
