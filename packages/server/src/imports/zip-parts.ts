import { crc32, inflateRawSync } from 'node:zlib';

/** What is taken out of an archive. Sizes in bytes once unpacked. */
export interface ZipLimits {
  readonly entries: number;
  readonly total: number;
}

/** `unreadable`: no archive, cut off or damaged; `too-large`: more than the limits; `markup`: a part declares a document type or entities. */
export interface ZipFault {
  readonly zipFault: 'unreadable' | 'too-large' | 'markup';
  /** the part that it was found in */
  readonly part?: string;
  readonly found: string;
}

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 } as const;
const endLength = 22;
const longestComment = 65_535;

/**
 * The wanted parts of a ZIP archive (APPNOTE 6.3.10, 4.3), as its central directory tells them. Nothing is unpacked further than
 * the limits allow, whatever the archive says of its sizes; a part whose checksum differs is a fault. Encrypted and 64-bit archives
 * are unreadable.
 */
export function zipParts(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  limits: ZipLimits,
): ReadonlyMap<string, Uint8Array> | ZipFault {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(file);
  if (end === undefined) return unreadable('no end of the archive');
  const count = file.readUInt16LE(end + 10);
  if (count > limits.entries) return { zipFault: 'too-large', found: `${count} parts` };
  const parts = new Map<string, Uint8Array>();
  let left = limits.total;
  let at = file.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== signature.central) return unreadable('a damaged list of parts');
    const entry = entryAt(file, at);
    at = entry.next;
    if (!wanted(entry.name)) continue;
    const part = unpack(file, entry, left);
    if ('zipFault' in part) return part;
    left -= part.bytes.length;
    parts.set(entry.name, part.bytes);
  }
  return parts;
}

interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
  readonly next: number;
}

function endOf(file: Buffer): number | undefined {
  const first = Math.max(0, file.length - endLength - longestComment);
  for (let at = file.length - endLength; at >= first; at--) if (file.readUInt32LE(at) === signature.end) return at;
  return undefined;
}

function entryAt(file: Buffer, at: number): ZipEntry {
  const nameEnds = at + 46 + file.readUInt16LE(at + 28);
  return {
    name: file.toString('utf8', at + 46, nameEnds),
    flags: file.readUInt16LE(at + 8),
    method: file.readUInt16LE(at + 10),
    crc: file.readUInt32LE(at + 16),
    packed: file.readUInt32LE(at + 20),
    size: file.readUInt32LE(at + 24),
    local: file.readUInt32LE(at + 42),
    next: nameEnds + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32),
  };
}

function unpack(file: Buffer, { name, flags, method, crc, packed, size, local }: ZipEntry, left: number): { bytes: Uint8Array } | ZipFault {
  const tooLarge: ZipFault = { zipFault: 'too-large', part: name, found: `more than ${left} bytes unpacked` };
  if (size > left) return tooLarge;
  if ((flags & 1) !== 0) return unreadable('an encrypted part', name);
  if (local + 30 > file.length || file.readUInt32LE(local) !== signature.local) return unreadable('a part that is not there', name);
  const begins = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const data = file.subarray(begins, begins + packed);
  if (data.length !== packed) return unreadable('a part that is cut off', name);
  try {
    const bytes = method === 0 ? data : method === 8 ? inflateRawSync(data, { maxOutputLength: Math.max(1, size) }) : undefined;
    if (bytes === undefined) return unreadable(`packing ${method}`, name);
    return bytes.length === size && crc32(bytes) === crc ? { bytes } : unreadable('a damaged part', name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : unreadable('a damaged part', name);
  }
}

const unreadable = (found: string, part?: string): ZipFault => ({
  zipFault: 'unreadable',
  found,
  ...(part === undefined ? {} : { part: part.slice(0, 80) }),
});
