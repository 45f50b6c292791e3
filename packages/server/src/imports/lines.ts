import { TextDecoder } from 'node:util';
import type { ImportFault } from './fault.ts';

/** One line of a text, or what is wrong with it. */
export type Line =
  | { readonly ok: true; readonly line: number; readonly text: string }
  | { readonly ok: false; readonly fault: ImportFault };

/** Longest line, bytes: a text beyond it is not made of lines. */
export const longestLine = 64 * 1024;

const breakByte = 10;
const bytesRead = (count: number) => `${count} bytes`;

/**
 * The lines of a text in UTF-8, as they come: no more than one is held, so that a text of any length can be read. Lines end with
 * LF or CR LF; a byte order mark and an empty last line are left out. The first line that is not UTF-8, holds a zero byte or is longer
 * than 64 KiB is told as a fault, and is the last.
 */
export async function* linesOf(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 0;
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(breakByte); end !== -1; end = bytes.indexOf(breakByte, start)) {
      const read = readLine(file, ++line, bytes.subarray(start, end), decoder);
      yield read;
      if (!read.ok) return;
      start = end + 1;
    }
    rest = bytes.slice(start);
    if (rest.length > longestLine) break;
  }
  if (rest.length > 0) yield readLine(file, line + 1, rest, decoder);
}

function readLine(file: string, line: number, bytes: Uint8Array, decoder: TextDecoder): Line {
  const fault = (column: number, expected: string, found: string): Line => ({ ok: false, fault: { file, line, column, expected, found } });
  if (bytes.length > longestLine) return fault(1, 'lines of at most 64 KiB', bytesRead(bytes.length));
  const zero = bytes.indexOf(0);
  if (zero !== -1) return fault(zero + 1, 'text in UTF-8', 'a zero byte');
  try {
    const text = decoder.decode(bytes);
    return { ok: true, line, text: text.endsWith('\r') ? text.slice(0, -1) : text };
  } catch {
    return fault(1, 'text in UTF-8 (other encodings: iconv -f GB18030 -t UTF-8)', 'bytes that are not');
  }
}
