/** G.711 (ITU-T G.711, 11/1988) as tables: 16-bit linear samples ↔ A-law and µ-law octets, and the octets among each other. */

export type Codec = 'PCMA' | 'PCMU';

/** 20 ms at 8 kHz, in samples and in octets of either law. */
export const FRAME_SAMPLES = 160;
export const SAMPLES_PER_MS = 8;

const A_LAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, octet) => decodeALaw(octet));
const MU_LAW_TO_LINEAR = Int16Array.from({ length: 256 }, (_, octet) => decodeMuLaw(octet));
const LINEAR_TO_A_LAW = encodingTable(encodeALaw);
const LINEAR_TO_MU_LAW = encodingTable(encodeMuLaw);
const A_LAW_TO_MU_LAW = A_LAW_TO_LINEAR.reduce(
  (table, sample, octet) => table.fill(encodeMuLaw(sample), octet, octet + 1),
  new Uint8Array(256),
);
const MU_LAW_TO_A_LAW = MU_LAW_TO_LINEAR.reduce(
  (table, sample, octet) => table.fill(encodeALaw(sample), octet, octet + 1),
  new Uint8Array(256),
);

/** Linear value of each of the 256 octets. */
export function decodingTable(codec: Codec): Int16Array {
  return codec === 'PCMA' ? A_LAW_TO_LINEAR : MU_LAW_TO_LINEAR;
}

/** The octet that stands for a sample of zero. */
export function silenceOctet(codec: Codec): number {
  return codec === 'PCMA' ? 0xd5 : 0xff;
}

/** Encodes `samples` into `octets` from `offset`. */
export function encode(codec: Codec, samples: Int16Array, octets: Uint8Array, offset = 0): void {
  const table = codec === 'PCMA' ? LINEAR_TO_A_LAW : LINEAR_TO_MU_LAW;
  for (let i = 0; i < samples.length; i++) octets[offset + i] = table[(samples[i] as number) & 0xffff] as number;
}

/** Decodes the octets `start … end)` into `samples` from its beginning. */
export function decode(codec: Codec, octets: Uint8Array, start: number, end: number, samples: Int16Array): void {
  const table = decodingTable(codec);
  for (let i = start; i < end; i++) samples[i - start] = table[octets[i] as number] as number;
}

/** Turns the octets `start … end)` from the law of `from` into the other one, in place. */
export function transcode(from: Codec, octets: Uint8Array, start: number, end: number): void {
  const table = from === 'PCMA' ? A_LAW_TO_MU_LAW : MU_LAW_TO_A_LAW;
  for (let i = start; i < end; i++) octets[i] = table[octets[i] as number] as number;
}

function encodingTable(encodeSample: (sample: number) => number): Uint8Array {
  const table = new Uint8Array(65536);
  for (let sample = -32768; sample < 32768; sample++) table[sample & 0xffff] = encodeSample(sample);
  return table;
}

function decodeALaw(octet: number): number {
  const bits = octet ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = ((bits & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function decodeMuLaw(octet: number): number {
  const bits = ~octet & 0xff;
  const magnitude = ((((bits & 15) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeALaw(sample: number): number {
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32767);
  const segment = Math.max(0, 24 - Math.clz32(magnitude));
  const mantissa = (magnitude >> Math.max(4, segment + 3)) & 15;
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | mantissa) ^ 0x55;
}

function encodeMuLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
  const segment = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (segment + 3)) & 15;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | mantissa) & 0xff;
}
