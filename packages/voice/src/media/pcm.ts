import { endianness } from 'node:os';

const SWAPS = endianness() === 'BE';

/** The samples `from … to)` as 16-bit little-endian bytes, in memory of their own. */
export function pcmBytes(samples: Int16Array, from = 0, to = samples.length): Buffer {
  const bytes = Buffer.from(samples.slice(from, to).buffer);
  return SWAPS ? bytes.swap16() : bytes;
}
