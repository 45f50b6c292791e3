import { faulty, type Imported } from './fault.ts';

/** Largest text file that is read, bytes. */
export const largestText = 64 * 1024 * 1024;

/**
 * Text of a file in UTF-8 (with or without a byte order mark) or GB18030, which is what Chinese PBXs and spreadsheets
 * write. Anything else is refused with the place of the first byte that fits neither.
 */
export function readText(file: string, bytes: Uint8Array): Imported<string> {
  if (bytes.length > largestText) return faulty({ file, line: 1, column: 1, expected: 'at most 64 MB', found: `${bytes.length} bytes` });
  const mark = [bytes[0], bytes[1]];
  if ((mark[0] === 0xff && mark[1] === 0xfe) || (mark[0] === 0xfe && mark[1] === 0xff))
    return faulty({ file, line: 1, column: 1, expected: 'UTF-8 or GB18030', found: 'UTF-16' });
  const zero = bytes.indexOf(0);
  if (zero !== -1) return faulty({ file, ...placeOf(bytes, zero), expected: 'text in UTF-8 or GB18030', found: 'a zero byte' });
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return { ok: true, value: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
    } catch {
      // not in this encoding: the next one is tried
    }
  }
  return faulty({
    file,
    ...placeOf(bytes, firstUndecodable(bytes)),
    expected: 'text in UTF-8 or GB18030',
    found: 'bytes that are neither',
  });
}

/** Halves the file until the byte is found at which GB18030 fails as well. */
function firstUndecodable(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      new TextDecoder('gb18030', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return good;
}

function placeOf(bytes: Uint8Array, offset: number): { readonly line: number; readonly column: number } {
  const before = bytes.subarray(0, offset);
  const lastBreak = before.lastIndexOf(10);
  return { line: before.filter((byte) => byte === 10).length + 1, column: offset - lastBreak };
}
