/** WAV files (RIFF): what a prompt may be, and the header of a recording. */

export const WAV_HEADER_BYTES = 44;

export interface WavFormat {
  readonly channels: number;
  readonly sampleRate: number;
}

/** Header of a 16-bit PCM file with `dataBytes` of audio behind it; lengths beyond 4 GiB are capped, which players accept. */
export function wavHeader(format: WavFormat, dataBytes: number): Buffer {
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  const frameBytes = format.channels * 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(Math.min(WAV_HEADER_BYTES - 8 + dataBytes, 0xffffffff), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(format.channels, 22);
  header.writeUInt32LE(format.sampleRate, 24);
  header.writeUInt32LE(format.sampleRate * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(dataBytes, 0xffffffff), 40);
  return header;
}

export type WavReading = { readonly channels: readonly Int16Array[] } | { readonly problem: string };

interface Chunk {
  readonly start: number;
  readonly end: number;
}

const PCM = 1;
const A_LAW = 6;

/**
 * Reads WAV of one sample rate, Hz, 16-bit PCM or A-law, one or two channels. Anything else is a problem told in a sentence with the
 * remedy. `decodeALaw` maps an A-law octet to its sample.
 */
export function readWav(bytes: Buffer, decodeALaw: Int16Array, sampleRate = 8000): WavReading {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    return { problem: 'no WAV file: it must begin with RIFF … WAVE' };
  const format = chunkOf(bytes, 'fmt ');
  const data = chunkOf(bytes, 'data');
  if (format === undefined || data === undefined || format.end - format.start < 16)
    return { problem: 'the WAV file has no format or no data chunk' };
  const coding = bytes.readUInt16LE(format.start);
  const channels = bytes.readUInt16LE(format.start + 2);
  const rate = bytes.readUInt32LE(format.start + 4);
  const bits = bytes.readUInt16LE(format.start + 14);
  const known = (coding === PCM && bits === 16) || (coding === A_LAW && bits === 8);
  if (!known || rate !== sampleRate || channels < 1 || channels > 2)
    return {
      problem: `coding ${coding}, ${bits} bit, ${rate} Hz, ${channels} channels; save it as ${sampleRate} Hz 16-bit PCM or A-law, one or two channels`,
    };
  return { channels: deinterleave(bytes, data, channels, coding === A_LAW ? decodeALaw : undefined) };
}

function chunkOf(bytes: Buffer, name: string): Chunk | undefined {
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    // A recording whose writer was killed may claim more than is there.
    const end = Math.min(at + 8 + length, bytes.length);
    if (bytes.toString('latin1', at, at + 4) === name) return { start: at + 8, end };
    at += 8 + length + (length % 2);
  }
  return undefined;
}

function deinterleave(bytes: Buffer, data: Chunk, channels: number, table: Int16Array | undefined): Int16Array[] {
  const width = table === undefined ? 2 : 1;
  const length = Math.floor((data.end - data.start) / (width * channels));
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Int16Array(length);
    for (let i = 0; i < length; i++) {
      const at = data.start + (i * channels + channel) * width;
      samples[i] = table === undefined ? bytes.readInt16LE(at) : (table[bytes[at] as number] as number);
    }
    return samples;
  });
}
